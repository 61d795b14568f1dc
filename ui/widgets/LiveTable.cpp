// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The RateGuard authors
#include "widgets/LiveTable.h"

#include "widgets/CellDelegate.h"

#include <QHeaderView>
#include <QKeyEvent>
#include <QStyle>

namespace rateguard {

LiveTable::LiveTable(QWidget *parent) : QTableView(parent)
{
    setItemDelegate(new CellDelegate(this));
    setSelectionBehavior(SelectRows);
    setSelectionMode(SingleSelection);
    setEditTriggers(NoEditTriggers);
    setAlternatingRowColors(true);
    setShowGrid(false);
    setWordWrap(false);
    setTabKeyNavigation(false);
    setCornerButtonEnabled(false);
    setFrameShape(NoFrame);
    setHorizontalScrollMode(ScrollPerPixel);
    setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    verticalHeader()->hide();
    verticalHeader()->setSectionResizeMode(QHeaderView::Fixed);
    verticalHeader()->setDefaultSectionSize(fontMetrics().height() + 8);
    horizontalHeader()->setHighlightSections(false);
    QFont small = font();
    small.setPointSizeF(small.pointSizeF() * 0.9);
    horizontalHeader()->setFont(small);
    horizontalHeader()->setMinimumSectionSize(30);
}

void LiveTable::setColumns(const QStringList &samples, int stretched)
{
    QHeaderView *header = horizontalHeader();
    for (int column = 0; column < samples.size(); ++column) {
        const int text = fontMetrics().horizontalAdvance(samples[column]);
        const int arrow = isSortingEnabled() ? style()->pixelMetric(QStyle::PM_HeaderMarkSize) : 0;
        const QString name = model()->headerData(column, Qt::Horizontal).toString();
        const int title = header->fontMetrics().horizontalAdvance(name) + arrow + 2 * CellDelegate::padding;
        header->setSectionResizeMode(column, column == stretched ? QHeaderView::Stretch : QHeaderView::Interactive);
        header->resizeSection(column, std::max(text + 3 * CellDelegate::padding, title));
    }
}

void LiveTable::keyPressEvent(QKeyEvent *event)
{
    if (m_escapeDeselects && event->key() == Qt::Key_Escape && selectionModel() && selectionModel()->hasSelection()) {
        selectionModel()->clear();
        return;
    }
    if (event->key() == Qt::Key_Space && event->modifiers() == Qt::NoModifier) {
        event->ignore(); // selects what is selected; the window has a use for it
        return;
    }
    QTableView::keyPressEvent(event);
}

} // namespace rateguard
