// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The RateGuard authors
#pragma once

#include "charts/ChartFlag.h"
#include "charts/RateSteps.h"
#include "engine/LimitCourse.h"

#include <QStringList>

namespace rateguard {

// What charts say in words.

// Of one step, for the crosshair: the first line is the time, the others are a kind, the limit, a reason or an edit each. `inks` gets the
// colour of each line that has one.
QStringList readOut(const RateSteps &steps, std::size_t index, KindSet shown, const std::vector<LimitPiece> &limit,
                    const std::vector<ChartFlag> &flags, const RateColours &colours, std::vector<QColor> *inks);

QString limitWords(const LimitPiece &piece); // "Limit 12.0/s", "Banned"; empty where there is none, or none is known

// Of the whole chart, for those who do not see it: "Rejected 12.0/s, up from 3.0/s. Allowed 100/s. Shown: the last 2 min.", or from when
// to when, if that is not up to now: `later`, or zoomed.
QString summary(const RateSeries &series, bool later = false);

// Of one kind, over the slices that are shown.
struct KindFigures
{
    double last = 0;
    double least = 0;
    double most = 0;
    double mean = 0;
};
std::optional<KindFigures> figuresOf(const RateSeries &series, TrafficKind kind); // nothing: nothing was heard

} // namespace rateguard
