// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The RateGuard authors
#include "widgets/OverviewPage.h"

namespace rateguard {

OverviewPage::OverviewPage(QWidget *parent) : QWidget(parent) { }

void OverviewPage::apply(const Snapshot &) { }

} // namespace rateguard
