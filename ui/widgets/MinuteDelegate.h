// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The RateGuard authors
#pragma once

#include "widgets/CellDelegate.h"

namespace rateguard {

// The last minute of a key as bars of two seconds: what was allowed stands on a line, what was rejected hangs below it, what only would have been
// hangs there in the colour of shadow and striped, what is not known is hatched as in the large charts. Each row has a scale of its own, because it tells when, not how much.
class MinuteDelegate : public CellDelegate
{
    Q_OBJECT

public:
    using CellDelegate::CellDelegate;

    void paint(QPainter *painter, const QStyleOptionViewItem &option, const QModelIndex &index) const override;
};

} // namespace rateguard
