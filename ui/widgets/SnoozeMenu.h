// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The RateGuard authors
#pragma once

#include "engine/Time.h"

#include <QMenu>

namespace rateguard {

// For how long a rule is to be silent.
class SnoozeMenu : public QMenu
{
    Q_OBJECT

public:
    explicit SnoozeMenu(QWidget *parent);

    void setSnoozed(bool is); // there is one to end

signals:
    void snoozeAsked(rateguard::Duration span);
    void openSnoozeAsked(); // without an end
    void wakeAsked();

private:
    QAction *add(const QString &text, const char *name);

    QAction *m_wake;
};

} // namespace rateguard
