// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The RateGuard authors
#include "charts/LimitMarks.h"

#include "charts/SliceWords.h"

#include <QCoreApplication>
#include <QFontMetricsF>
#include <QPainter>

#include <algorithm>
#include <cmath>

namespace rateguard {

std::vector<LimitMarks::Stretch> LimitMarks::shown() const
{
    const RateSeries &series = m_marks.series();
    std::vector<Stretch> result;
    for (std::size_t i = 0; i < m_course.size(); ++i) {
        const double from = std::max(series.placeOf(m_course[i].from), series.left());
        const double to = i + 1 < m_course.size() ? std::min(series.placeOf(m_course[i + 1].from), series.right()) : series.right();
        if (to > from)
            result.push_back({m_course[i], from, to});
    }
    return result;
}

std::vector<LimitMarks::Line> LimitMarks::lines(double top) const
{
    const QRectF &plot = m_marks.plot();
    std::vector<Line> lines;
    bool goesOn = false;
    for (const auto &[piece, from, to] : shown()) {
        const auto rate = piece.perSecond();
        if (!rate) {
            goesOn = false;
            continue;
        }
        const double y = std::min(plot.bottom() - *rate / top * plot.height(), plot.bottom() - 1); // a ban is seen, too
        const QPointF begin(m_marks.pixelOf(from), y);
        if (goesOn && lines.back().shadow != piece.shadow)
            lines.back().points << begin;
        if (!goesOn || lines.back().shadow != piece.shadow)
            lines.push_back({{}, piece.shadow});
        lines.back().points << begin << QPointF(m_marks.pixelOf(to), y);
        goesOn = true;
    }
    return lines;
}

std::vector<LimitMarks::Note> LimitMarks::notes(double top) const
{
    const QFontMetricsF metrics(m_marks.font());
    const int row = m_marks.series().averages().empty() ? 1 : 2; // below the signs of flags, and below what averages say
    const double y = m_marks.plot().top() + 2 + row * (metrics.height() + 1);
    std::vector<Note> notes;
    for (const auto &[piece, from, to] : shown()) {
        if (piece.perSecond().value_or(0) <= top)
            continue;
        const QString text = QCoreApplication::translate("rateguard::LimitMarks", "↑ above: %1").arg(limitWords(piece));
        const QRectF box(m_marks.pixelOf(from) + 4, y, metrics.horizontalAdvance(text) + 8, metrics.height() + 2);
        if (box.right() <= m_marks.pixelOf(to) && box.bottom() <= m_marks.plot().bottom())
            notes.push_back({box, text});
    }
    return notes;
}

std::optional<LimitPiece> LimitMarks::latest() const
{
    if (lines(1).empty())
        return std::nullopt;
    return pieceAt(m_course, m_marks.series().instantAt(m_marks.series().right()) - std::chrono::microseconds(1));
}

void LimitMarks::paint(QPainter &painter, double top) const
{
    const RateColours &colours = m_marks.colours();
    painter.save();
    painter.setClipRect(m_marks.plot().adjusted(-1, -1, 1, 1));
    for (const Line &line : lines(top)) {
        QPolygonF points = line.points;
        for (QPointF &point : points) // sharp
            point = QPointF(std::round(point.x()) + 0.5, std::floor(point.y()) + 0.5);
        painter.setPen(QPen(colours.limit, 1, line.shadow ? Qt::DashDotDotLine : Qt::DashLine));
        painter.drawPolyline(points);
    }
    painter.setFont(m_marks.font());
    painter.setPen(colours.text);
    QColor ground = colours.surface;
    ground.setAlpha(215);
    for (const Note &note : notes(top)) {
        painter.fillRect(note.box, ground);
        painter.drawText(note.box, Qt::AlignCenter, note.text);
    }
    painter.restore();
}

} // namespace rateguard
