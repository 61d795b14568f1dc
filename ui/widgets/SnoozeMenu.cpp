// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The RateGuard authors
#include "widgets/SnoozeMenu.h"

namespace rateguard {

using namespace std::chrono_literals;

SnoozeMenu::SnoozeMenu(QWidget *parent)
    : QMenu(parent)
{
    connect(add(tr("For 5 minutes"), "snooze5"), &QAction::triggered, this, [this] { emit snoozeAsked(5min); });
    connect(add(tr("For 1 hour"), "snooze60"), &QAction::triggered, this, [this] { emit snoozeAsked(1h); });
    connect(add(tr("Until I say"), "snoozeOpen"), &QAction::triggered, this, &SnoozeMenu::openSnoozeAsked);
    addSeparator();
    m_wake = add(tr("End the snooze"), "wake");
    connect(m_wake, &QAction::triggered, this, &SnoozeMenu::wakeAsked);
}

void SnoozeMenu::setSnoozed(bool is)
{
    m_wake->setEnabled(is);
}

QAction *SnoozeMenu::add(const QString &text, const char *name)
{
    QAction *action = addAction(text);
    action->setObjectName(QLatin1String(name));
    return action;
}

} // namespace rateguard
