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

void LiveTable::setColumns(const QStringList &samples, int stretched, const QStringList &wide)
{
    m_samples = samples;
    m_wide = wide;
    m_stretched = stretched;
    m_isWide = !wide.isEmpty() && hasRoomFor(wide);
    fit(m_isWide ? wide : samples);
}

int LiveTable::widthOf(int column, const QString &sample) const
{
    const QString name = model()->headerData(column, Qt::Horizontal).toString();
    const int arrow = isSortingEnabled() ? style()->pixelMetric(QStyle::PM_HeaderMarkSize) : 0;
    const int title = horizontalHeader()->fontMetrics().horizontalAdvance(name) + arrow + 2 * CellDelegate::padding;
    return std::max(fontMetrics().horizontalAdvance(sample) + 3 * CellDelegate::padding, title);
}

bool LiveTable::hasRoomFor(const QStringList &samples) const
{
    int all = 0;
    for (int column = 0; column < samples.size(); ++column)
        all += isColumnHidden(column) ? 0 : widthOf(column, samples[column]);
    return all <= viewport()->width();
}

void LiveTable::fit(const QStringList &samples)
{
    for (int column = 0; column < samples.size(); ++column) {
        horizontalHeader()->setSectionResizeMode(column, column == m_stretched ? QHeaderView::Stretch : QHeaderView::Interactive);
        horizontalHeader()->resizeSection(column, widthOf(column, samples[column]));
    }
}

void LiveTable::resizeEvent(QResizeEvent *event)
{
    QTableView::resizeEvent(event);
    if (!m_wide.isEmpty() && hasRoomFor(m_wide) != m_isWide) {
        m_isWide = !m_isWide;
        fit(m_isWide ? m_wide : m_samples);
    }
}

// Qt makes the first row the current one, which some tables take for a choice.
void LiveTable::focusInEvent(QFocusEvent *event)
{
    if (event->reason() == Qt::OtherFocusReason && !currentIndex().isValid()) {
        QAbstractScrollArea::focusInEvent(event);
        viewport()->update();
    } else {
        QTableView::focusInEvent(event);
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
