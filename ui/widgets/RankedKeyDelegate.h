// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The RateGuard authors
#pragma once

#include "widgets/CellDelegate.h"

namespace rateguard {

// A key of a RankedKeyModel in one line: shape of its state, its name cut in the middle, a bar, a figure, and a word
// where the figure is not what the list is about.
class RankedKeyDelegate : public CellDelegate
{
    Q_OBJECT

public:
    using CellDelegate::CellDelegate;

    void setMark(double share) { m_mark = share; } // a tick on the bars of use, of the limit

    QSize sizeHint(const QStyleOptionViewItem &option, const QModelIndex &index) const override;
    void paint(QPainter *painter, const QStyleOptionViewItem &option, const QModelIndex &index) const override;

private:
    void paintName(QPainter *painter, const QRect &place, const QStyleOptionViewItem &cell, const QModelIndex &index) const;
    void paintBar(QPainter *painter, const QRect &bar, const QStyleOptionViewItem &cell, const QModelIndex &index) const;

    double m_mark = 0.8;
};

} // namespace rateguard
