// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The RateGuard authors
#pragma once

#include "charts/LegendEntry.h"
#include "charts/RateSteps.h"

#include <optional>
#include <vector>

class QLabel;

namespace rateguard {

// The legend of a rate chart: a line with the latest figures, two where there is no room for one, or a table with last, min, max
// and mean, all over the slices as they were measured, however few pixels they have. A click takes a kind away, Ctrl+click leaves it alone, and what is away says so. Rare kinds are listed only when there are any.
class ChartLegend : public QWidget
{
    Q_OBJECT

public:
    explicit ChartLegend(QWidget *parent);

    void apply(const RateSeries &series, const RateSteps &steps);
    void setLimit(bool isDrawn, std::optional<double> perSecond); // of the latest; nothing: it has none
    void setTable(bool table); // where that fits
    void setRoom(int width);
    void setColours(const RateColours &colours);
    const KindSet &shown() const { return m_shown; }

    QSize sizeHint() const override { return m_size; }
    QSize minimumSizeHint() const override { return {0, m_size.height()}; }

signals:
    void shownChanged();

private:
    void take(TrafficKind kind);
    void explainFigures(const RateSeries &series);
    void leaveAlone(TrafficKind kind);
    void change(KindSet shown);
    void arrange();
    LegendEntry::Columns columns() const; // of the table
    QSize arrangeTable(const LegendEntry::Columns &columns);
    QSize arrangeLines();
    std::vector<LegendEntry *> present() const; // the limit first

    std::array<LegendEntry *, 4> m_entries; // by kind
    LegendEntry *m_limit;
    LegendEntry *m_peak; // while steps are means
    QWidget *m_head; // of the table
    std::array<QLabel *, 4> m_titles;
    KindSet m_shown;
    std::array<bool, 4> m_present {true, false, false, true};
    bool m_hasLimit = false;
    bool m_hasPeak = false;
    std::chrono::seconds m_slice {0}; // that the figures are of
    std::int64_t m_latest = 0; // the slice of the latest figures; 0: a second, or there is none
    std::chrono::seconds m_step {0};
    bool m_table = false;
    int m_room = 0;
    QSize m_size;
    int m_figure = 0; // width of a column
};

} // namespace rateguard
