// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The RateGuard authors
#include "widgets/CellDelegate.h"

#include "widgets/Theme.h"

#include <QApplication>
#include <QPainter>

namespace rateguard {

void CellDelegate::initStyleOption(QStyleOptionViewItem *option, const QModelIndex &index) const
{
    QStyledItemDelegate::initStyleOption(option, index);
    option->palette.setColor(QPalette::Highlight, ThemeColours::of(option->palette).selection);
    option->palette.setColor(QPalette::HighlightedText, option->palette.color(QPalette::Text));
    option->textElideMode = m_elide;
    option->state &= ~QStyle::State_HasFocus; // rows are selected, not cells
}

void CellDelegate::drawGround(QPainter *painter, const QStyleOptionViewItem &option)
{
    QStyleOptionViewItem ground(option);
    ground.text.clear();
    const QStyle *style = option.widget ? option.widget->style() : QApplication::style();
    style->drawControl(QStyle::CE_ItemViewItem, &ground, painter, option.widget);
}

} // namespace rateguard
