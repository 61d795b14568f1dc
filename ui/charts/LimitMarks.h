// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The RateGuard authors
#pragma once

#include "charts/PlotMarks.h"
#include "engine/LimitCourse.h"

#include <QPolygonF>

namespace rateguard {

// The limit over the curves: a line where it is known, in steps, and words where it lies above the rate axis. Costs O(pieces).
class LimitMarks
{
public:
    LimitMarks(const PlotMarks &marks, const std::vector<LimitPiece> &course) : m_marks(marks), m_course(course) { } // both are to outlive it

    // Each line is of one kind, enforced or shadow. `top`: of the rate axis.
    struct Line
    {
        QPolygonF points;
        bool shadow = false;
    };
    std::vector<Line> lines(double top) const;
    struct Note // "↑ above: Limit 120/s"
    {
        QRectF box;
        QString text;
    };
    std::vector<Note> notes(double top) const; // where there is room
    std::optional<LimitPiece> latest() const; // of the time that is shown; nothing: there is no line in it

    void paint(QPainter &painter, double top) const;

private:
    struct Stretch
    {
        const LimitPiece &piece;
        double from; // on the axis
        double to;
    };
    std::vector<Stretch> shown() const;

    const PlotMarks &m_marks;
    const std::vector<LimitPiece> &m_course;
};

} // namespace rateguard
