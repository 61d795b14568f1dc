// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The RateGuard authors
#include "widgets/HistoryPage.h"

namespace rateguard {

HistoryPage::HistoryPage(QWidget *parent) : QWidget(parent) { }

void HistoryPage::apply(const Snapshot &) { }

void HistoryPage::setReadOnly(bool) { }

void HistoryPage::setEnvironment(Environment) { }

} // namespace rateguard
