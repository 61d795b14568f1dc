// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The RateGuard authors
#include "charts/RateChart.h"

#include "charts/LegendEntry.h"
#include "charts/NiceScale.h"
#include "format/Numbers.h"
#include "format/Text.h"

#include <QAreaSeries>
#include <QCategoryAxis>
#include <QChart>
#include <QChartView>
#include <QEvent>
#include <QGraphicsLayout>
#include <QHBoxLayout>
#include <QLabel>
#include <QLineSeries>
#include <QPainter>
#include <QStackedLayout>
#include <QValueAxis>

namespace rateguard {
namespace {

constexpr int first = -RateChart::seconds;

// Diagonal lines on a ground. A texture, because Qt's own hatches leave holes.
QBrush hatch(const QColor &ground, const QColor &line)
{
    constexpr int size = 6;
    QPixmap tile(size, size);
    tile.fill(ground);
    QPainter painter(&tile);
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setPen(QPen(line, 1.2));
    for (int x = -size; x <= size; x += size)
        painter.drawLine(QPointF(x - 1, size + 1), QPointF(x + size + 1, -1));
    return QBrush(tile);
}

QColor faint(QColor colour, int alpha)
{
    colour.setAlpha(alpha);
    return colour;
}

} // namespace

struct RateChart::Parts
{
    QChart *chart = new QChart;
    QLineSeries *allowedTop = nullptr;
    QLineSeries *shadowTop = nullptr;
    QLineSeries *rejectedTop = nullptr;
    QLineSeries *gapTop = nullptr;
    QAreaSeries *allowed = nullptr;
    QAreaSeries *shadow = nullptr;
    QAreaSeries *rejected = nullptr;
    QAreaSeries *gap = nullptr;
    QLineSeries *edge = nullptr; // of allowed
    QLineSeries *limit = nullptr;
    QCategoryAxis *time = new QCategoryAxis;
    QValueAxis *rate = new QValueAxis;
    QChartView *view = nullptr;
    QLabel *title = nullptr;
    QLabel *empty = nullptr;
    QStackedLayout *pages = nullptr;
    LegendEntry *allowedEntry = nullptr;
    LegendEntry *shadowEntry = nullptr;
    LegendEntry *rejectedEntry = nullptr;
    LegendEntry *limitEntry = nullptr;
    NiceScale scale;
    std::optional<double> limitRate;

