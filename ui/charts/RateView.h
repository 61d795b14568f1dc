// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The RateGuard authors
#pragma once

#include "charts/ChartFlag.h"
#include "charts/ChartZoom.h"
#include "charts/RateSteps.h"
#include "charts/TimeLabels.h"
#include "engine/LimitCourse.h"

#include <QChartView>

namespace rateguard {

class PlotMarks;

// A chart under the mouse and the keyboard: crosshair, zoom, flags. It draws what lies over the curves; the curves themselves are painted
// once and kept as a picture until they change, so that a moving crosshair costs next to nothing.
//
// Mouse: move to read, drag or wheel to zoom, double click for live. Keys: Left and Right, Home and End move the crosshair, + and -
// zoom around it, Esc takes it away and then goes back to live, as 0 does at once; T asks for the table.
class RateView : public QChartView
{
    Q_OBJECT

public:
    RateView(QChart *chart, const RateSeries &series, const RateSteps &steps, QWidget *parent);

    void setCursorShared(ChartCursor *cursor);
    void setFlags(const std::vector<ChartFlag> &flags);
    void setLimit(const std::vector<LimitPiece> &course);
    void setAxes(std::vector<TimeLabel> times, double top); // top: of the rates
    double plotWidth() const;
    void setShown(KindSet shown);
    void setColours(const RateColours &colours);
    void setMarkFont(const QFont &font);
    void setPictured(bool pictured) { m_pictured = pictured; } // without the frame of the focus and the crosshair
    void follow(); // the picture moved on under a mouse that rests
    QString readOut() const; // what stands beside the crosshair; empty without one

signals:
    void tableWanted();
    void menuWanted(const QPoint &global);
    void resized();

protected:
    void paintEvent(QPaintEvent *event) override;
    bool viewportEvent(QEvent *event) override;
    void mousePressEvent(QMouseEvent *event) override;
    void mouseMoveEvent(QMouseEvent *event) override;
    void mouseReleaseEvent(QMouseEvent *event) override;
    void mouseDoubleClickEvent(QMouseEvent *event) override;
    void wheelEvent(QWheelEvent *event) override;
    void keyPressEvent(QKeyEvent *event) override;
    void contextMenuEvent(QContextMenuEvent *event) override;
    void resizeEvent(QResizeEvent *event) override;

private:
    PlotMarks marks() const;
    void drawCurves(QSize size, double fineness);
    void paintMarks(QPainter &painter) const;
    void pointAtMouse();
    void step(int slices);
    std::int64_t pointed() const; // the step; -1: none
    void showTip(const QPoint &at, const QPoint &global);

    const RateSeries &m_series; // as it was measured
    const RateSteps &m_steps; // as it is drawn
    QPointer<ChartCursor> m_cursor;
    ChartZoom m_zoom;
    std::vector<LimitPiece> m_limit;
    std::vector<TimeLabel> m_times;
    double m_top = 1;
    std::vector<ChartFlag> m_flags;
    KindSet m_shown;
    RateColours m_colours;
    QFont m_font;
    bool m_pictured = false;
    QImage m_curves; // as they are now, as fine as they were last painted for; null: to be painted
    std::optional<QPoint> m_mouse; // over the plot
    std::optional<int> m_pressed; // x
    std::optional<int> m_band; // x of its other end
};

} // namespace rateguard
