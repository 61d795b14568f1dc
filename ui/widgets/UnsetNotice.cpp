// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The RateGuard authors
#include "widgets/UnsetNotice.h"

#include "widgets/TextLabel.h"
#include "widgets/Theme.h"

#include <QEvent>
#include <QHBoxLayout>
#include <QKeyEvent>
#include <QPushButton>

namespace rateguard {

UnsetNotice::UnsetNotice(QWidget *parent)
    : Card(parent),
      m_text(new TextLabel({}, Ink::Normal, this)),
      m_keep(new QPushButton(tr("&Keep it"), this)),
      m_take(new QPushButton(tr("Ye&s, take it away"), this))
{
    m_text->setObjectName(QStringLiteral("unsetLabel"));
    m_text->setWordWrap(true);
    m_keep->setObjectName(QStringLiteral("keepLimitButton"));
    m_take->setObjectName(QStringLiteral("confirmUnsetButton"));
    auto *buttons = new QHBoxLayout;
    buttons->addStretch(1);
    buttons->addWidget(m_keep);
    buttons->addWidget(m_take);
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(10, 6, 8, 7);
    column->addWidget(m_text);
    column->addLayout(buttons);
    connect(m_keep, &QPushButton::clicked, this, &QWidget::hide);
    connect(m_take, &QPushButton::clicked, this, &UnsetNotice::confirmed);
    colour();
    hide();
}

void UnsetNotice::ask(const QString &policy)
{
    m_text->setText(tr("Take the limit of %1 away, for all services at once? Those with a default register theirs again with the next "
                       "request; the others get an error for each.").arg(policy));
    show();
    m_keep->setFocus(Qt::TabFocusReason);
}

void UnsetNotice::allow(bool possible)
{
    m_take->setEnabled(possible);
}

void UnsetNotice::changeEvent(QEvent *event)
{
    if (event->type() == QEvent::PaletteChange)
        colour();
    Card::changeEvent(event);
}

void UnsetNotice::keyPressEvent(QKeyEvent *event)
{
    if (event->key() == Qt::Key_Escape)
        hide();
    else
        Card::keyPressEvent(event);
}

void UnsetNotice::colour()
{
    const ThemeColours colours = ThemeColours::of(palette());
    setTint(colours.danger);
    setAccent(colours.danger);
}

} // namespace rateguard
