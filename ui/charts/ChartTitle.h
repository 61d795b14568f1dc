// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The RateGuard authors
#pragma once

#include <QLabel>

namespace rateguard {

// The title of a chart, as plain text. Where there is no room for all of it, the middle is left out: the end of a key tells it
// from others.
class ChartTitle : public QLabel
{
    Q_OBJECT

public:
    explicit ChartTitle(QWidget *parent);

    QString shown() const; // what there is room for

protected:
    void paintEvent(QPaintEvent *event) override;
};

} // namespace rateguard
