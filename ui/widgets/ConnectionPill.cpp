// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The RateGuard authors
#include "widgets/ConnectionPill.h"

#include "format/LinkText.h"
#include "format/Text.h"
#include "widgets/Theme.h"

#include <QEvent>
#include <QHBoxLayout>

namespace rateguard {
namespace {

Ink inkOf(LinkState state)
{
    switch (state) {
    case LinkState::Idle:
    case LinkState::Connecting: return Ink::Muted;
    case LinkState::Live: return Ink::Ok;
    case LinkState::Stale:
    case LinkState::Lost: return Ink::Warning;
    case LinkState::Refused: return Ink::Danger;
    }
    return Ink::Normal;
}

} // namespace

ConnectionPill::ConnectionPill(QWidget *parent)
    : Card(parent), m_symbol(new TextLabel({}, Ink::Muted, this)), m_text(new TextLabel({}, Ink::Normal, this))
{
    m_text->setObjectName(QStringLiteral("connectionLabel"));
    m_text->setAccessibleDescription(tr("Connection"));
    m_text->setTextInteractionFlags(Qt::TextSelectableByMouse);
    auto *row = new QHBoxLayout(this);
    row->setContentsMargins(10, 3, 12, 3);
    row->setSpacing(7);
    row->addWidget(m_symbol);
    row->addWidget(m_text);
    colour();
}

void ConnectionPill::apply(const LinkStatus &link)
{
    m_link = link;
    display();
}

void ConnectionPill::setStill(bool still)
{
    m_still = still;
    display();
}

void ConnectionPill::display()
{
    const bool isStill = m_still && m_link.state == LinkState::Live; // trouble is said all the same
    m_symbol->setText(linkSymbol(m_link.state));
    m_text->setText(isStill ? displayText(m_link.endpoint, 80) : linkSummary(m_link));
    m_text->setToolTip(isStill ? tr("The picture stands still; reading goes on, and alerts are told.") : QString());
    m_ink = isStill ? Ink::Muted : inkOf(m_link.state);
    colour();
}

void ConnectionPill::changeEvent(QEvent *event)
{
    if (event->type() == QEvent::PaletteChange)
        colour();
    Card::changeEvent(event);
}

void ConnectionPill::colour()
{
    const ThemeColours colours = ThemeColours::of(palette());
    m_symbol->setInk(m_ink);
    setTint(m_ink == Ink::Ok ? colours.ok : m_ink == Ink::Warning ? colours.warning
            : m_ink == Ink::Danger ? colours.danger
                                   : colours.muted);
}

} // namespace rateguard
