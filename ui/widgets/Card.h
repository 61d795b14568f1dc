// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The RateGuard authors
#pragma once

#include <QFrame>

namespace rateguard {

// A surface with a thin outline and round corners; what the window is made of.
class Card : public QFrame
{
    Q_OBJECT

public:
    explicit Card(QWidget *parent = nullptr);

    void setAccent(const QColor &colour); // a stripe on the left; an invalid colour: none
    void setTint(const QColor &colour); // the surface leans towards it

protected:
    void paintEvent(QPaintEvent *event) override;

private:
    QColor m_accent;
    QColor m_tint;
};

} // namespace rateguard
