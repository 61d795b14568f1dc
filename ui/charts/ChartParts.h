// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The RateGuard authors
#pragma once

#include "charts/ChartLegend.h"
#include "charts/RateChart.h"
#include "charts/RateCurves.h"
#include "charts/RateView.h"
#include "charts/SliceTable.h"

class QGridLayout;
class QLabel;
class QPushButton;
class QStackedLayout;
class QTableView;

namespace rateguard {

class ChartTitle;

// What a rate chart is made of, and what it shows. In a file of its own, so that those who include RateChart.h see no Qt Charts.
struct RateChart::Parts
{
    RateSeries live; // the latest
    RateSeries drawn; // the same, or what a zoom stands still on
    RateSteps steps; // of what is drawn
    std::vector<LimitPiece> limit;
    ChartCursor *cursor = nullptr;
    std::vector<ChartFlag> flags;
    RateColours colours;
    double fineness = 1;
    QFont small;
    RateCurves *curves = nullptr;
    RateView *view = nullptr;
    ChartTitle *title = nullptr;
    QPushButton *zoomed = nullptr;
    QPushButton *asChart = nullptr; // while it is a table
    QLabel *empty = nullptr;
    QTableView *table = nullptr;
    SliceTable *rows = nullptr;
    QWidget *body = nullptr;
    QStackedLayout *pages = nullptr;
    ChartLegend *legend = nullptr;
    QGridLayout *grid = nullptr;
    QString summary; // for those who do not see it
    Instant summedAt;
    std::chrono::seconds summedSpan {0};
    std::optional<TimePiece> summedZoom;
    bool summedStill = false;
    int place = -1; // of the legend
    bool stale = false; // not drawn, as nobody would have seen it
    bool asTable = false;
    QString undated; // title, while a picture is made
    bool still = false; // what is drawn is not of now

    std::vector<double> limits() const; // per second, in the time that is drawn
    void showAxes(bool later); // the labels of the times
    QString datedTitle() const;
    void showLimit(); // in the legend
    void arrange(QSize size); // of the chart
    void useColours(const QPalette &palette);
    void describe(); // to screen readers; anew every few seconds, and when another time is shown

    void makeView(QWidget *owner);
    void makeTable(QWidget *owner);
    void makeTitle(QWidget *owner);
    void layOut(QWidget *owner); // with the legend and what is said when there is nothing
};

} // namespace rateguard
