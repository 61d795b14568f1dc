// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The RateGuard authors
#include "widgets/KeyWhy.h"

#include "models/RejectionWords.h"
#include "widgets/TextLabel.h"
#include "widgets/Theme.h"

#include <QEvent>
#include <QVBoxLayout>

namespace rateguard {

KeyWhy::KeyWhy(QWidget *parent) : Card(parent), m_text(new TextLabel({}, Ink::Normal, this))
{
    auto *title = new TextLabel(tr("Why it was rejected last"), Ink::Normal, this);
    title->setScale(1.0, true);
    m_text->setObjectName(QStringLiteral("rejectionLabel"));
    m_text->setAccessibleDescription(title->text());
    m_text->setWordWrap(true);
    m_text->setTextInteractionFlags(Qt::TextSelectableByMouse);
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(12, 8, 12, 9);
    column->setSpacing(4);
    column->addWidget(title);
    column->addWidget(m_text);
    clear();
}

void KeyWhy::clear()
{
    m_rejected = false;
    m_text->setText(tr("Asking Redis…"));
    colour();
}

void KeyWhy::display(const KeyDetail &detail, const PolicyRow *policy, const EditHistory *history, Instant now)
{
    m_rejected = detail.lastRejection && !detail.lastRejection->shadow;
    m_text->setText(rejectionText(detail, policy, history, now));
    colour();
}

void KeyWhy::changeEvent(QEvent *event)
{
    if (event->type() == QEvent::PaletteChange)
        colour();
    Card::changeEvent(event);
}

void KeyWhy::colour()
{
    const QColor accent = m_rejected ? ThemeColours::of(palette()).danger : QColor();
    setAccent(accent);
}

} // namespace rateguard
