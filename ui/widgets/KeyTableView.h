// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The RateGuard authors
#pragma once

#include "models/KeySelection.h"
#include "widgets/LiveTable.h"

namespace rateguard {

// The key table on screen: tells its model which rows are seen, and selects keys, not rows.
class KeyTableView : public LiveTable
{
    Q_OBJECT

public:
    KeyTableView(KeyTableModel *model, QWidget *parent);

    KeySelection *keys() const { return m_selection; }
    // Where the current key is now; -1: nowhere. Scrolls to it only if asked.
    void setCurrentRow(int row, bool scroll);

    void selectAll() override;

signals:
    void escaped(); // nothing is to be selected any more

protected:
    void keyPressEvent(QKeyEvent *event) override;
    void focusInEvent(QFocusEvent *event) override;
    void updateGeometries() override;
    void showEvent(QShowEvent *event) override;

private:
    void see();

    KeyTableModel *m_keys;
    KeySelection *m_selection;
};

} // namespace rateguard
