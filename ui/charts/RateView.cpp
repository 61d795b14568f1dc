// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The RateGuard authors
#include "charts/RateView.h"

#include "charts/LimitMarks.h"
#include "charts/SliceWords.h"
#include "format/Text.h"

#include <QApplication>
#include <QHelpEvent>
#include <QKeyEvent>
#include <QToolTip>

#include <algorithm>
#include <cstdlib>

namespace rateguard {

RateView::RateView(QChart *chart, const RateSeries &series, const RateSteps &steps, QWidget *parent)
    : QChartView(chart, parent), m_series(series), m_steps(steps), m_zoom(series)
{
    setFrameShape(QFrame::NoFrame);
    setFocusPolicy(Qt::StrongFocus);
    setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    setVerticalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    setMouseTracking(true);
    viewport()->setMouseTracking(true);
    connect(scene(), &QGraphicsScene::changed, this, [this] {
        m_curves = {};
        viewport()->update();
    });
}

void RateView::setCursorShared(ChartCursor *cursor)
{
    m_cursor = cursor;
    m_zoom.setCursorShared(cursor);
    connect(cursor, &ChartCursor::moved, viewport(), qOverload<>(&QWidget::update));
}

void RateView::setFlags(const std::vector<ChartFlag> &flags)
{
    if (m_flags == flags)
        return;
    m_flags = flags;
    viewport()->update();
}

void RateView::setLimit(const std::vector<LimitPiece> &course)
{
    m_limit = course;
    viewport()->update();
}

void RateView::setAxes(std::vector<TimeLabel> times, double top)
{
    m_times = std::move(times);
    m_top = top;
}

double RateView::plotWidth() const
{
    return chart()->plotArea().width();
}

void RateView::setShown(KindSet shown)
{
    m_shown = shown;
}

void RateView::setColours(const RateColours &colours)
{
    m_colours = colours;
    m_curves = {};
    viewport()->update();
}

void RateView::setMarkFont(const QFont &font)
{
    m_font = font;
}

PlotMarks RateView::marks() const
{
    return {m_series, chart()->mapRectToScene(chart()->plotArea()), m_colours, m_font};
}

std::int64_t RateView::pointed() const
{
    if (m_pictured || !m_cursor || !m_cursor->at())
        return -1;
    const double place = m_series.placeOf(*m_cursor->at());
    const auto margin = static_cast<double>(m_steps.series.step.count());
    return place < m_series.left() - margin || place > m_series.right() + margin ? -1 : m_steps.series.indexAt(*m_cursor->at());
}

QString RateView::readOut() const
{
    std::vector<QColor> inks;
    const std::int64_t step = pointed();
    return step < 0 ? QString() : rateguard::readOut(m_steps, static_cast<std::size_t>(step), m_shown, m_limit, m_flags, m_colours, &inks).join(QLatin1Char('\n'));
}

void RateView::follow()
{
    if (m_mouse)
        pointAtMouse();
}

void RateView::pointAtMouse()
{
    if (!m_cursor || !m_mouse)
        return;
    const RateSeries &steps = m_steps.series;
    const std::int64_t index = steps.indexAt(m_series.instantAt(marks().placeAt(m_mouse->x())));
    if (index >= 0)
        m_cursor->point(m_series.instantAt(steps.placeOf(steps.slices[static_cast<std::size_t>(index)])));
}

void RateView::paintEvent(QPaintEvent *)
{
    QPainter painter(viewport());
    const double fineness = painter.deviceTransform().m11(); // of the screen, or of a picture that is exported
    const QSize size = (QSizeF(viewport()->size()) * fineness).toSize();
    if (m_curves.size() != size)
        drawCurves(size, fineness);
    painter.drawImage(0, 0, m_curves);
    paintMarks(painter);
}

void RateView::drawCurves(QSize size, double fineness)
{
    m_curves = QImage(size, QImage::Format_ARGB32_Premultiplied);
    m_curves.setDevicePixelRatio(fineness);
    m_curves.fill(m_colours.surface);
    QPainter painter(&m_curves);
    painter.setRenderHint(QPainter::Antialiasing);
    const QRectF all = viewport()->rect();
    scene()->render(&painter, all, all);
}

void RateView::paintMarks(QPainter &painter) const
{
    const PlotMarks over = marks();
    over.paintAverages(painter);
    LimitMarks(over, m_limit).paint(painter, m_top);
    over.paintGaps(painter);
    over.paintTimes(painter, m_times, viewport()->width());
    over.paintFlags(painter, m_flags);
    if (m_pressed && m_band)
        over.paintBand(painter, *m_pressed, *m_band);
    if (const std::int64_t step = pointed(); step >= 0) {
        const auto index = static_cast<std::size_t>(step);
        std::vector<QColor> inks;
        const QStringList lines = rateguard::readOut(m_steps, index, m_shown, m_limit, m_flags, m_colours, &inks);
        over.paintCursor(painter, m_steps.series.placeOf(m_steps.series.slices[index]), lines, inks);
    }
    if (hasFocus() && !m_pictured) {
        painter.setPen(QPen(palette().color(QPalette::Highlight), 1));
        painter.setBrush(Qt::NoBrush);
        painter.drawRect(viewport()->rect().adjusted(0, 0, -1, -1));
    }
}

bool RateView::viewportEvent(QEvent *event)
{
    if (event->type() == QEvent::Leave && m_mouse) {
        m_mouse.reset();
        if (m_cursor)
            m_cursor->point(std::nullopt);
    }
    if (event->type() == QEvent::ToolTip) {
        const auto *help = static_cast<QHelpEvent *>(event);
        showTip(help->pos(), help->globalPos());
        return true;
    }
    return QChartView::viewportEvent(event);
}

void RateView::showTip(const QPoint &at, const QPoint &global)
{
    for (const FlagSign &sign : marks().signsOf(m_flags)) {
        if (sign.box.adjusted(-2, -2, 2, 2).contains(at)) {
            QToolTip::showText(global, plainToolTip(sign.toolTip), this);
            return;
        }
    }
    QToolTip::hideText();
}

void RateView::mousePressEvent(QMouseEvent *event)
{
    if (event->button() == Qt::LeftButton)
        m_pressed = event->pos().x();
}

void RateView::mouseMoveEvent(QMouseEvent *event)
{
    m_mouse = event->pos();
    if (m_pressed && (m_band || std::abs(event->pos().x() - *m_pressed) >= QApplication::startDragDistance())) {
        m_band = event->pos().x();
        viewport()->update();
    }
    pointAtMouse();
}

void RateView::mouseReleaseEvent(QMouseEvent *event)
{
    if (event->button() != Qt::LeftButton)
        return;
    const std::optional<int> from = std::exchange(m_pressed, std::nullopt);
    const std::optional<int> to = std::exchange(m_band, std::nullopt);
    viewport()->update();
    if (from && to) {
        const PlotMarks over = marks();
        m_zoom.to(m_series.instantAt(over.placeAt(std::min(*from, *to))), m_series.instantAt(over.placeAt(std::max(*from, *to))));
    }
}

void RateView::mouseDoubleClickEvent(QMouseEvent *)
{
    if (m_cursor)
        m_cursor->zoomTo(std::nullopt);
}

void RateView::wheelEvent(QWheelEvent *event)
{
    event->setAccepted(event->angleDelta().y() != 0);
    m_zoom.turn(*event, m_series.instantAt(marks().placeAt(event->position().x())));
}

void RateView::step(int slices)
{
    const std::vector<SecondCounts> shown = m_steps.series.shown();
    if (!m_cursor || shown.empty())
        return;
    const auto last = static_cast<int>(shown.size()) - 1;
    int index = slices > 0 && slices > last ? last : slices < -last ? 0 : last;
    if (const std::int64_t now = pointed(); now >= 0 && std::abs(slices) <= last) {
        const std::int64_t second = m_steps.series.slices[static_cast<std::size_t>(now)].second;
        const auto found = std::find_if(shown.begin(), shown.end(), [second](const SecondCounts &it) { return it.second == second; });
        index = std::clamp(static_cast<int>(found - shown.begin()) + slices, 0, last);
    }
    m_cursor->point(m_series.instantAt(m_steps.series.placeOf(shown[static_cast<std::size_t>(index)])));
    setAccessibleDescription(readOut());
}

void RateView::keyPressEvent(QKeyEvent *event)
{
    constexpr int far = 1'000'000;
    const auto middle = [this] { return m_cursor && m_cursor->at() ? *m_cursor->at() : m_series.instantAt((m_series.left() + m_series.right()) / 2); };
    switch (event->key()) {
    case Qt::Key_Left: return step(event->modifiers() & Qt::ShiftModifier ? -10 : -1);
    case Qt::Key_Right: return step(event->modifiers() & Qt::ShiftModifier ? 10 : 1);
    case Qt::Key_Home: return step(-far);
    case Qt::Key_End: return step(far);
    case Qt::Key_Plus: m_zoom.by(0.5, middle()); return;
    case Qt::Key_Minus: m_zoom.by(2, middle()); return;
    case Qt::Key_T:
        if (event->modifiers() == Qt::NoModifier)
            return emit tableWanted();
        break;
    case Qt::Key_Escape:
        if (m_cursor && m_cursor->at())
            return m_cursor->point(std::nullopt);
        [[fallthrough]];
    case Qt::Key_0:
        if (m_cursor && m_cursor->zoom())
            return m_cursor->zoomTo(std::nullopt);
        break;
    }
    event->ignore();
}

void RateView::resizeEvent(QResizeEvent *event)
{
    QChartView::resizeEvent(event);
    emit resized();
}

void RateView::contextMenuEvent(QContextMenuEvent *event)
{
    emit menuWanted(event->reason() == QContextMenuEvent::Keyboard ? mapToGlobal(rect().center()) : event->globalPos());
}

} // namespace rateguard
