// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The RateGuard authors
#include "widgets/PrimaryButton.h"

#include <QApplication>
#include <QEvent>

namespace rateguard {

PrimaryButton::PrimaryButton(const QString &text, QWidget *parent) : QPushButton(text, parent)
{
    colour();
}

void PrimaryButton::changeEvent(QEvent *event)
{
    if (event->type() == QEvent::PaletteChange && !m_colouring)
        colour();
    QPushButton::changeEvent(event);
}

void PrimaryButton::colour()
{
    m_colouring = true;
    const QPalette general = QApplication::palette();
    QPalette own;
    for (const auto group : {QPalette::Active, QPalette::Inactive}) {
        own.setColor(group, QPalette::Button, general.color(group, QPalette::Highlight).darker(140));
        own.setColor(group, QPalette::ButtonText, general.color(group, QPalette::HighlightedText));
    }
    setPalette(own);
    m_colouring = false;
}

} // namespace rateguard
