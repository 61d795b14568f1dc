// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The RateGuard authors
#pragma once

#include <QLocale>
#include <QString>

#include <chrono>
#include <cstdint>

namespace rateguard {

// Figures for people, as the language of the window writes them. Digits are steady, so that a column does not dance from one
// tick to the next. Files for programs (CSV, JSON) do not go through here.

QLocale figureLocale(); // the window's; never C, which has no separators

QString formatRate(double perSecond); // "0", "<0.1", "0.4", "12.3", "1,204"
QString formatCount(std::uint64_t count); // "1,204"
QString formatShare(double share); // of 1: "37 %", "<1 %", ">99 %"
QString formatTenth(double value); // always to a tenth: "0.2", "9.0"
QString formatRough(double value); // two digits that count: "0.017"
QString formatExact(double value); // as it was typed, to a tenth: "20", "12.5", "1,500"
QString formatBytes(std::uint64_t bytes); // "48.3 MB"
QString formatDuration(std::chrono::microseconds duration); // "0.2 ms", "38 s", "4 min"
QString formatAge(std::chrono::microseconds age); // "now", "12 s ago"

} // namespace rateguard
