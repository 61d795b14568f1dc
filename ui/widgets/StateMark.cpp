// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The RateGuard authors
#include "widgets/StateMark.h"

#include "widgets/StateShape.h"

#include <QPainter>

namespace rateguard {

StateMark::StateMark(QWidget *parent) : QWidget(parent)
{
    setFixedSize(14, 14);
}

void StateMark::setState(std::optional<KeyState> state)
{
    if (m_state == state)
        return;
    m_state = state;
    update();
}

void StateMark::paintEvent(QPaintEvent *)
{
    if (!m_state)
        return;
    QPainter painter(this);
    drawStateShape(&painter, *m_state, QRectF(rect()).adjusted(1, 1, -1, -1), ThemeColours::of(palette()));
}

} // namespace rateguard
