// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The RateGuard authors
#include "widgets/DetailsPage.h"

namespace rateguard {

DetailsPage::DetailsPage(QWidget *parent) : QWidget(parent) { }

void DetailsPage::apply(const Snapshot &) { }

void DetailsPage::select(const std::string &, const std::string &) { }

void DetailsPage::selectNothing() { }

void DetailsPage::setReadOnly(bool) { }

void DetailsPage::setEnvironment(Environment) { }

} // namespace rateguard
