// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The RateGuard authors
#include "widgets/AlertsPage.h"

namespace rateguard {

AlertsPage::AlertsPage(QWidget *parent) : QWidget(parent) { }

void AlertsPage::apply(const Snapshot &) { }

} // namespace rateguard
