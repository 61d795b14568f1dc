// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The RateGuard authors
#pragma once

#include <QStyledItemDelegate>

namespace rateguard {

// A table cell with room to breathe and a selection tint that every colour of ours is readable on.
class CellDelegate : public QStyledItemDelegate
{
    Q_OBJECT

public:
    // What is too long is cut in the middle, because keys differ at their ends.
    explicit CellDelegate(QObject *parent, Qt::TextElideMode elide = Qt::ElideMiddle) : QStyledItemDelegate(parent), m_elide(elide) { }

    static constexpr int padding = 6;

protected:
    void initStyleOption(QStyleOptionViewItem *option, const QModelIndex &index) const override;
    static void drawGround(QPainter *painter, const QStyleOptionViewItem &option); // the cell without its text

private:
    Qt::TextElideMode m_elide;
};

} // namespace rateguard
