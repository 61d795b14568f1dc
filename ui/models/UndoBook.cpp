// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The RateGuard authors
#include "models/UndoBook.h"

#include "format/Text.h"
#include "models/Author.h"
#include "models/EditObstacle.h"
#include "models/OverrideWords.h"
#include "models/RevertPlan.h"

#include <QCoreApplication>

#include <algorithm>

namespace rateguard {
namespace {

struct Words
{
    Q_DECLARE_TR_FUNCTIONS(rateguard::UndoBook)
};

} // namespace

void UndoBook::sent(const LimitEdit &edit)
{
    remember({edit.id, edit.policy});
}

void UndoBook::sent(const OverrideEdit &edit)
{
    remember({edit.id, edit.policy, edit.key, edit.reset});
}

void UndoBook::remember(Made made)
{
    if (m_sent.size() == most)
        m_sent.pop_front();
    m_sent.push_back(std::move(made));
}

void UndoBook::clear()
{
    m_sent.clear();
    m_last.reset();
}

void UndoBook::offerOfEditor(const UndoOffer &offer)
{
    m_ofEditor = offer;
}

const UndoOffer &UndoBook::offer() const
{
    const bool sameLimit = m_last && !m_last->key && m_ofEditor.policy == m_last->policy; // the editor knows of drafts, too
    return !m_last || sameLimit ? m_ofEditor : m_ofLast;
}

void UndoBook::apply(const Snapshot &snapshot)
{
    for (const EditOutcome &outcome : snapshot.edits)
        settle(outcome, outcome.after.version);
    for (const OverrideOutcome &outcome : snapshot.keyEdits)
        settle(outcome, outcome.version);
    const auto age = snapshot.now - m_at;
    const bool isFresh = m_isFresh && !snapshot.policiesChanged && m_history == snapshot.history && m_overrides == snapshot.overrides
        && age < std::chrono::seconds(1) && age >= Duration(0);
    if (!m_last || isFresh)
        return;
    m_isFresh = true;
    m_history = snapshot.history;
    m_overrides = snapshot.overrides;
    m_at = snapshot.now;
    m_ofLast = ofLast(snapshot);
}

// A lost reply may be found to have been made later.
template <typename Outcome>
void UndoBook::settle(const Outcome &outcome, std::uint64_t version)
{
    const auto sent = std::find_if(m_sent.begin(), m_sent.end(), [&](const Made &it) { return it.id == outcome.id; });
    if (sent == m_sent.end() || outcome.status == EditOutcome::Status::Pending || outcome.status == EditOutcome::Status::Unknown)
        return;
    if (outcome.status == EditOutcome::Status::Applied) {
        m_last = *sent;
        m_last->version = version;
        m_last->at = outcome.appliedAt;
        m_isFresh = false;
    }
    m_sent.erase(sent);
}

// A reset has no version, and Redis does not say when it was made.
bool UndoBook::isLast(const AuditEntry &entry) const
{
    constexpr std::chrono::seconds doubt {2};
    return m_last->reset ? entry.isReset() && entry.author == author() && entry.at >= m_last->at - doubt
                         : entry.version == m_last->version && !entry.isReset();
}

UndoOffer UndoBook::ofLast(const Snapshot &snapshot) const
{
    UndoOffer offer;
    offer.policy = m_last->policy;
    offer.text = m_last->key ? watchOnlyText(snapshot.link, false) : barrierText(snapshot.link, false);
    if (!offer.text.isEmpty())
        return offer;
    offer.text = Words::tr("The last edit is not in the history yet.");
    const AuditEntry *newest = nullptr; // of the same limit or key
    if (snapshot.history) {
        for (const AuditEntry &entry : snapshot.history->entries) {
            if (entry.policy != m_last->policy || entry.key != m_last->key)
                continue;
            newest = newest ? newest : &entry;
            if (isLast(entry))
                return ofEntry(*newest, snapshot);
        }
    }
    return offer;
}

UndoOffer UndoBook::ofEntry(const AuditEntry &entry, const Snapshot &snapshot) const
{
    const auto row = std::find_if(snapshot.policies.begin(), snapshot.policies.end(), [&](const PolicyRow &it) { return it.name == entry.policy; });
    if (!entry.key && row != snapshot.policies.end())
        return undoOffer(entry.policy, row->valid ? row->rule : Rule(), snapshot.history.get(), snapshot.now);
    UndoOffer offer;
    offer.policy = entry.policy;
    offer.what = undoneText(entry);
    const RevertPlan plan = RevertPlan::of(entry, snapshot);
    if (plan.isPossible())
        offer.entry = entry;
    const QString subject = entry.key ? Words::tr("%1 under %2").arg(displayText(*entry.key, 60), displayText(entry.policy, 64)) : displayText(entry.policy, 64);
    offer.text = plan.isPossible() ? Words::tr("%1: %2 → %3. Leads to the edit in the history, where it is sent when you say so.").arg(subject, plan.now, plan.then)
                                   : plan.why;
    return offer;
}

} // namespace rateguard
