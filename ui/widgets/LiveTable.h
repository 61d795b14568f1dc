// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The RateGuard authors
#pragma once

#include <QTableView>

namespace rateguard {

// A table view set up for rows that change many times a second: fixed heights, no grid, whole rows selected.
class LiveTable : public QTableView
{
    Q_OBJECT

public:
    explicit LiveTable(QWidget *parent);

    // Columns get the width of sample texts, never of live content; `stretched` takes the rest. Where all of `wide` has room, `stretched`
    // with its own sample there included, those are the samples; empty: there are no others.
    void setColumns(const QStringList &samples, int stretched, const QStringList &wide = {});

    void setEscapeDeselects(bool deselects) { m_escapeDeselects = deselects; }

protected:
    void focusInEvent(QFocusEvent *event) override; // who is led here has chosen no row yet
    void keyPressEvent(QKeyEvent *event) override;
    void resizeEvent(QResizeEvent *event) override;

private:
    int widthOf(int column, const QString &sample) const;
    bool hasRoomFor(const QStringList &samples) const; // of the columns that are not hidden
    void fit(const QStringList &samples);

    bool m_escapeDeselects = false;
    QStringList m_samples;
    QStringList m_wide;
    int m_stretched = -1;
    bool m_isWide = false;
};

} // namespace rateguard
