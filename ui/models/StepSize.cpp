// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The RateGuard authors
#include "models/StepSize.h"

#include <algorithm>
#include <limits>

namespace rateguard {

double sustained(const Limits &limit)
{
    return limit.empty() ? std::numeric_limits<double>::infinity() : limit.tightest().perSecond();
}

bool isLargeStep(const Rule &now, const LimitEdit &edit)
{
    if (edit.unset)
        return !now.limit.empty();
    if (!edit.keepMode && edit.mode == Mode::Off && now.mode != Mode::Off)
        return true;
    if (edit.limit.empty() || now.limit.empty())
        return false;
    const auto cut = [&now](const Limit &wished) { // against the window of the same length, if there is one
        for (const Limit &one : now.limit) {
            if (one.window == wished.window)
                return 2.0 * wished.count < one.count;
        }
        return false;
    };
    return std::any_of(edit.limit.begin(), edit.limit.end(), cut) || 2 * sustained(edit.limit) < sustained(now.limit);
}

} // namespace rateguard
