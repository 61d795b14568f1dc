// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The RateGuard authors
#include "charts/RateChart.h"

#include "charts/LegendEntry.h"
#include "charts/RateCurves.h"
#include "format/Numbers.h"
#include "format/Text.h"

#include <QChartView>
#include <QEvent>
#include <QGraphicsLayout>
#include <QHBoxLayout>
#include <QLabel>
#include <QStackedLayout>

namespace rateguard {

struct RateChart::Parts
{
    RateCurves *curves = nullptr;
    QChartView *view = nullptr;
    QLabel *title = nullptr;
    QLabel *empty = nullptr;
    QStackedLayout *pages = nullptr;
    LegendEntry *allowed = nullptr;
    LegendEntry *shadow = nullptr;
    LegendEntry *rejected = nullptr;
    LegendEntry *limit = nullptr;

    void makeView(QWidget *owner);
    QWidget *makeBody(QWidget *owner);
    QLayout *makeLegend(QWidget *owner);
    void showLegend();
};

void RateChart::Parts::makeView(QWidget *owner)
{
    auto *chart = new QChart;
    chart->legend()->hide();
    chart->setMargins({0, 4, 16, 0}); // half of "now" stands right of the axis
    chart->layout()->setContentsMargins(0, 0, 0, 0);
    chart->setBackgroundRoundness(0);
    chart->setAnimationOptions(QChart::NoAnimation);
    QFont small = owner->font();
    small.setPointSizeF(small.pointSizeF() * 0.85);
    curves = new RateCurves(chart, small);
    view = new QChartView(chart, owner);
    view->setRenderHint(QPainter::Antialiasing);
    view->setFrameShape(QFrame::NoFrame);
    view->setFocusPolicy(Qt::NoFocus);
    view->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    view->setVerticalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
}

QWidget *RateChart::Parts::makeBody(QWidget *owner)
{
    empty = new QLabel(owner);
    empty->setTextFormat(Qt::PlainText);
    empty->setAlignment(Qt::AlignCenter);
    empty->setWordWrap(true);
    auto *body = new QWidget(owner);
    pages = new QStackedLayout(body);
    pages->addWidget(view);
    pages->addWidget(empty);
    return body;
}

QLayout *RateChart::Parts::makeLegend(QWidget *owner)
{
    allowed = new LegendEntry(RateChart::tr("Allowed"), owner);
    shadow = new LegendEntry(RateChart::tr("Shadow"), owner);
    rejected = new LegendEntry(RateChart::tr("Rejected"), owner);
    limit = new LegendEntry(RateChart::tr("Limit"), owner);
    limit->setToolTip(RateChart::tr("The limit as an average per second. Bursts above it are admitted while the window has room."));
    shadow->setToolTip(RateChart::tr("Over the limit, admitted because the policy only watches."));
    auto *row = new QHBoxLayout;
    row->setSpacing(10);
    for (LegendEntry *entry : {limit, allowed, shadow, rejected})
        row->addWidget(entry);
    row->addStretch(1);
    return row;
}

void RateChart::Parts::showLegend()
{
    const bool curvesShown = empty->text().isEmpty();
    allowed->setVisible(curvesShown);
    rejected->setVisible(curvesShown);
    shadow->setVisible(curvesShown && curves->hasShadow());
    const bool narrow = curves->hasShadow() && view->width() < 350; // not enough for all four
    limit->setVisible(curvesShown && curves->limit().has_value() && !narrow);
}

RateChart::RateChart(QWidget *parent) : QWidget(parent), m_parts(std::make_unique<Parts>())
{
    Parts &p = *m_parts;
    p.makeView(this);
    p.title = new QLabel(this);
    p.title->setTextFormat(Qt::PlainText);
    p.title->setSizePolicy(QSizePolicy::Ignored, QSizePolicy::Preferred);
    QFont bold = font();
    bold.setBold(true);
    p.title->setFont(bold);

    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(2);
    column->addWidget(p.title);
    column->addLayout(p.makeLegend(this));
    column->addWidget(p.makeBody(this), 1);
    p.showLegend();
    useColours();
}

RateChart::~RateChart() = default;

void RateChart::setSeries(const std::vector<SecondCounts> &series, Instant now)
{
    Parts &p = *m_parts;
    p.curves->setSeries(series, now);
    const std::optional<SecondCounts> &latest = p.curves->latest();
    p.allowed->setValue(latest ? formatCount(latest->allowed) : QStringLiteral("–"));
    p.shadow->setValue(latest ? formatCount(latest->wouldReject) : QStringLiteral("–"));
    p.rejected->setValue(latest ? formatCount(latest->rejected) : QStringLiteral("–"));
    p.showLegend();
}

void RateChart::setSpan(int seconds)
{
    m_parts->curves->setSpan(seconds);
}

void RateChart::setTitle(const QString &title, const QString &toolTip)
{
    m_parts->title->setText(title);
    m_parts->title->setToolTip(plainToolTip(toolTip));
    m_parts->title->setAccessibleDescription(toolTip); // else the markup would be read aloud
    m_parts->view->setAccessibleName(title);
}

void RateChart::setLimitLine(std::optional<double> perSecond)
{
    Parts &p = *m_parts;
    if (p.curves->limit() == perSecond)
        return;
    p.curves->setLimit(perSecond);
    p.limit->setValue(perSecond ? tr("%1/s").arg(formatRate(*perSecond)) : QString());
    p.showLegend();
}

void RateChart::setEmptyText(const QString &text)
{
    Parts &p = *m_parts;
    if (p.empty->text() == text)
        return;
    p.empty->setText(text);
    p.pages->setCurrentIndex(text.isEmpty() ? 0 : 1);
    p.showLegend();
}

QSize RateChart::minimumSizeHint() const
{
    return {260, 180};
}

void RateChart::changeEvent(QEvent *event)
{
    if (event->type() == QEvent::PaletteChange)
        useColours();
    QWidget::changeEvent(event);
}

void RateChart::useColours()
{
    Parts &p = *m_parts;
    const RateColours colours = RateColours::of(palette());
    p.curves->setColours(colours);
    p.view->setBackgroundBrush(colours.surface);
    p.allowed->setSwatch(RateCurves::allowedBrush(colours), colours.allowed);
    p.shadow->setSwatch(RateCurves::shadowBrush(colours), colours.shadow);
    p.rejected->setSwatch(RateCurves::rejectedBrush(colours), colours.rejected);
    p.limit->setDashed(colours.limit);
    QPalette quiet = p.empty->palette();
    quiet.setColor(QPalette::WindowText, colours.muted);
    p.empty->setPalette(quiet);
}

} // namespace rateguard
