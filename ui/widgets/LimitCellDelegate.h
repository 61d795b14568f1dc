// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The RateGuard authors
#pragma once

#include "widgets/CellDelegate.h"

namespace rateguard {

// A cell that a limit can be typed into: "10/s, 1000/h". What is no limit stays open, with the reason next to it.
class LimitCellDelegate : public CellDelegate
{
    Q_OBJECT

public:
    explicit LimitCellDelegate(QObject *parent) : CellDelegate(parent, Qt::ElideRight) { }

    QWidget *createEditor(QWidget *parent, const QStyleOptionViewItem &option, const QModelIndex &index) const override;
    void setEditorData(QWidget *editor, const QModelIndex &index) const override;

protected:
    bool eventFilter(QObject *watched, QEvent *event) override;
};

} // namespace rateguard
