// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The RateGuard authors
#pragma once

#include "widgets/CellDelegate.h"

namespace rateguard {

// How much of its limit a key has used: a bar with ticks where it is near its limit and at 100 %, and "57 / 60" beside it.
class UsageBarDelegate : public CellDelegate
{
    Q_OBJECT

public:
    using CellDelegate::CellDelegate;

    void setNear(double share) { m_near = share; } // of the limit

    void paint(QPainter *painter, const QStyleOptionViewItem &option, const QModelIndex &index) const override;

private:
    double m_near = 0.8;
};

} // namespace rateguard
