// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The RateGuard authors
#pragma once

#include <QString>

#include <array>
#include <optional>

namespace rateguard {

// The pages of the dashboard, in their order.
enum class Page { Overview, Keys, Details, Limits, History, Alerts };

inline constexpr std::array allPages {Page::Overview, Page::Keys, Page::Details, Page::Limits, Page::History, Page::Alerts};

QString pageName(Page page); // as on the command line: "overview"
QString pageTitle(Page page); // as on screen
std::optional<Page> pageNamed(const QString &name);

} // namespace rateguard
