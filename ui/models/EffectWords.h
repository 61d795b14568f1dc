// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The RateGuard authors
#pragma once

#include "engine/Snapshot.h"

#include <QString>

namespace rateguard {

// What an edit did to the rejections, in words that are the same wherever they stand: of the effect and the edit, and of no clock.
struct EffectWords
{
    enum class Trend : std::uint8_t { Unknown, Fewer, Same, More };

    Trend trend = Trend::Unknown;
    QString text; // begins with the sign of its trend: "▲ 12 → 840/min", "too early, known from 14:02:38"

    static EffectWords of(const EditHistory::Effect &effect, const AuditEntry &edit);
};

// Of whom, from where and of how long the figures are, what ended them, and why there are none; empty: there is nothing to say.
QString effectBasis(const EditHistory::Effect &effect, const AuditEntry &edit);
QString perMinuteText(double perMinute); // "840", "0.4"

} // namespace rateguard
