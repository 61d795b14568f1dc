// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The RateGuard authors
#pragma once

#include "engine/Time.h"

#include <QString>

namespace rateguard {

// A mark on a chart at the time of an edit. All texts are plain; the label has a few characters at most, and stays as it is.
struct ChartFlag
{
    Instant at;
    QString label;
    QString toolTip;
    QString longLabel {}; // that tells more, where there is room; empty: none

    friend bool operator==(const ChartFlag &, const ChartFlag &) = default;
};

} // namespace rateguard
