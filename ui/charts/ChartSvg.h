// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The RateGuard authors
#pragma once

#include "charts/ChartFlag.h"
#include "charts/NiceScale.h"
#include "charts/RateSteps.h"
#include "charts/TimeLabels.h"
#include "engine/LimitCourse.h"

#include <QByteArray>
#include <QFont>
#include <QSize>

namespace rateguard {

// All that a picture of a chart shows.
struct ChartSheet
{
    QString title;
    RateSeries series; // as it was measured
    RateSteps steps; // as it is drawn
    KindSet shown;
    NiceScale scale;
    std::vector<TimeLabel> labels;
    std::vector<ChartFlag> flags;
    std::vector<LimitPiece> limit;
    RateColours colours;
    QFont font;
    QSize size;
};

// The chart as SVG 1.1, in its colours, with its title, axes, legend, gaps and flags; patterns are real ones and text is text. Written by
// hand, as QSvgGenerator leaves textures out.
QByteArray chartAsSvg(const ChartSheet &sheet);

// Several, each at its place in one picture.
QByteArray chartsAsSvg(const std::vector<std::pair<QPoint, ChartSheet>> &sheets, QSize size);

} // namespace rateguard
