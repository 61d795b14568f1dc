// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The RateGuard authors
#include "widgets/Banner.h"

#include "format/LinkText.h"
#include "format/Text.h"
#include "widgets/Confirmation.h"
#include "widgets/PrimaryButton.h"
#include "widgets/TextLabel.h"
#include "widgets/Theme.h"

#include <QEvent>
#include <QHBoxLayout>
#include <QPushButton>

#include <algorithm>
#include <iterator>

namespace rateguard {

Banner::Banner(bool readOnly, QWidget *parent)
    : Card(parent),
      m_symbol(new TextLabel({}, Ink::Warning, this)),
      m_text(new TextLabel({}, Ink::Normal, this)),
      m_restore(new PrimaryButton({}, this)),
      m_dismiss(new QPushButton(tr("&Dismiss"), this)),
      m_connect(new QPushButton(tr("C&onnect…"), this)),
      m_readOnly(readOnly)
{
    m_symbol->setScale(1.3, true);
    m_text->setObjectName(QStringLiteral("bannerLabel"));
    m_text->setAccessibleDescription(tr("Trouble"));
    m_text->setWordWrap(true);
    m_restore->setObjectName(QStringLiteral("restoreButton"));
    m_dismiss->setObjectName(QStringLiteral("dismissButton"));
    m_dismiss->setToolTip(tr("Leaves Redis as it is and stops asking: the lost limits are forgotten here, too."));
    m_dismiss->setAccessibleDescription(m_dismiss->toolTip());
    m_connect->setObjectName(QStringLiteral("bannerConnectButton"));
    auto *row = new QHBoxLayout(this);
    row->setContentsMargins(12, 7, 8, 7);
    row->setSpacing(10);
    row->addWidget(m_symbol);
    row->addWidget(m_text, 1);
    row->addWidget(m_restore);
    row->addWidget(m_dismiss);
    row->addWidget(m_connect);
    connect(m_restore, &QPushButton::clicked, this, &Banner::restore);
    connect(m_dismiss, &QPushButton::clicked, this, [this] {
        m_failures.clear();
        emit restoreRequested({});
    });
    connect(m_connect, &QPushButton::clicked, this, &Banner::connectPageRequested);
    hide();
}

void Banner::setEnvironment(Environment environment)
{
    m_environment = environment;
    label();
}

void Banner::label()
{
    const QString verb = m_lost.size() == 1 ? tr("&Restore 1 limit") : tr("&Restore %1 limits").arg(m_lost.size());
    m_restore->setText(askingLabel(verb, m_environment, size()));
}

// Each sets a limit where there is none.
StepSize Banner::size() const
{
    return sizeOfMany(m_lost.size(), StepSize::Small);
}

void Banner::restore()
{
    const Step step {m_lost.size() == 1 ? tr("Restore 1 limit?") : tr("Restore %1 limits?").arg(m_lost.size()),
                     tr("%1. All services follow at once. One that somebody has set since stays as it is.").arg(namesText()), QString::number(m_lost.size()), size()};
    confirm(this, m_environment, step, [this, asked = m_lost] {
        std::vector<std::string> lost; // still
        std::copy_if(asked.begin(), asked.end(), std::back_inserter(lost),
                     [this](const std::string &name) { return std::find(m_lost.begin(), m_lost.end(), name) != m_lost.end(); });
        if (lost.empty())
            return;
        m_failures.clear(); // of the attempt before
        emit restoreRequested(lost);
    });
}

void Banner::apply(const Snapshot &snapshot)
{
    m_lost = snapshot.lostLimits;
    m_failures.apply(snapshot);
    const LinkStatus &link = snapshot.link;
    offer(link);
    QStringList said {linkTrouble(link)};
    const bool away = link.state != LinkState::Live && !said.front().isEmpty();
    if (!away)
        said << m_failures.text() << lostText();
    said.removeAll({});
    const bool danger = away ? link.state == LinkState::Refused : !m_lost.empty();
    say(said.isEmpty() ? Kind::None : danger ? Kind::Danger : Kind::Warning, said.join(QLatin1Char(' ')));
}

void Banner::offer(const LinkStatus &link)
{
    const bool live = link.state == LinkState::Live;
    m_connect->setVisible(link.state == LinkState::Refused || (link.state == LinkState::Lost && link.neverReached));
    m_restore->setVisible(live && !m_lost.empty());
    label();
    m_restore->setEnabled(!m_readOnly && link.mayEdit);
    m_restore->setToolTip(m_restore->isEnabled() ? QString() : tr("This session may only watch."));
    m_dismiss->setVisible(live && (!m_lost.empty() || !m_failures.isEmpty()));
}

QString Banner::namesText() const
{
    QStringList names;
    for (const std::string &policy : m_lost) {
        if (names.size() == 5) {
            names << QStringLiteral("…");
            break;
        }
        names << displayText(policy, 40);
    }
    return names.join(QStringLiteral(", "));
}

QString Banner::lostText() const
{
    if (m_lost.empty())
        return {};
    const QString what = m_lost.size() == 1 ? tr("Redis forgot 1 limit") : tr("Redis forgot %1 limits").arg(m_lost.size());
    return tr("%1: %2. It probably restarted without saving. Until they are back, services use their own defaults or "
              "get an error.")
        .arg(what, namesText());
}

void Banner::say(Kind kind, const QString &text)
{
    m_text->setText(text);
    setVisible(kind != Kind::None);
    if (m_kind == kind)
        return;
    m_kind = kind;
    colour();
}

void Banner::changeEvent(QEvent *event)
{
    if (event->type() == QEvent::PaletteChange)
        colour();
    Card::changeEvent(event);
}

void Banner::colour()
{
    const ThemeColours colours = ThemeColours::of(palette());
    const bool danger = m_kind == Kind::Danger;
    m_symbol->setText(danger ? QStringLiteral("■") : QStringLiteral("▲"));
    m_symbol->setInk(danger ? Ink::Danger : Ink::Warning);
    setTint(danger ? colours.danger : colours.warning);
    setAccent(danger ? colours.danger : colours.warning);
}

} // namespace rateguard