    void build(QWidget *owner);
    void addAxes(QWidget *owner);
    void add(QAbstractSeries *series);
    void fitScale(double peak);
};

void RateChart::Parts::build(QWidget *owner)
{
    allowedTop = new QLineSeries(owner);
    shadowTop = new QLineSeries(owner);
    rejectedTop = new QLineSeries(owner);
    gapTop = new QLineSeries(owner);
    allowed = new QAreaSeries(allowedTop);
    shadow = new QAreaSeries(shadowTop, allowedTop);
    rejected = new QAreaSeries(rejectedTop, shadowTop);
    gap = new QAreaSeries(gapTop);
    edge = new QLineSeries;
    limit = new QLineSeries;
    addAxes(owner);
    for (QAbstractSeries *series : std::initializer_list<QAbstractSeries *> {allowed, shadow, rejected, edge, gap, limit})
        add(series);
    chart->legend()->hide();
    chart->setMargins({0, 4, 16, 0}); // half of "now" stands right of the axis
    chart->layout()->setContentsMargins(0, 0, 0, 0);
    chart->setBackgroundRoundness(0);
    chart->setAnimationOptions(QChart::NoAnimation);
    view = new QChartView(chart, owner);
    view->setRenderHint(QPainter::Antialiasing);
    view->setFrameShape(QFrame::NoFrame);
    view->setFocusPolicy(Qt::NoFocus);
    view->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    view->setVerticalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
}

void RateChart::Parts::addAxes(QWidget *owner)
{
    time->setRange(first, 0);
    time->setStartValue(first);
    time->setLabelsPosition(QCategoryAxis::AxisLabelsPositionOnValue);
    time->append(RateChart::tr("−2 min"), first);
    time->append(RateChart::tr("−90 s"), -90);
    time->append(RateChart::tr("−60 s"), -60);
    time->append(RateChart::tr("−30 s"), -30);
    time->append(RateChart::tr("now"), 0);
    rate->setRange(0, scale.top());
    rate->setTickCount(scale.intervals() + 1);
    rate->setLabelFormat(QStringLiteral("%d"));
    QFont small = owner->font();
    small.setPointSizeF(small.pointSizeF() * 0.85);
    time->setLabelsFont(small);
    rate->setLabelsFont(small);
    chart->addAxis(time, Qt::AlignBottom);
    chart->addAxis(rate, Qt::AlignLeft);
}

void RateChart::Parts::add(QAbstractSeries *series)
{
    chart->addSeries(series);
    series->attachAxis(time);
    series->attachAxis(rate);
}

void RateChart::Parts::fitScale(double peak)
{
    if (!scale.fit(peak))
        return;
    rate->setRange(0, scale.top());
    rate->setTickCount(scale.intervals() + 1);
    rate->setLabelFormat(scale.hasFractions() ? QStringLiteral("%.1f") : QStringLiteral("%d"));
}

RateChart::RateChart(QWidget *parent) : QWidget(parent), m_parts(std::make_unique<Parts>())
{
    Parts &p = *m_parts;
    p.build(this);
    p.title = new QLabel(this);
    p.title->setTextFormat(Qt::PlainText);
    p.title->setSizePolicy(QSizePolicy::Ignored, QSizePolicy::Preferred);
    QFont bold = font();
    bold.setBold(true);
    p.title->setFont(bold);
    p.allowedEntry = new LegendEntry(tr("Allowed"), this);
    p.shadowEntry = new LegendEntry(tr("Shadow"), this);
    p.rejectedEntry = new LegendEntry(tr("Rejected"), this);
    p.limitEntry = new LegendEntry(tr("Limit"), this);
    p.limitEntry->setToolTip(tr("The limit as an average per second. Bursts above it are admitted while the window has room."));
    p.limitEntry->hide();

    auto *legend = new QHBoxLayout;
    legend->setSpacing(10);
    for (LegendEntry *entry : {p.limitEntry, p.allowedEntry, p.shadowEntry, p.rejectedEntry})
        legend->addWidget(entry);
    legend->addStretch(1);

    p.empty = new QLabel(this);
    p.empty->setTextFormat(Qt::PlainText);
    p.empty->setAlignment(Qt::AlignCenter);
    p.empty->setWordWrap(true);
    auto *body = new QWidget(this);
    p.pages = new QStackedLayout(body);
    p.pages->addWidget(p.view);
    p.pages->addWidget(p.empty);

    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(2);
    column->addWidget(p.title);
    column->addLayout(legend);
    column->addWidget(body, 1);
    useColours();
}

RateChart::~RateChart() = default;

void RateChart::setSeries(const std::vector<SecondCounts> &series, Instant now)
{
    Parts &p = *m_parts;
    const std::int64_t current = std::chrono::floor<std::chrono::seconds>(now.time_since_epoch()).count();
    QList<QPointF> allowed;
    QList<QPointF> shadow;
    QList<QPointF> rejected;
    QList<QPointF> gap;
    double peak = p.limitRate.value_or(0);
    const SecondCounts *latest = nullptr;
    double before = first; // x of the last second that we heard
    bool inGap = false;
    for (const SecondCounts &second : series) {
        const auto x = static_cast<double>(second.second - current + 1);
        if (x < first || x > 0)
            continue;
        if (second.gap) {
            if (!inGap)
                gap << QPointF(before, 0) << QPointF(before, 1);
            inGap = true;
            continue;
        }
        if (inGap)
            gap << QPointF(x, 1) << QPointF(x, 0);
        inGap = false;
        before = x;
        latest = &second;
        const double a = second.allowed;
        const double b = a + second.wouldReject;
        const double c = b + second.rejected;
        peak = std::max(peak, c);
        allowed << QPointF(x, a);
        shadow << QPointF(x, b);
        rejected << QPointF(x, c);
    }
    if (inGap)
        gap << QPointF(0, 1) << QPointF(0, 0);
    p.fitScale(peak);
    for (QPointF &point : gap)
        point.setY(point.y() * p.scale.top());

    p.edge->replace(allowed);
    p.allowedTop->replace(allowed);
    p.shadowTop->replace(shadow);
    p.rejectedTop->replace(rejected);
    p.gapTop->replace(gap);
    const auto figure = [latest](std::uint32_t SecondCounts::*field) {
        return latest ? formatCount(latest->*field) : QStringLiteral("–");
    };
    p.allowedEntry->setValue(figure(&SecondCounts::allowed));
    p.rejectedEntry->setValue(figure(&SecondCounts::rejected));
    p.shadowEntry->setValue(figure(&SecondCounts::wouldReject));
    p.shadowEntry->setVisible(!shadow.isEmpty() && shadow != allowed);
}

void RateChart::setTitle(const QString &title, const QString &toolTip)
{
    m_parts->title->setText(title);
    m_parts->title->setToolTip(plainToolTip(toolTip));
    m_parts->view->setAccessibleName(title);
}

void RateChart::setLimitLine(std::optional<double> perSecond)
{
    Parts &p = *m_parts;
    if (p.limitRate == perSecond)
        return;
    p.limitRate = perSecond;
    p.limit->replace(perSecond ? QList<QPointF> {{first, *perSecond}, {0, *perSecond}} : QList<QPointF>());
    p.limitEntry->setVisible(perSecond.has_value());
    if (perSecond)
        p.limitEntry->setValue(formatRate(*perSecond) + tr("/s"));
}

void RateChart::setEmptyText(const QString &text)
{
    if (m_parts->empty->text() == text)
        return;
    m_parts->empty->setText(text);
    m_parts->pages->setCurrentIndex(text.isEmpty() ? 0 : 1);
    for (LegendEntry *entry : {m_parts->allowedEntry, m_parts->rejectedEntry})
        entry->setVisible(text.isEmpty());
    if (!text.isEmpty()) {
        m_parts->shadowEntry->hide();
        m_parts->limitEntry->hide();
    }
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
    const QBrush rejected = hatch(colours.rejected, faint(colours.surface, 150));
    const QBrush shadow = hatch(faint(colours.shadow, 150), colours.shadow);
    p.allowed->setPen(Qt::NoPen);
    p.allowed->setBrush(faint(colours.allowed, 70));
    p.shadow->setPen(Qt::NoPen);
    p.shadow->setBrush(shadow);
    p.rejected->setPen(Qt::NoPen);
    p.rejected->setBrush(rejected);
    p.gap->setPen(Qt::NoPen);
    p.gap->setBrush(hatch(colours.surface, colours.grid));
    p.edge->setPen(QPen(colours.allowed, 1.6));
    p.limit->setPen(QPen(colours.limit, 1, Qt::DashLine));
    p.chart->setBackgroundBrush(colours.surface);
    p.view->setBackgroundBrush(colours.surface);
    for (QAbstractAxis *axis : std::initializer_list<QAbstractAxis *> {p.time, p.rate}) {
        axis->setLabelsColor(colours.muted);
        axis->setGridLineColor(colours.grid);
        axis->setLinePenColor(colours.grid);
    }
    p.time->setGridLineVisible(false);
    p.allowedEntry->setSwatch(faint(colours.allowed, 70), colours.allowed);
    p.shadowEntry->setSwatch(shadow, colours.shadow);
    p.rejectedEntry->setSwatch(rejected, colours.rejected);
    p.limitEntry->setDashed(colours.limit);
    QPalette quiet = p.empty->palette();
    quiet.setColor(QPalette::WindowText, colours.muted);
    p.empty->setPalette(quiet);
}

} // namespace rateguard
