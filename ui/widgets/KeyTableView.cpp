// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The RateGuard authors
#include "widgets/KeyTableView.h"

#include <QHeaderView>
#include <QKeyEvent>
#include <QScrollBar>

#include <algorithm>

namespace rateguard {

KeyTableView::KeyTableView(KeyTableModel *model, QWidget *parent)
    : LiveTable(parent), m_keys(model), m_selection(new KeySelection(model))
{
    setModel(model);
    setSelectionModel(m_selection);
    m_selection->setParent(this);
    setSelectionMode(ExtendedSelection); // to copy many; the chart shows the current one
    connect(horizontalHeader(), &QHeaderView::sortIndicatorChanged, this, [this](int column) {
        if (column == static_cast<int>(KeyColumn::Minute)) { // a picture: the arrow goes back to where it was
            const TableWish &wish = m_keys->wish();
            horizontalHeader()->setSortIndicator(static_cast<int>(wish.column), wish.descending ? Qt::DescendingOrder : Qt::AscendingOrder);
        }
    });
    connect(verticalScrollBar(), &QScrollBar::valueChanged, this, &KeyTableView::see);
    see();
}

void KeyTableView::setCurrentRow(int row, bool scroll)
{
    const QModelIndex current = currentIndex();
    if (row == (current.isValid() ? current.row() : -1))
        return;
    const QModelIndex next = row < 0 ? QModelIndex() : model()->index(row, current.isValid() ? current.column() : 0);
    setAutoScroll(scroll);
    m_selection->setCurrentIndex(next, QItemSelectionModel::NoUpdate);
    setAutoScroll(true);
}

void KeyTableView::selectAll()
{
    m_selection->selectAllKeys();
}

void KeyTableView::keyPressEvent(QKeyEvent *event)
{
    if (event->key() == Qt::Key_Escape && !m_selection->isEmpty()) {
        emit escaped();
        return;
    }
    LiveTable::keyPressEvent(event);
}

// The base class would only make the first row the current one, and leave a key selected that no row shows.
void KeyTableView::focusInEvent(QFocusEvent *event)
{
    const bool byKeyboard = event->reason() == Qt::TabFocusReason || event->reason() == Qt::BacktabFocusReason || event->reason() == Qt::ShortcutFocusReason;
    if (byKeyboard && !currentIndex().isValid() && model()->rowCount() > 0)
        m_selection->setCurrentIndex(model()->index(0, static_cast<int>(KeyColumn::Key)), QItemSelectionModel::ClearAndSelect | QItemSelectionModel::Rows);
    LiveTable::focusInEvent(event);
}

void KeyTableView::updateGeometries()
{
    LiveTable::updateGeometries();
    if (isVisible()) // the header asks for this also while the window that we are in is being taken down
        see();
}

void KeyTableView::showEvent(QShowEvent *event)
{
    LiveTable::showEvent(event);
    see();
}

// Scrolls row by row, so the scroll bar counts rows.
void KeyTableView::see()
{
    constexpr int least = 30; // while nothing is laid out yet
    const int rows = viewport()->height() / verticalHeader()->defaultSectionSize() + 2;
    m_keys->setSeen(verticalScrollBar()->value(), std::max(rows, least));
}

} // namespace rateguard
