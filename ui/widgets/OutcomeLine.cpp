// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The RateGuard authors
#include "widgets/OutcomeLine.h"

#include "format/Numbers.h"
#include "format/Text.h"
#include "models/OverrideWords.h"
#include "models/RuleWords.h"
#include "widgets/TextLabel.h"
#include "widgets/Theme.h"

#include <QCoreApplication>
#include <QEvent>
#include <QVBoxLayout>

namespace rateguard {
namespace {

using Status = EditOutcome::Status;

struct Words
{
    Q_DECLARE_TR_FUNCTIONS(rateguard::OutcomeLine)
};

// An edit goes to the first partition and from there to all others; one that does not answer gets it later.
QString partitionsText(const EditOutcome &outcome)
{
    if (outcome.copies >= outcome.partitions)
        return {};
    return QLatin1Char(' ') + Words::tr("%1 of %2 partitions have it; the others get it as soon as they answer.").arg(outcome.copies).arg(outcome.partitions);
}

QString takenAwayText(const EditOutcome &outcome)
{
    const QString text = outcome.after.version == 0 ? Words::tr("✓ The limit was taken away.")
                                                    : Words::tr("✓ The limit was taken away, as v%1.").arg(outcome.after.version);
    return text + partitionsText(outcome);
}

QString appliedText(const EditOutcome &outcome)
{
    if (outcome.after.limit.empty())
        return takenAwayText(outcome);
    const QString version = Words::tr("v%1").arg(outcome.after.version);
    QString text = outcome.roundTrip.count() > 0 // else it was looked up
        ? Words::tr("✓ Applied as %1 in %2.").arg(version, formatDuration(outcome.roundTrip))
        : Words::tr("✓ Applied as %1.").arg(version);
    text += partitionsText(outcome);
    if (outcome.firstDecisionAfter)
        text += QLatin1Char(' ')
            + Words::tr("First decision under %1 came %2 later.").arg(version, formatDuration(*outcome.firstDecisionAfter));
    return text;
}

QString replacedText(const EditOutcome &outcome)
{
    if (!outcome.replacedBy)
        return {};
    const Rule &now = *outcome.replacedBy;
    const QString text = now.version == 0 ? Words::tr("Someone else has taken the limit away since.")
        : now.limit.empty()               ? Words::tr("Someone else has changed it since, to v%1.").arg(now.version)
                                          : Words::tr("Someone else has made it %1 since, v%2.").arg(ruleText(now)).arg(now.version);
    return QLatin1Char(' ') + text;
}

QString textOf(const EditOutcome &outcome)
{
    const QString message = displayText(outcome.message, 300);
    switch (outcome.status) {
    case Status::Pending: return Words::tr("… Sent. Waiting for Redis.");
    case Status::Applied: return appliedText(outcome) + replacedText(outcome);
    case Status::Conflict:
        if (outcome.after.version == 0)
            return Words::tr("≠ Not applied: someone else took the limit away. Nothing was written.");
        if (outcome.after.limit.empty())
            return Words::tr("≠ Not applied.") + QLatin1Char(' ') + message;
        return Words::tr("≠ Not applied: someone else made it %1, v%2. Nothing of yours was written.")
            .arg(ruleText(outcome.after))
            .arg(outcome.after.version);
    case Status::Refused: return Words::tr("✗ Refused.") + QLatin1Char(' ') + message;
    case Status::Unknown:
        return Words::tr("? The reply was lost: the edit may have been made or not.") + QLatin1Char(' ') + message;
    }
    return {};
}

} // namespace

OutcomeLine::OutcomeLine(const QString &objectName, const QString &description, QWidget *parent)
    : Card(parent), m_text(new TextLabel({}, Ink::Normal, this))
{
    m_text->setObjectName(objectName);
    m_text->setAccessibleDescription(description);
    m_text->setWordWrap(true);
    m_text->setTextInteractionFlags(Qt::TextSelectableByMouse);
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(10, 6, 8, 6);
    column->addWidget(m_text);
    hide();
}

void OutcomeLine::display(const EditOutcome &outcome)
{
    m_text->setToolTip({});
    display(outcome.replacedBy ? Status::Conflict : outcome.status, textOf(outcome)); // made, but not what holds
}

void OutcomeLine::display(const OverrideOutcome &outcome, const QString &text)
{
    m_text->setToolTip(outcome.version > 0 ? keyVersionMeaning(outcome.version) : QString());
    display(outcome.isReplaced ? Status::Conflict : outcome.status, text);
}

void OutcomeLine::display(Status status, const QString &text)
{
    m_status = status;
    m_text->setText(text);
    colour();
    setVisible(true);
}

void OutcomeLine::clear()
{
    m_text->clear();
    hide();
}

void OutcomeLine::changeEvent(QEvent *event)
{
    if (event->type() == QEvent::PaletteChange)
        colour();
    Card::changeEvent(event);
}

void OutcomeLine::colour()
{
    const ThemeColours colours = ThemeColours::of(palette());
    QColor colour = colours.muted;
    switch (m_status) {
    case Status::Pending: break;
    case Status::Applied: colour = colours.ok; break;
    case Status::Conflict: colour = colours.warning; break;
    case Status::Refused: colour = colours.danger; break;
    case Status::Unknown: colour = colours.shadow; break;
    }
    setTint(colour);
    setAccent(colour);
}

} // namespace rateguard
