// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The RateGuard authors
#include "widgets/EnvironmentBadge.h"

#include "widgets/TextLabel.h"
#include "widgets/Theme.h"

#include <QEvent>
#include <QHBoxLayout>

namespace rateguard {

QColor environmentColour(Environment environment, const QPalette &palette)
{
    const ThemeColours colours = ThemeColours::of(palette);
    switch (environment) {
    case Environment::Unmarked: return {};
    case Environment::Development: return colours.ok;
    case Environment::Test: return colours.warning;
    case Environment::Production: return colours.danger;
    }
    return {};
}

EnvironmentBadge::EnvironmentBadge(QWidget *parent) : Card(parent), m_text(new TextLabel({}, Ink::Normal, this))
{
    m_text->setObjectName(QStringLiteral("environmentLabel"));
    m_text->setAccessibleDescription(tr("Environment"));
    m_text->setScale(0.9, true);
    auto *row = new QHBoxLayout(this);
    row->setContentsMargins(12, 3, 10, 3);
    row->addWidget(m_text);
    hide();
}

void EnvironmentBadge::setEnvironment(Environment environment)
{
    m_environment = environment;
    m_text->setText(environmentName(environment).toUpper());
    setVisible(environment != Environment::Unmarked);
    colour();
}

void EnvironmentBadge::changeEvent(QEvent *event)
{
    if (event->type() == QEvent::PaletteChange)
        colour();
    Card::changeEvent(event);
}

void EnvironmentBadge::colour()
{
    setTint(environmentColour(m_environment, palette()));
    setAccent(environmentColour(m_environment, palette()));
}

} // namespace rateguard
