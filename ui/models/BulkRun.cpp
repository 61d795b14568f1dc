// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The RateGuard authors
#include "models/BulkRun.h"

#include "format/Numbers.h"
#include "format/Text.h"
#include "models/OverrideWords.h"
#include "models/RuleWords.h"

#include <QCoreApplication>

#include <algorithm>

namespace rateguard {
namespace {

using State = BulkStep::State;
using Status = EditOutcome::Status;

struct Words
{
    Q_DECLARE_TR_FUNCTIONS(rateguard::BulkRun)
};

State stateOf(Status status)
{
    switch (status) {
    case Status::Pending: return State::UnderWay;
    case Status::Applied: return State::Applied;
    case Status::Conflict: return State::Conflict;
    case Status::Refused: return State::Refused;
    case Status::Unknown: return State::Unknown;
    }
    return State::Unknown;
}

QString resultText(Status status, const QString &version, const QString &theirs, const std::string &message)
{
    switch (status) {
    case Status::Pending: return Words::tr("… sent");
    case Status::Applied: return version.isEmpty() ? Words::tr("✓ applied") : Words::tr("✓ applied, %1").arg(version);
    case Status::Conflict: return theirs.isEmpty() ? Words::tr("≠ taken away meanwhile") : Words::tr("≠ changed meanwhile: %1, %2").arg(theirs, version);
    case Status::Refused: return Words::tr("✗ refused: %1").arg(displayText(message, 200));
    case Status::Unknown: return Words::tr("? reply lost, maybe made");
    }
    return {};
}

void countPart(QStringList &parts, std::size_t count, const QString &text)
{
    if (count > 0)
        parts.append(text.arg(formatCount(count)));
}

} // namespace

BulkRun::BulkRun(std::vector<BulkStep> steps, std::uint64_t firstId, const std::string &author) : m_steps(std::move(steps)), m_firstId(firstId)
{
    std::uint64_t id = firstId;
    for (BulkStep &step : m_steps) {
        std::visit([&](auto &edit) {
            edit.id = id++;
            edit.author = author;
        }, step.edit);
    }
}

std::vector<BulkStep> BulkRun::due(const LinkStatus &link)
{
    std::vector<BulkStep> due;
    if (link.state != LinkState::Live)
        return due;
    for (std::size_t underWay = count(State::UnderWay); underWay < most && m_next < m_steps.size(); ++underWay, ++m_next) {
        BulkStep &step = m_steps[m_next];
        step.state = State::UnderWay;
        step.result = resultText(Status::Pending, {}, {}, {});
        due.push_back(step);
    }
    return due;
}

BulkStep *BulkRun::find(std::uint64_t id)
{
    if (id < m_firstId || id - m_firstId >= m_steps.size())
        return nullptr;
    BulkStep &step = m_steps[id - m_firstId];
    return step.state == State::Waiting || step.state == State::Stopped ? nullptr : &step; // not sent: not ours
}

bool BulkRun::settle(const Snapshot &snapshot)
{
    bool ours = false;
    const auto take = [&](const auto &outcome, const QString &version, const QString &theirs, bool isReplaced) {
        if (BulkStep *step = find(outcome.id)) {
            step->state = stateOf(outcome.status);
            step->result = resultText(outcome.status, version, theirs, outcome.message) + (isReplaced ? Words::tr(", but changed by someone else since") : QString());
            ours = true;
        }
    };
    for (const EditOutcome &outcome : snapshot.edits)
        take(outcome, outcome.after.version > 0 ? Words::tr("v%1").arg(outcome.after.version) : QString(), outcome.after.limit.empty() ? QString() : ruleText(inForce(outcome.after, snapshot.now)), outcome.replacedBy.has_value());
    for (const OverrideOutcome &outcome : snapshot.keyEdits)
        take(outcome, outcome.version > 0 ? keyVersionText(outcome.version) : QString(), outcome.after ? overrideText(*outcome.after) : QString(), outcome.isReplaced);
    return ours;
}

void BulkRun::stop()
{
    for (; m_next < m_steps.size(); ++m_next) {
        m_steps[m_next].state = State::Stopped;
        m_steps[m_next].result = Words::tr("– not sent");
    }
}

std::size_t BulkRun::count(State state) const
{
    return static_cast<std::size_t>(std::count_if(m_steps.begin(), m_steps.end(), [state](const BulkStep &step) { return step.state == state; }));
}

std::size_t BulkRun::done() const
{
    return m_steps.size() - count(State::Waiting) - count(State::UnderWay);
}

QString BulkRun::report() const
{
    QStringList parts {Words::tr("%1 of %2 applied").arg(formatCount(count(State::Applied)), formatCount(m_steps.size()))};
    countPart(parts, count(State::UnderWay), Words::tr("%1 under way"));
    countPart(parts, count(State::Conflict), Words::tr("≠ %1 changed by others meanwhile"));
    countPart(parts, count(State::Refused), Words::tr("✗ %1 refused"));
    countPart(parts, count(State::Unknown), Words::tr("? %1 unknown"));
    countPart(parts, count(State::Stopped), Words::tr("– %1 not sent"));
    return parts.join(QStringLiteral(", "));
}

} // namespace rateguard
