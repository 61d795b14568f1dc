// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The RateGuard authors
#pragma once

#include <QAbstractButton>
#include <QBrush>

namespace rateguard {

// One entry of a legend: a swatch painted as the curve is, what it is, and its latest figure in bold; in a table its other figures,
// too. A button that takes the curve away and brings it back. Its width grows with its figures and does not shrink.
class LegendEntry : public QAbstractButton
{
    Q_OBJECT

public:
    // Widths of the columns that the entries of a table share.
    struct Columns
    {
        int name = 0;
        int figure = 0; // 0: no table
    };

    LegendEntry(const QString &name, QWidget *parent);

    void setSwatch(const QBrush &brush, const QColor &edge);
    void setDashed(const QColor &line);
    bool setFigures(const QStringList &figures); // per second; the first is the latest; of a table up to four. True: it needs more room now
    void setTerse(bool terse); // without the unit
    void setColumns(Columns columns);
    void setTaken(bool taken); // away: struck out

    QString shownText() const; // "Rejected 12.0", "Rejected hidden"
    QSize sizeHint() const override;
    QSize minimumSizeHint() const override { return sizeHint(); }
    int nameWidth() const;

    static QFont nameFont(const QFont &base);
    static QFont figureFont(const QFont &base);

signals:
    void aloneWanted(); // Ctrl+click

protected:
    void paintEvent(QPaintEvent *event) override;
    void mouseReleaseEvent(QMouseEvent *event) override;

private:
    void describe();
    QString figure(qsizetype index) const; // as it is shown
    int figureWidth() const;

    QStringList m_figures;
    QBrush m_brush;
    QColor m_edge;
    Columns m_columns;
    int m_widest = 0; // figure so far
    bool m_dashed = false;
    bool m_taken = false;
    bool m_terse = false;
};

} // namespace rateguard
