// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The RateGuard authors
#pragma once

#include <QWidget>

namespace rateguard {

// Dims what lies under it while the data is old. Lets every click and key through.
class AgeVeil : public QWidget
{
    Q_OBJECT

public:
    explicit AgeVeil(QWidget *over);

    void setAged(bool aged) { setVisible(aged); }

protected:
    bool eventFilter(QObject *watched, QEvent *event) override;
    void paintEvent(QPaintEvent *event) override;
};

} // namespace rateguard
