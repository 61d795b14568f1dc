// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The RateGuard authors
#include "charts/ChartLegend.h"

#include "charts/SliceWords.h"
#include "charts/TimeLabels.h"
#include "format/Numbers.h"
#include "format/Text.h"

#include <QHBoxLayout>
#include <QLabel>

#include <algorithm>
#include <utility>

namespace rateguard {

ChartLegend::ChartLegend(QWidget *parent)
    : QWidget(parent), m_limit(new LegendEntry(tr("Limit"), this)), m_peak(new LegendEntry(tr("Peak"), this)), m_head(new QWidget(this))
{
    auto *head = new QHBoxLayout(m_head);
    head->setContentsMargins(0, 0, 0, 0);
    head->setSpacing(0);
    head->addStretch(1);
    const QStringList titles {tr("last"), tr("min"), tr("max"), tr("mean")};
    for (std::size_t i = 0; i < m_titles.size(); ++i) {
        m_titles[i] = new QLabel(titles[static_cast<qsizetype>(i)], m_head);
        m_titles[i]->setTextFormat(Qt::PlainText);
        m_titles[i]->setAlignment(Qt::AlignRight);
        m_titles[i]->setFont(LegendEntry::nameFont(font()));
        head->addWidget(m_titles[i]);
    }
    for (const TrafficKind kind : trafficKinds) {
        auto *entry = new LegendEntry(nameOf(kind), this);
        connect(entry, &LegendEntry::clicked, this, [this, kind] { take(kind); });
        connect(entry, &LegendEntry::aloneWanted, this, [this, kind] { leaveAlone(kind); });
        m_entries[static_cast<std::size_t>(kind)] = entry;
    }
    for (LegendEntry *entry : {m_limit, m_peak})
        entry->setFocusPolicy(Qt::NoFocus);
    const QString limit = tr("The limit as an average per second. Bursts above it are admitted while the window has room.");
    m_limit->setToolTip(plainToolTip(limit));
    m_limit->setAccessibleDescription(limit); // else the markup would be read aloud
    setSizePolicy(QSizePolicy::Preferred, QSizePolicy::Fixed);
    arrange();
}

void ChartLegend::explainFigures(const RateSeries &series)
{
    const std::vector<SecondCounts> shown = series.shown();
    const auto newest = std::find_if(shown.rbegin(), shown.rend(), [](const SecondCounts &it) { return !it.gap; });
    const bool isLong = series.step > std::chrono::seconds(1); // then the latest figure may be of some while ago
    const std::int64_t latest = isLong && newest != shown.rend() ? newest->second : 0;
    const bool isOther = std::exchange(m_slice, series.step) != series.step;
    if (std::exchange(m_latest, latest) == latest && !isOther)
        return;
    if (isOther) {
        m_titles[0]->setText(isLong ? tr("last %1").arg(spanName(series.step)) : tr("last"));
        arrange();
    }
    QString tip = tr("Per second, over slices of %1 in the time that is shown. Click to hide or show, Ctrl+click to see it alone.").arg(spanName(series.step));
    if (latest > 0)
        tip = tr("The last figure is of the newest whole slice, %1.").arg(sliceTime(*newest, series.step)) + QLatin1Char('\n') + tip;
    for (const TrafficKind kind : trafficKinds) {
        LegendEntry *entry = m_entries[static_cast<std::size_t>(kind)];
        entry->setToolTip(plainToolTip(explain(kind) + QLatin1Char('\n') + tip));
        entry->setAccessibleDescription(explain(kind) + QLatin1Char(' ') + tip);
    }
}

void ChartLegend::apply(const RateSeries &series, const RateSteps &steps)
{
    explainFigures(series);
    const bool hadPeak = std::exchange(m_hasPeak, steps.isMerged());
    if (m_hasPeak && std::exchange(m_step, steps.series.step) != steps.series.step) {
        const QString tip = tr("There is no room for every slice of %1: each step of the curves is the mean of %2. The light band reaches up to the busiest slice in it. Zoom in to see them all.")
                                .arg(spanName(series.step), spanName(steps.series.step));
        m_peak->setToolTip(plainToolTip(tip));
        m_peak->setAccessibleDescription(tip);
    }
    const auto before = m_present;
    int widest = m_figure;
    bool grown = false;
    for (const TrafficKind kind : trafficKinds) {
        const auto i = static_cast<std::size_t>(kind);
        const std::optional<KindFigures> figures = figuresOf(series, kind);
        const bool rare = kind == TrafficKind::Unchecked || kind == TrafficKind::Shadow;
        m_present[i] = !rare || !m_shown.has(kind) || (figures && figures->most > 0);
        QStringList texts {QStringLiteral("–")};
        if (figures && m_table)
            texts = {formatRate(figures->last), formatRate(figures->least), formatRate(figures->most), formatRate(figures->mean)};
        else if (figures)
            texts = {formatRate(figures->last)};
        grown = m_entries[i]->setFigures(texts) || grown;
        const QFontMetrics metrics(LegendEntry::figureFont(font()));
        for (const QString &text : texts)
            widest = std::max(widest, metrics.horizontalAdvance(tr("%1/s").arg(text)) + 14);
    }
    if (m_hasPeak) {
        double most = 0;
        for (std::size_t i = 0; i < steps.peaks.size(); ++i)
            most = steps.series.shows(steps.series.slices[i]) ? std::max(most, steps.peaks[i]) : most;
        grown = m_peak->setFigures({formatRate(most)}) || grown;
    }
    if (hadPeak != m_hasPeak || before != m_present || widest != m_figure || grown) {
        m_figure = widest;
        arrange();
    }
}

void ChartLegend::setLimit(bool isDrawn, std::optional<double> perSecond)
{
    const bool isOther = std::exchange(m_hasLimit, isDrawn) != isDrawn;
    if (m_limit->setFigures({perSecond ? formatRate(*perSecond) : QStringLiteral("–")}) || isOther)
        arrange();
}

void ChartLegend::setTable(bool table)
{
    if (m_table == table)
        return;
    m_table = table;
    arrange();
}

void ChartLegend::setRoom(int width)
{
    if (m_room == width)
        return;
    m_room = width;
    arrange();
}

std::vector<LegendEntry *> ChartLegend::present() const
{
    std::vector<LegendEntry *> entries;
    if (m_hasLimit)
        entries.push_back(m_limit);
    for (std::size_t i = 0; i < m_entries.size(); ++i) {
        if (m_present[i])
            entries.push_back(m_entries[i]);
    }
    if (m_hasPeak)
        entries.push_back(m_peak);
    return entries;
}

LegendEntry::Columns ChartLegend::columns() const
{
    LegendEntry::Columns columns;
    for (const LegendEntry *entry : m_entries)
        columns.name = std::max(columns.name, entry->nameWidth() + 6);
    columns.figure = m_figure;
    for (const QLabel *title : m_titles)
        columns.figure = std::max(columns.figure, title->fontMetrics().horizontalAdvance(title->text()) + 14);
    return columns;
}

// By hand: no layout of Qt's breaks lines.
void ChartLegend::arrange()
{
    const LegendEntry::Columns columns = this->columns();
    const bool table = m_table && columns.name + 4 * columns.figure <= m_room;
    m_head->setVisible(table);
    m_limit->setVisible(m_hasLimit);
    m_peak->setVisible(m_hasPeak);
    for (std::size_t i = 0; i < m_entries.size(); ++i)
        m_entries[i]->setVisible(m_present[i]);
    const QSize size = table ? arrangeTable(columns) : arrangeLines();
    if (std::exchange(m_size, size) != size)
        updateGeometry();
}

QSize ChartLegend::arrangeTable(const LegendEntry::Columns &columns)
{
    for (QLabel *title : m_titles)
        title->setFixedWidth(columns.figure);
    const int width = columns.name + 4 * columns.figure;
    m_head->setGeometry(0, 0, width, m_head->sizeHint().height());
    int y = m_head->height();
    for (LegendEntry *entry : present()) {
        entry->setColumns(columns);
        entry->setTerse(false);
        const QSize size = entry->sizeHint();
        entry->setGeometry(0, y, size.width(), size.height());
        y += size.height();
    }
    return {width, y};
}

QSize ChartLegend::arrangeLines()
{
    constexpr int space = 9;
    QPoint at(0, 0);
    int height = 0;
    int widest = 0;
    const std::vector<LegendEntry *> entries = present();
    const auto needed = [&entries](bool terse) {
        int width = -space;
        for (LegendEntry *entry : entries) {
            entry->setColumns({});
            entry->setTerse(terse);
            width += entry->sizeHint().width() + space;
        }
        return width;
    };
    if (needed(false) > m_room)
        needed(true); // the title says what unit it is
    for (LegendEntry *entry : entries) {
        const QSize size = entry->sizeHint();
        if (at.x() > 0 && at.x() + size.width() > m_room)
            at = {0, height};
        entry->setGeometry(QRect(at, size));
        at.rx() += size.width() + space;
        height = at.y() + size.height();
        widest = std::max(widest, at.x() - space);
    }
    return {widest, height};
}

void ChartLegend::take(TrafficKind kind)
{
    KindSet shown = m_shown;
    shown.set(kind, !shown.has(kind));
    change(shown);
}

// Once more: all of them.
void ChartLegend::leaveAlone(TrafficKind kind)
{
    KindSet alone;
    for (const TrafficKind other : trafficKinds)
        alone.set(other, other == kind);
    change(alone == m_shown ? KindSet() : alone);
}

void ChartLegend::change(KindSet shown)
{
    m_shown = shown;
    for (const TrafficKind kind : trafficKinds)
        m_entries[static_cast<std::size_t>(kind)]->setTaken(!shown.has(kind));
    arrange();
    emit shownChanged();
}

void ChartLegend::setColours(const RateColours &colours)
{
    for (const TrafficKind kind : trafficKinds)
        m_entries[static_cast<std::size_t>(kind)]->setSwatch(brushOf(kind, colours), colourOf(kind, colours));
    m_limit->setDashed(colours.limit);
    m_peak->setSwatch(peakColour(colours), colours.muted);
}

} // namespace rateguard
