// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The RateGuard authors
#pragma once

#include <QStyledItemDelegate>

namespace rateguard {

// Draws a saved connection: its name over its address, and what it is marked as. Holds a Place in PlaceRole.
class PlaceDelegate : public QStyledItemDelegate
{
    Q_OBJECT

public:
    static constexpr int PlaceRole = Qt::UserRole;

    using QStyledItemDelegate::QStyledItemDelegate;

    void paint(QPainter *painter, const QStyleOptionViewItem &option, const QModelIndex &index) const override;
    QSize sizeHint(const QStyleOptionViewItem &option, const QModelIndex &index) const override;
};

} // namespace rateguard
