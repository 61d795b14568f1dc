// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The RateGuard authors
#pragma once

#include "models/Place.h"
#include "widgets/Card.h"

class QLineEdit;
class QPushButton;
class QStringListModel;

namespace rateguard {

class LoginFields;
class TextLabel;

// Where to go without saving it; and where a password is asked for that is neither saved nor given.
class QuickConnect : public Card
{
    Q_OBJECT

public:
    QuickConnect(const QString &url, QWidget *parent);

    LoginFields *login() const { return m_login; }
    void setCancellable(bool cancellable);
    void setRecent(const QStringList &urls);
    void takeFocus();
    void forgetSecret();
    void showError(const QString &error);
    void showConnecting(const QString &where);
    // The same place again, with user and password; `reason` as plain text.
    void askPassword(const Place &place, const QString &reason);

signals:
    void connectRequested(const rateguard::Place &place, const rateguard::TypedPassword &password);
    void testRequested(const rateguard::Place &place, const rateguard::TypedPassword &password);
    void saveRequested(const rateguard::Place &place); // what was typed, as a draft
    void demoRequested();
    void cancelled();

private:
    void arrange();
    void stopAsking();
    std::optional<Place> place() const;
    void submit();

    QLineEdit *m_url;
    QStringListModel *m_recent;
    LoginFields *m_login;
    TextLabel *m_title;
    TextLabel *m_how;
    TextLabel *m_error;
    TextLabel *m_progress;
    QPushButton *m_connect;
    QPushButton *m_test;
    QPushButton *m_save;
    QPushButton *m_demo;
    QPushButton *m_cancel;
    std::optional<Place> m_asked; // whose password we ask for
};

} // namespace rateguard
