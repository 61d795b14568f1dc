// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The RateGuard authors
#include "feed/EditTracker.h"

#include <QCoreApplication>

#include <algorithm>
#include <utility>

namespace rateguard {

namespace {

struct Words
{
    Q_DECLARE_TR_FUNCTIONS(rateguard::EditTracker)
};

} // namespace

void EditTracker::sent(const LimitEdit &edit, std::uint64_t knownVersion, Instant now)
{
    if (m_open.size() == maxOpen) {
        m_open.pop_front();
    }
    auto &open = m_open.emplace_back();
    open.edit = edit;
    open.sent = now;
    open.knownVersion = std::max(knownVersion, edit.expectedVersion.value_or(0));
    open.last.id = edit.id;
}

void EditTracker::outcome(EditOutcome outcome)
{
    const auto open = std::find_if(m_open.begin(), m_open.end(), [&](const Open &o) { return o.edit.id == outcome.id; });
    m_news.push_back(outcome);
    if (open == m_open.end()) {
        return;
    }
    open->last = std::move(outcome);
    const auto status = open->last.status;
    if (status == EditOutcome::Status::Conflict || status == EditOutcome::Status::Refused) {
        m_open.erase(open);
    } else if (status == EditOutcome::Status::Applied && open->candidateVersion >= open->last.after.version) {
        finish(*open);
    }
}

void EditTracker::look(const DecisionEvent &event)
{
    for (auto &open : m_open) {
        if (event.policy != open.edit.policy || event.version <= std::max(open.knownVersion, open.candidateVersion)) {
            continue;
        }
        open.candidateVersion = event.version;
        open.candidateAt = event.at;
        if (open.last.status == EditOutcome::Status::Applied && event.version >= open.last.after.version) {
            finish(open);
            return;
        }
    }
}

// `open` is gone afterwards.
void EditTracker::finish(Open &open)
{
    auto outcome = open.last;
    // An edit that was looked up after its answer was lost has no time of its own.
    if (outcome.appliedAt.time_since_epoch().count() != 0) {
        outcome.firstDecisionAfter = std::max(open.candidateAt - outcome.appliedAt, std::chrono::microseconds(0));
        m_news.push_back(outcome);
    }
    const auto id = open.edit.id;
    std::erase_if(m_open, [id](const Open &o) { return o.edit.id == id; });
}

bool EditTracker::isPending(std::uint64_t id) const
{
    return std::any_of(m_open.begin(), m_open.end(),
        [id](const Open &o) { return o.edit.id == id && o.last.status == EditOutcome::Status::Pending; });
}

std::vector<EditTracker::Unresolved> EditTracker::unresolved() const
{
    std::vector<Unresolved> edits;
    for (const auto &open : m_open) {
        if (open.last.status == EditOutcome::Status::Unknown) {
            edits.push_back({open.edit, open.sent});
        }
    }
    return edits;
}

void EditTracker::resolved(const EditOutcome &outcome)
{
    const auto isOpen = [&](const Open &open) { return open.edit.id == outcome.id && open.last.status == EditOutcome::Status::Unknown; };
    if (std::any_of(m_open.begin(), m_open.end(), isOpen)) {
        this->outcome(outcome);
    }
}

void EditTracker::inherit(EditTracker &before, bool sameRedis)
{
    for (auto &open : before.m_open) {
        if (open.last.status == EditOutcome::Status::Pending) {
            open.last.policy = open.edit.policy;
            open.last.status = EditOutcome::Status::Unknown;
            open.last.message = Words::tr("The connection was replaced before Redis answered: the edit may have been made. Look at the limit before you apply again.").toStdString();
            before.m_news.push_back(open.last);
        }
    }
    m_news = before.takeNews();
    if (sameRedis) {
        std::erase_if(before.m_open, [](const Open &open) { return open.last.status != EditOutcome::Status::Unknown; });
        m_open = std::move(before.m_open);
    }
}

std::vector<EditOutcome> EditTracker::takeNews()
{
    return std::exchange(m_news, {});
}

} // namespace rateguard
