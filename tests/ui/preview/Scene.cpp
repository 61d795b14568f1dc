// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The RateGuard authors
#include "Scene.h"

#include <QSpinBox>
#include <QTableView>

namespace rateguard {

void selectKey(MainWindow &window, int row)
{
    window.findChild<QTableView *>(QStringLiteral("keyTable"))->selectRow(row);
}

void draft(MainWindow &window)
{
    window.findChild<QTableView *>(QStringLiteral("policyTable"))->selectRow(2);
    window.findChild<QSpinBox *>(QStringLiteral("limitSpin"))->setValue(100);
}

Dashboard *dashboard(MainWindow &window)
{
    return window.findChild<Dashboard *>();
}

Change details(const char *policy, const char *key)
{
    return [=](MainWindow &window, Snapshot &) { dashboard(window)->showKey(policy, key); };
}

} // namespace rateguard
