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

    // Columns get the width of `sample` texts once, never of live content; `stretched` takes the rest.
    void setColumns(const QStringList &samples, int stretched);

    void setEscapeDeselects(bool deselects) { m_escapeDeselects = deselects; }

protected:
    void keyPressEvent(QKeyEvent *event) override;

private:
    bool m_escapeDeselects = false;
};

} // namespace rateguard
