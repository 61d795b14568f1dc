// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The RateGuard authors
#pragma once

#include <QListView>

namespace rateguard {

// A list of a few rows that lead somewhere: a click or Enter on one chooses it. Space is left to the window.
class ShortList : public QListView
{
    Q_OBJECT

public:
    explicit ShortList(QWidget *parent);

signals:
    void chosen(int row);

protected:
    void keyPressEvent(QKeyEvent *event) override;
    void focusInEvent(QFocusEvent *event) override;
};

} // namespace rateguard
