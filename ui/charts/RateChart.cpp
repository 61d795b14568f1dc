// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The RateGuard authors
#include "charts/RateChart.h"

#include "charts/ChartCursor.h"
#include "charts/ChartMenu.h"
#include "charts/ChartParts.h"
#include "charts/ChartPicture.h"
#include "charts/ChartSvg.h"
#include "charts/ChartTitle.h"
#include "charts/SliceWords.h"
#include "format/ExportFile.h"
#include "format/Text.h"

#include <QEvent>
#include <QFileInfo>
#include <QLabel>
#include <QPushButton>
#include <QShortcut>
#include <QStackedLayout>
#include <QTableView>

#include <utility>

namespace rateguard {

RateChart::RateChart(QWidget *parent) : QWidget(parent), m_parts(std::make_unique<Parts>())
{
    Parts &p = *m_parts;
    p.makeView(this);
    p.makeTitle(this);
    p.makeTable(this);
    p.layOut(this);
    wire();
    shareCursor(new ChartCursor(this));
    p.arrange(size());
    p.useColours(palette());
}

RateChart::~RateChart() = default;

void RateChart::wire()
{
    Parts &p = *m_parts;
    connect(p.view, &RateView::resized, this, &RateChart::draw); // labels have more or less room
    connect(p.view, &RateView::tableWanted, this, [this] { showTable(true); });
    connect(p.view, &RateView::menuWanted, this, [this](const QPoint &global) { popUpMenu(*this, global); });
    connect(p.table, &QWidget::customContextMenuRequested, this, [this](const QPoint &at) { popUpMenu(*this, m_parts->table->viewport()->mapToGlobal(at)); });
    connect(p.zoomed, &QPushButton::clicked, this, [this] { m_parts->cursor->zoomTo(std::nullopt); });
    connect(p.asChart, &QPushButton::clicked, this, [this] { showTable(false); });
    connect(p.legend, &ChartLegend::shownChanged, this, [this] {
        m_parts->view->setShown(m_parts->legend->shown());
        m_parts->curves->fitAnew();
        draw();
    });
    for (const auto key : {Qt::Key_T, Qt::Key_Escape}) {
        auto *back = new QShortcut(QKeySequence(key), p.table, nullptr, nullptr, Qt::WidgetWithChildrenShortcut);
        connect(back, &QShortcut::activated, this, [this] { showTable(false); });
    }
}

void RateChart::shareCursor(ChartCursor *cursor)
{
    Parts &p = *m_parts;
    if (p.cursor == cursor)
        return;
    if (p.cursor)
        p.cursor->disconnect(this);
    p.cursor = cursor;
    p.view->setCursorShared(cursor);
    connect(cursor, &ChartCursor::zoomChanged, this, &RateChart::showZoom);
    connect(cursor, &ChartCursor::moved, this, [this] { m_parts->describe(); });
    showZoom();
}

ChartCursor *RateChart::chartCursor() const
{
    return m_parts->cursor;
}

void RateChart::setSeries(const std::vector<SecondCounts> &series, Instant now, std::chrono::seconds step)
{
    Parts &p = *m_parts;
    // What is zoomed into stands still once all of it is here.
    const bool holds = p.cursor->zoom() && p.drawn.now >= p.cursor->zoom()->to && !p.drawn.slices.empty() && !series.empty();
    const std::int64_t before = p.live.origin();
    const bool same = p.live.slices == series && p.live.step == step && p.live.span == p.drawn.span;
    p.live.now = now;
    if (same && p.live.origin() == before)
        return; // a second's worth of snapshots draws once
    p.live.slices = series;
    p.live.step = step;
    if (series.empty())
        p.curves->fitAnew(); // another key comes
    if (holds)
        return;
    p.drawn = p.live;
    p.drawn.zoom = p.cursor->zoom();
    draw();
}

void RateChart::showZoom()
{
    Parts &p = *m_parts;
    const std::optional<TimePiece> &zoom = p.cursor->zoom();
    if (!zoom)
        p.drawn = p.live;
    p.drawn.zoom = zoom;
    p.zoomed->setVisible(zoom.has_value());
    if (zoom) {
        const QString piece = tr("%1 to %2").arg(clockTime(zoom->from), clockTime(zoom->to));
        p.zoomed->setText(width() >= 560 ? tr("zoomed: %1 · double click or 0 for live").arg(piece) : tr("zoomed: %1 · 0 for live").arg(piece));
    }
    draw();
}

void RateChart::draw()
{
    Parts &p = *m_parts;
    p.stale = !isVisible();
    if (p.stale)
        return;
    p.steps = stepsOf(p.drawn, p.legend->shown(), p.view->plotWidth());
    p.curves->draw(p.steps, p.legend->shown(), p.limits());
    p.showAxes(p.still);
    p.showLimit();
    p.legend->apply(p.drawn, p.steps);
    p.view->follow();
    if (isTable())
        p.rows->apply(p.drawn);
    p.describe();
}

void RateChart::setSpan(int seconds)
{
    Parts &p = *m_parts;
    const std::chrono::seconds span(seconds);
    if (p.live.span == span)
        return;
    p.live.span = span;
    p.cursor->zoomTo(std::nullopt);
}

void RateChart::setTitle(const QString &title, const QString &toolTip)
{
    Parts &p = *m_parts;
    p.title->setText(title);
    p.title->setToolTip(plainToolTip(toolTip));
    p.title->setAccessibleDescription(toolTip); // else the markup would be read aloud
    p.view->setAccessibleName(title);
    p.table->setAccessibleName(tr("%1, as a table").arg(title));
}

void RateChart::setLimit(const std::vector<LimitPiece> &course)
{
    Parts &p = *m_parts;
    if (p.limit == course)
        return;
    p.limit = course;
    p.view->setLimit(course);
    draw();
}

void RateChart::setEmptyText(const QString &text)
{
    if (m_parts->empty->text() == text)
        return;
    m_parts->empty->setText(text);
    showPage();
}

void RateChart::setStill(bool still)
{
    if (std::exchange(m_parts->still, still) == still)
        return;
    m_parts->showAxes(still);
    m_parts->describe();
}

void RateChart::setFlags(const std::vector<ChartFlag> &flags)
{
    m_parts->flags = flags;
    m_parts->view->setFlags(flags);
}

bool RateChart::isTable() const
{
    return m_parts->asTable;
}

void RateChart::showTable(bool table)
{
    Parts &p = *m_parts;
    const bool hadFocus = p.view->hasFocus() || p.table->hasFocus();
    p.asTable = table;
    if (table)
        p.rows->apply(p.drawn);
    showPage();
    if (hadFocus)
        (table ? static_cast<QWidget *>(p.table) : p.view)->setFocus();
}

void RateChart::showPage()
{
    Parts &p = *m_parts;
    const bool isEmpty = !p.empty->text().isEmpty();
    p.pages->setCurrentIndex(isEmpty ? 1 : p.asTable ? 2 : 0);
    p.legend->setVisible(!isEmpty);
    p.asChart->setVisible(!isEmpty && p.asTable);
}

QString RateChart::readOut() const
{
    return m_parts->view->readOut();
}

ChartSheet RateChart::sheet() const
{
    const Parts &p = *m_parts;
    return {p.datedTitle(), p.drawn, p.steps, p.legend->shown(), p.curves->scale(), timeLabels(p.drawn, width() - 84, p.small, true), p.flags, p.limit, p.colours, p.small, size()};
}

QByteArray RateChart::svg() const
{
    return chartAsSvg(sheet());
}

QByteArray RateChart::png()
{
    return chartsAsPng(*this);
}

void RateChart::beginPicture(double fineness)
{
    Parts &p = *m_parts;
    setFineness(fineness);
    p.undated = p.title->text();
    p.title->setText(p.datedTitle());
    p.view->setPictured(true);
    p.showAxes(true);
}

void RateChart::endPicture()
{
    Parts &p = *m_parts;
    setFineness(devicePixelRatioF());
    p.title->setText(p.undated);
    p.view->setPictured(false);
    p.showAxes(p.still);
}

void RateChart::setFineness(double fineness)
{
    if (m_parts->colours.fineness == fineness)
        return;
    m_parts->fineness = fineness;
    m_parts->useColours(palette());
}

QString RateChart::save(const QString &path)
{
    const QString suffix = QFileInfo(path).suffix().toLower();
    const bool isSvg = suffix == QLatin1String("svg");
    if (!isSvg && suffix != QLatin1String("png"))
        return tr("%1 was not written: its name does not say what it is to be. End it with .svg or .png.").arg(path);
    return writeExport(path, isSvg ? svg() : png());
}

QSize RateChart::minimumSizeHint() const
{
    return {260, 180};
}

void RateChart::changeEvent(QEvent *event)
{
    if (event->type() == QEvent::PaletteChange)
        m_parts->useColours(palette());
    QWidget::changeEvent(event);
}

void RateChart::showEvent(QShowEvent *event)
{
    QWidget::showEvent(event);
    setFineness(devicePixelRatioF());
    if (m_parts->stale)
        draw();
}

void RateChart::resizeEvent(QResizeEvent *event)
{
    QWidget::resizeEvent(event);
    m_parts->arrange(size());
}

} // namespace rateguard
