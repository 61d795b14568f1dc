// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The RateGuard authors
#pragma once

#include "engine/Snapshot.h"
#include "widgets/Page.h"

#include <QWidget>

namespace rateguard {

// What asks for attention by itself: the rules, what they found, and for how long they are to be silent.
class AlertsPage : public QWidget
{
    Q_OBJECT

public:
    explicit AlertsPage(QWidget *parent);

    void apply(const Snapshot &snapshot);

signals:
    void firingChanged(int rules); // how many are firing now
    void raised(const QString &title, const QString &text); // for people who look elsewhere; plain text
    void keyChosen(const std::string &policy, const std::string &key);
    void pageChosen(rateguard::Page page);
};

} // namespace rateguard
