// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The RateGuard authors
#include "widgets/PauseControl.h"

#include "widgets/Card.h"
#include "widgets/TextLabel.h"
#include "widgets/Theme.h"

#include <QEvent>
#include <QHBoxLayout>
#include <QPushButton>

namespace rateguard {

PauseControl::PauseControl(QWidget *parent)
    : QWidget(parent),
      m_pill(new Card(this)),
      m_symbol(new TextLabel(QStringLiteral("❚❚"), Ink::Warning, m_pill)),
      m_text(new TextLabel({}, Ink::Normal, m_pill)),
      m_button(new QPushButton(this))
{
    m_symbol->setScale(0.8);
    m_text->setObjectName(QStringLiteral("pauseLabel"));
    m_text->setAccessibleDescription(tr("Pause"));
    m_button->setObjectName(QStringLiteral("pauseButton"));
    m_button->setToolTip(tr("Stops and resumes drawing (Space). Reading goes on, so nothing is missed."));
    m_button->setAccessibleDescription(m_button->toolTip());
    auto *inside = new QHBoxLayout(m_pill);
    inside->setContentsMargins(10, 3, 12, 3);
    inside->setSpacing(7);
    inside->addWidget(m_symbol);
    inside->addWidget(m_text);
    auto *row = new QHBoxLayout(this);
    row->setContentsMargins(0, 0, 0, 0);
    row->setSpacing(8);
    row->addWidget(m_pill);
    row->addWidget(m_button);

    for (const bool paused : {true, false}) { // both texts have room, so that the button stays under the mouse
        setPaused(paused);
        m_button->setMinimumWidth(std::max(m_button->minimumWidth(), m_button->sizeHint().width()));
    }
    connect(m_button, &QPushButton::clicked, this, &PauseControl::toggled);
    colour();
}

void PauseControl::setPaused(bool paused)
{
    setBehind(std::chrono::milliseconds(0));
    m_pill->setVisible(paused);
    m_button->setText(paused ? tr("Resume") : tr("&Pause"));
}

void PauseControl::setBehind(std::chrono::milliseconds behind)
{
    const auto seconds = std::chrono::floor<std::chrono::seconds>(behind).count();
    const QString time = seconds < 120 ? tr("%1 s").arg(seconds)
                                       : tr("%1 min %2 s").arg(seconds / 60).arg(seconds % 60, 2, 10, QLatin1Char('0'));
    m_text->setText(tr("Paused · %1 behind · Space resumes").arg(time));
}

void PauseControl::changeEvent(QEvent *event)
{
    if (event->type() == QEvent::PaletteChange)
        colour();
    QWidget::changeEvent(event);
}

void PauseControl::colour()
{
    m_pill->setTint(ThemeColours::of(palette()).warning);
}

} // namespace rateguard
