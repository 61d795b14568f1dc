// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The RateGuard authors
#pragma once

#include "engine/Snapshot.h"
#include "models/Place.h"

#include <QStackedWidget>

namespace rateguard {

class StartPage;

// The start page and the dashboard, of which one is seen. Who chooses a place stays on the start page until it is known what
// becomes of it.
class StartStack : public QStackedWidget
{
    Q_OBJECT

public:
    StartStack(const QString &url, QWidget *parent);

    StartPage &page() const { return *m_page; }
    bool isStarting() const { return currentIndex() == 0; }
    void setDashboard(QWidget *dashboard); // before there is anything to be seen in it
    void open(); // to choose; nothing that is watched ends by this
    void choose(const Place &watched); // opens, and asks for the password where the want of one ended it
    void askPassword(const Place &place, const QString &reason); // opens; as plain text
    void showError(const QString &error); // opens; as plain text
    void leave(); // with the next apply(), if there is something to be seen
    void apply(const LinkStatus &link);

signals:
    void watching(bool dashboard); // which one is seen
    void opened(); // the dashboard, from the start page

private:
    void showDashboard(bool shown);

    StartPage *m_page;
    QWidget *m_dashboard = nullptr;
    LinkStatus m_link;
    bool m_choosing = false; // the operator opened the start page
};

} // namespace rateguard
