// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The RateGuard authors
#include "widgets/OvertakenNotice.h"

#include "widgets/TextLabel.h"
#include "widgets/Theme.h"

#include <QEvent>
#include <QHBoxLayout>
#include <QPushButton>

namespace rateguard {

OvertakenNotice::OvertakenNotice(QWidget *parent) : Card(parent), m_text(new TextLabel({}, Ink::Normal, this))
{
    m_text->setObjectName(QStringLiteral("overtakenLabel"));
    m_text->setWordWrap(true);
    auto *theirs = new QPushButton(tr("&Take theirs"), this);
    auto *mine = new QPushButton(tr("&Keep mine"), this);
    theirs->setObjectName(QStringLiteral("takeTheirsButton"));
    mine->setObjectName(QStringLiteral("keepMineButton"));
    mine->setToolTip(tr("Your values stay in the editor; applying them will replace theirs."));
    auto *buttons = new QHBoxLayout;
    buttons->addStretch(1);
    buttons->addWidget(theirs);
    buttons->addWidget(mine);
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(10, 6, 8, 7);
    column->addWidget(m_text);
    column->addLayout(buttons);
    connect(theirs, &QPushButton::clicked, this, &OvertakenNotice::takeTheirs);
    connect(mine, &QPushButton::clicked, this, &OvertakenNotice::keepMine);
    colour();
    hide();
}

void OvertakenNotice::display(const LimitDraft &draft)
{
    const Rule &theirs = draft.theirs();
    const QString rule = ruleText(theirs, draft.now());
    if (theirs.limit.empty())
        m_text->setText(tr("Someone else took the limit away while you were editing. Keeping yours makes it anew when you apply it."));
    else if (draft.isNew() || draft.isGone())
        m_text->setText(tr("Someone else made this policy: %1, v%2.").arg(rule).arg(theirs.version));
    else
        m_text->setText(tr("Changed to %1 by someone else, v%2.").arg(rule).arg(theirs.version));
    setVisible(true);
}

void OvertakenNotice::changeEvent(QEvent *event)
{
    if (event->type() == QEvent::PaletteChange)
        colour();
    Card::changeEvent(event);
}

void OvertakenNotice::colour()
{
    const ThemeColours colours = ThemeColours::of(palette());
    setTint(colours.warning);
    setAccent(colours.warning);
}

} // namespace rateguard
