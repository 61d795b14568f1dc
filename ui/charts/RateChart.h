// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The RateGuard authors
#pragma once

#include "charts/ChartFlag.h"
#include "engine/LimitCourse.h"

#include <QWidget>

#include <memory>

namespace rateguard {

class ChartCursor;
struct ChartSheet;

// Traffic over time as rates per second: rejected stacked on shadow on unchecked on allowed, so that the top is all requests.
// Times in which we could not listen are hatched with the reason, never drawn as zero; what is known by the minute only is
// lighter; and slices that would stand too close to be told apart are drawn as the mean of several. Each kind has a pattern as well as a colour, and the legend says the figures.
//
// Charts that share a ChartCursor share the crosshair and the zoom. Zoomed, a chart stands still on the piece of time that was chosen.
// T turns it into a table and back. Draws when something changed and it is visible: 3 ms for 120 slices, at most
// 6 ms for 600 that leap (tests/bench/bench_chart).
class RateChart : public QWidget
{
    Q_OBJECT

public:
    explicit RateChart(QWidget *parent = nullptr);
    ~RateChart() override;

    void setSeries(const std::vector<SecondCounts> &series, Instant now, std::chrono::seconds step = std::chrono::seconds(1));
    void setSpan(int seconds); // of the time axis, from the next series on; another span ends a zoom
    void setTitle(const QString &title, const QString &toolTip = {}); // plain text
    void setLimit(const std::vector<LimitPiece> &course); // drawn as steps, where it is known
    void setEmptyText(const QString &text); // shown instead of the curves when not empty
    void setStill(bool still); // what is drawn is not of now: the axis says at which times it was
    void setFlags(const std::vector<ChartFlag> &flags); // of edits; those out of sight are left out
    void shareCursor(ChartCursor *cursor); // else the chart has one of its own; it must live as long as the chart
    ChartCursor *chartCursor() const;

    bool isTable() const;
    void showTable(bool table);
    QString readOut() const; // what the crosshair says; empty without one

    ChartSheet sheet() const; // what a picture of it has to show
    QByteArray svg() const;
    QByteArray png(); // see ChartPicture
    // What is painted until endPicture() is for a picture: of so many pixels for one of the screen's, and with the times and the date at
    // which it was.
    void beginPicture(double fineness);
    void endPicture();
    // A picture, .svg or .png by the path's suffix. Returns what went wrong and what now; empty: it is written.
    QString save(const QString &path);

    QSize minimumSizeHint() const override;

signals:
    void announced(const QString &what); // something that the operator wants to know was done, as "✓ … written to …"

protected:
    void changeEvent(QEvent *event) override;
    void resizeEvent(QResizeEvent *event) override;
    void showEvent(QShowEvent *event) override;

private:
    struct Parts;
    void wire();
    void setFineness(double fineness); // how many pixels one of the screen's has
    void draw();
    void showZoom();
    void showPage();

    std::unique_ptr<Parts> m_parts;
};

} // namespace rateguard
