// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The RateGuard authors
#include "charts/ChartParts.h"

#include "charts/ChartCursor.h"
#include "charts/ChartTitle.h"
#include "charts/LimitMarks.h"
#include "charts/SliceWords.h"

#include <QGraphicsLayout>
#include <QGridLayout>
#include <QHBoxLayout>
#include <QHeaderView>
#include <QLabel>
#include <QPushButton>
#include <QStackedLayout>
#include <QTableView>

#include <utility>

namespace rateguard {

void RateChart::Parts::makeView(QWidget *owner)
{
    auto *chart = new QChart;
    chart->legend()->hide();
    chart->layout()->setContentsMargins(0, 0, 0, 0);
    chart->setBackgroundRoundness(0);
    chart->setAnimationOptions(QChart::NoAnimation);
    small = owner->font();
    small.setPointSizeF(small.pointSizeF() * 0.85);
    // Half of "now" stands right of the axis, the times below it, and the frame of the focus around them all.
    chart->setMargins({6, 5, 18, QFontMetrics(small).height() + 5});
    curves = new RateCurves(chart, small);
    view = new RateView(chart, drawn, steps, owner);
    view->setObjectName(QStringLiteral("chartView"));
    view->setMarkFont(small);
}

std::vector<double> RateChart::Parts::limits() const
{
    std::vector<double> rates;
    for (std::size_t i = 0; i < limit.size(); ++i) {
        const bool isBefore = i + 1 < limit.size() && drawn.placeOf(limit[i + 1].from) <= drawn.left();
        if (!isBefore && drawn.placeOf(limit[i].from) < drawn.right())
            rates.push_back(limit[i].perSecond().value_or(0));
    }
    return rates;
}

void RateChart::Parts::showAxes(bool later)
{
    view->setAxes(timeLabels(drawn, view->plotWidth(), small, later), curves->scale().top());
    view->viewport()->update();
}

QString RateChart::Parts::datedTitle() const
{
    return RateChart::tr("%1 · %2").arg(title->text(), dateText(drawn.instantAt(drawn.right())));
}

void RateChart::Parts::showLimit()
{
    const PlotMarks marks(drawn, QRectF(0, 0, 1, 1), colours, small);
    const auto last = LimitMarks(marks, limit).latest();
    legend->setLimit(last.has_value(), last ? last->perSecond() : std::nullopt);
}

void RateChart::Parts::describe()
{
    if (view->hasFocus() && cursor->at())
        return; // it is what the crosshair says
    const bool isRecent = drawn.now >= summedAt && drawn.now - summedAt < std::chrono::seconds(5);
    if (summary.isEmpty() || !isRecent || summedSpan != drawn.span || summedZoom != drawn.zoom || summedStill != still) {
        summary = rateguard::summary(drawn, still);
        summedAt = drawn.now;
        summedSpan = drawn.span;
        summedZoom = drawn.zoom;
        summedStill = still;
    }
    if (view->accessibleDescription() != summary)
        view->setAccessibleDescription(summary);
}

void RateChart::Parts::makeTable(QWidget *owner)
{
    rows = new SliceTable(owner);
    table = new QTableView(owner);
    table->setObjectName(QStringLiteral("chartTable"));
    table->setModel(rows);
    table->setSelectionBehavior(QAbstractItemView::SelectRows);
    table->setFrameShape(QFrame::NoFrame);
    table->setShowGrid(false);
    table->setAlternatingRowColors(true);
    table->verticalHeader()->hide();
    table->verticalHeader()->setDefaultSectionSize(QFontMetrics(small).height() + 8);
    table->horizontalHeader()->setSectionResizeMode(QHeaderView::Stretch); // a figure far from its time is read in the wrong row
    table->horizontalHeader()->setMinimumSectionSize(QFontMetrics(small).horizontalAdvance(QStringLiteral("88,888/s")) + 12);
    table->setFont(small);
    table->horizontalHeader()->setFont(small);
    table->setContextMenuPolicy(Qt::CustomContextMenu);
    table->setTabKeyNavigation(false);
}

void RateChart::Parts::makeTitle(QWidget *owner)
{
    title = new ChartTitle(owner);
    const auto makeButton = [&](const char *name) {
        auto *button = new QPushButton(owner);
        button->setObjectName(QLatin1String(name));
        QFont font = small;
        font.setBold(true);
        button->setFont(font);
        button->setFlat(true);
        button->setFixedHeight(title->sizeHint().height()); // or it would push the chart down
        button->hide();
        return button;
    };
    asChart = makeButton("asChartButton");
    asChart->setText(RateChart::tr("Show as chart (T)"));
    zoomed = makeButton("zoomButton");
    zoomed->setToolTip(RateChart::tr("The chart stands still on this piece of time. Click, double click on the chart or press 0 to see what happens now."));
}

void RateChart::Parts::layOut(QWidget *owner)
{
    legend = new ChartLegend(owner);
    empty = new QLabel(owner);
    empty->setTextFormat(Qt::PlainText);
    empty->setAlignment(Qt::AlignCenter);
    empty->setWordWrap(true);
    body = new QWidget(owner);
    pages = new QStackedLayout(body);
    for (QWidget *page : std::initializer_list<QWidget *> {view, empty, table})
        pages->addWidget(page);

    grid = new QGridLayout(owner);
    grid->setContentsMargins(0, 0, 0, 0);
    grid->setVerticalSpacing(2);
    grid->setHorizontalSpacing(10);
    auto *head = new QHBoxLayout;
    head->addWidget(title, 1);
    head->addWidget(zoomed);
    head->addWidget(asChart);
    grid->addLayout(head, 0, 0, 1, 2);
    grid->addWidget(body, 2, 0);
    grid->setRowStretch(2, 1);
    grid->setColumnStretch(0, 1);
}

// The legend is a table where there is room below or beside the curves, else a line above them.
void RateChart::Parts::arrange(QSize size)
{
    const bool below = size.height() >= 360 && size.width() >= 380;
    const bool beside = !below && size.width() >= 760 && size.height() >= 150;
    const int wanted = below ? 3 : beside ? 2 : 1;
    legend->setRoom(beside ? size.width() / 2 : size.width());
    if (std::exchange(place, wanted) == wanted)
        return;
    legend->setTable(place != 1);
    grid->removeWidget(legend);
    grid->addWidget(legend, place, beside ? 1 : 0, 1, 1, beside ? Qt::AlignTop : Qt::Alignment());
}

void RateChart::Parts::useColours(const QPalette &palette)
{
    colours = RateColours::of(palette);
    colours.fineness = fineness;
    curves->setColours(colours);
    view->setColours(colours);
    view->setBackgroundBrush(colours.surface);
    legend->setColours(colours);
    QPalette quiet = empty->palette();
    quiet.setColor(QPalette::WindowText, colours.muted);
    empty->setPalette(quiet);
    QPalette link = palette;
    link.setColor(QPalette::ButtonText, colours.allowed);
    for (QPushButton *button : {zoomed, asChart})
        button->setPalette(link);
}

} // namespace rateguard
