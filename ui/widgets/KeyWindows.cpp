// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The RateGuard authors
#include "widgets/KeyWindows.h"

#include "format/Text.h"
#include "models/TimeWords.h"
#include "widgets/TextLabel.h"
#include "widgets/WindowStrip.h"

#include <QVBoxLayout>

namespace rateguard {
namespace {

// What the strips do not say by themselves.
QString noteOf(const KeyDetail &detail, const PolicyRow *policy, Instant now)
{
    if (detail.override && !detail.override->isOver(now) && detail.override->kind == Override::Kind::Ban)
        return KeyWindows::tr("The key is banned: it is rejected however empty its windows are.");
    if (detail.override && !detail.override->isOver(now) && detail.override->kind == Override::Kind::Exempt)
        return KeyWindows::tr("The key is exempt: its requests are not counted.");
    if (!policy || !policy->valid)
        return KeyWindows::tr("The policy has no limit, so there is no window to show.");
    if (policy->rule.modeAt(now) == Mode::Off)
        return KeyWindows::tr("The policy is off: nothing is counted.");
    return detail.next ? displayText(detail.error, 300) : QString(); // else it stands below
}

} // namespace

KeyWindows::KeyWindows(QWidget *parent)
    : Card(parent), m_note(new TextLabel({}, Ink::Warning, this)), m_next(new TextLabel({}, Ink::Normal, this)), m_column(new QVBoxLayout)
{
    auto *title = new TextLabel(tr("What it has used"), Ink::Normal, this);
    title->setScale(1.0, true);
    m_note->setObjectName(QStringLiteral("windowNote"));
    m_note->setWordWrap(true);
    m_next->setObjectName(QStringLiteral("nextDecisionLabel"));
    m_next->setAccessibleDescription(tr("What a request would be told now"));
    m_next->setWordWrap(true);
    m_column->setSpacing(6);
    auto *frame = new QVBoxLayout(this);
    frame->setContentsMargins(12, 8, 12, 9);
    frame->setSpacing(5);
    frame->addWidget(title);
    frame->addWidget(m_note);
    frame->addLayout(m_column);
    frame->addWidget(m_next);
    clear();
}

void KeyWindows::clear()
{
    m_note->hide();
    m_next->setText(tr("Asking Redis…"));
    showStrips(0);
}

void KeyWindows::display(const KeyDetail &detail, const PolicyRow *policy, const KeyNow &now, Instant seen)
{
    QStringList notes {noteOf(detail, policy, now.at)};
    if (now.isOld)
        notes << tr("As of %1: Redis has not answered since.").arg(shortTimeText(detail.at, now.at));
    notes.removeAll(QString());
    m_note->setText(notes.join(QLatin1Char('\n')));
    m_note->setVisible(!notes.isEmpty());
    m_next->setText((now.stands ? tr("A request at that moment: %1") : tr("A request now: %1")).arg(nextDecisionText(detail, now)));
    showStrips(now.fills.size());
    for (std::size_t i = 0; i < now.fills.size(); ++i)
        m_strips[i]->display(now.fills[i], now.filledAt, now.stands ? std::optional(seen - detail.at) : std::nullopt);
}

void KeyWindows::showStrips(std::size_t count)
{
    while (m_strips.size() < count) {
        m_strips.push_back(new WindowStrip(this));
        m_column->addWidget(m_strips.back());
    }
    for (std::size_t i = 0; i < m_strips.size(); ++i)
        m_strips[i]->setVisible(i < count);
}

} // namespace rateguard
