// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The RateGuard authors
#pragma once

#include "charts/RateColours.h"
#include "engine/Snapshot.h"

#include <QBrush>
#include <QString>

#include <array>

namespace rateguard {

// What can have happened to a request, from the bottom of the stack to its top.
enum class TrafficKind { Allowed, Unchecked, Shadow, Rejected };

constexpr std::array<TrafficKind, 4> trafficKinds {TrafficKind::Allowed, TrafficKind::Unchecked, TrafficKind::Shadow, TrafficKind::Rejected};

// Which of them are drawn.
class KindSet
{
public:
    bool has(TrafficKind kind) const { return m_shown[static_cast<std::size_t>(kind)]; }
    void set(TrafficKind kind, bool shown) { m_shown[static_cast<std::size_t>(kind)] = shown; }
    friend bool operator==(const KindSet &, const KindSet &) = default;

private:
    std::array<bool, 4> m_shown {true, true, true, true};
};

std::uint32_t countOf(const SecondCounts &slice, TrafficKind kind);
double rateOf(const SecondCounts &slice, TrafficKind kind, std::chrono::seconds step); // per second

QString nameOf(TrafficKind kind);
QString explain(TrafficKind kind); // plain text, for a tool tip
QString explain(GapCause cause); // a few words
QColor colourOf(TrafficKind kind, const RateColours &colours);
QBrush brushOf(TrafficKind kind, const RateColours &colours); // each with a pattern of its own
QBrush gapBrush(const RateColours &colours);
QColor peakColour(const RateColours &colours); // of the busiest slices in a step

} // namespace rateguard
