// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The RateGuard authors
#include "widgets/LetThroughStrip.h"

#include "format/Text.h"
#include "models/BulkPlan.h"
#include "models/EditObstacle.h"
#include "models/RuleWords.h"
#include "widgets/TextLabel.h"
#include "widgets/Theme.h"

#include <QEvent>
#include <QHBoxLayout>
#include <QPushButton>

namespace rateguard {
namespace {

constexpr std::size_t named = 3;

} // namespace

LetThroughStrip::LetThroughStrip(bool readOnly, QWidget *parent)
    : Card(parent), m_readOnly(readOnly), m_text(new TextLabel({}, Ink::Normal, this)), m_end(new QPushButton(tr("End now…"), this))
{
    m_text->setObjectName(QStringLiteral("letThroughLabel"));
    m_text->setAccessibleDescription(tr("Let through"));
    m_text->setWordWrap(true);
    m_end->setObjectName(QStringLiteral("endNowButton"));
    auto *row = new QHBoxLayout(this);
    row->setContentsMargins(12, 5, 8, 5);
    row->addWidget(m_text, 1);
    row->addWidget(m_end);
    connect(m_end, &QPushButton::clicked, this, &LetThroughStrip::endRequested);
    colour();
    hide();
}

void LetThroughStrip::apply(const Snapshot &snapshot)
{
    const std::vector<PolicyRow> open = letThrough(snapshot.policies, snapshot.now);
    setVisible(!open.empty());
    if (open.empty())
        return;
    QStringList names;
    for (std::size_t i = 0; i < std::min(named, open.size()); ++i)
        names.append(tr("%1 (%2)").arg(displayText(open[i].name, 32), modeWithEnd(open[i].rule, snapshot.now)));
    QString text = names.join(QStringLiteral("; "));
    if (open.size() > named)
        text = tr("%1; and %2 more").arg(text).arg(open.size() - named);
    m_text->setText(open.size() == 1 ? tr("⚠ 1 policy lets everything through: %1.").arg(text)
                                     : tr("⚠ %1 policies let everything through: %2.").arg(open.size()).arg(text));
    const QString barrier = barrierText(snapshot.link, m_readOnly);
    m_end->setEnabled(barrier.isEmpty());
    m_end->setToolTip(barrier.isEmpty() ? tr("Back to the modes from before, now") : barrier);
}

void LetThroughStrip::changeEvent(QEvent *event)
{
    if (event->type() == QEvent::PaletteChange)
        colour();
    Card::changeEvent(event);
}

void LetThroughStrip::colour()
{
    const ThemeColours colours = ThemeColours::of(palette());
    setTint(colours.warning);
    setAccent(colours.warning);
}

} // namespace rateguard
