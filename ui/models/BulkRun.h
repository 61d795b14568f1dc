// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The RateGuard authors
#pragma once

#include "models/StepSize.h"

#include <QString>

#include <variant>

namespace rateguard {

// One edit out of many that are made together.
struct BulkStep
{
    enum class State { Waiting, UnderWay, Applied, Conflict, Refused, Unknown, Stopped };

    QString name; // of the policy or key, for eyes
    QString before; // what holds
    QString after; // what is wished for
    std::variant<LimitEdit, OverrideEdit> edit;
    StepSize size = StepSize::Small;
    State state = State::Waiting;
    QString result {}; // what became of it
};

// Makes many edits, in their order, at most `most` under way at once. Each goes against the version that was shown, so that none
// overwrites what nobody saw. Sends nothing itself: whoever owns it sends what is due. Costs O(outcomes) for each snapshot.
class BulkRun
{
public:
    static constexpr std::size_t most = 8;

    BulkRun() = default;
    BulkRun(std::vector<BulkStep> steps, std::uint64_t firstId, const std::string &author);

    // What is to be sent now; it is under way from then on. Nothing while the connection is away.
    std::vector<BulkStep> due(const LinkStatus &link);
    bool settle(const Snapshot &snapshot); // true: something became of an edit of ours; one may settle twice
    void stop(); // what was not sent never will be

    const std::vector<BulkStep> &steps() const { return m_steps; }
    std::size_t count(BulkStep::State state) const;
    std::size_t done() const; // nothing will be waited for
    bool isOver() const { return done() == m_steps.size(); }
    QString report() const; // "5 of 7 applied, 1 conflict, 1 refused"

private:
    BulkStep *find(std::uint64_t id);

    std::vector<BulkStep> m_steps;
    std::uint64_t m_firstId = 0;
    std::size_t m_next = 0; // the first that was not sent
};

} // namespace rateguard
