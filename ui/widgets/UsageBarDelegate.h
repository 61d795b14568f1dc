// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The RateGuard authors
#pragma once

#include "widgets/CellDelegate.h"

namespace rateguard {

// How much of its limit a key has used: a bar with ticks at 80 % and 100 %, and "57 / 60" beside it.
class UsageBarDelegate : public CellDelegate
{
    Q_OBJECT

public:
    using CellDelegate::CellDelegate;

    void paint(QPainter *painter, const QStyleOptionViewItem &option, const QModelIndex &index) const override;
};

} // namespace rateguard
