// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The RateGuard authors
#include "redis/OverrideLookup.h"

#include "redis/LimitStore.h"
#include "redis/LostEdit.h"

#include <QCoreApplication>

#include <algorithm>

namespace rateguard {

namespace {

struct Words
{
    Q_DECLARE_TR_FUNCTIONS(rateguard::OverrideLookup)
};

using Status = OverrideOutcome::Status;

constexpr std::size_t mostEdits = 1000; // of the key since the edit was sent, that are looked through

OverrideOutcome unknown(const OverrideEdit &edit)
{
    OverrideOutcome outcome;
    outcome.id = edit.id;
    outcome.policy = edit.policy;
    outcome.key = edit.key;
    outcome.status = Status::Unknown;
    return outcome;
}

bool isAsWished(const OverrideEdit &edit, const std::optional<Override> &found)
{
    if (!found || !edit.kind) {
        return found.has_value() == edit.kind.has_value();
    }
    auto limits = edit.limit;
    limits.algorithm = found->limit.algorithm; // the policy's, whatever was asked for
    return found->kind == *edit.kind && found->until.has_value() == edit.span.has_value() && (*edit.kind != Override::Kind::Limit || found->limit == limits);
}

AuditLog::Filter ofKey(const OverrideEdit &edit)
{
    return [policy = edit.policy, key = edit.key](const AuditEntry &entry) { return entry.key == key && entry.policy == policy; };
}

QString tooMany()
{
    return Words::tr("The edit may have been made, but many came since. Look at the history before you apply again.");
}

bool isOurs(const OverrideEdit &edit, Instant sent, const AuditEntry &entry)
{
    return entry.author == edit.author && entry.reason == edit.reason && entry.at >= sent - LostEdit::slack;
}

} // namespace

OverrideLookup::OverrideLookup(Connection &connection, OverrideStore &store, Partitions partitions)
    : m_store(store)
    , m_audit(connection, std::move(partitions))
{
}

void OverrideLookup::find(const OverrideEdit &edit, Instant sent, Done done)
{
    if (edit.reset) {
        findReset(edit, sent, std::move(done));
        return;
    }
    m_store.find(edit.policy, edit.key, [this, edit, sent, done = std::move(done)](const std::optional<Override> &held, const Reply &reply) {
        auto outcome = unknown(edit);
        if (reply.isError()) {
            outcome.message = LostEdit::couldNotAsk(explainError(reply)).toStdString();
            done(outcome);
            return;
        }
        // Redis holds what has ended until it is swept.
        const auto found = held && held->isOver(sent) ? std::nullopt : held;
        outcome.after = found;
        outcome.version = found ? found->version : 0;
        const bool isUntouched = edit.expectedVersion && *edit.expectedVersion == outcome.version;
        if (isAsWished(edit, found) && !(isUntouched && edit.kind)) {
            outcome.status = Status::Applied;
        } else if (isUntouched && found) {
            outcome.status = Status::Refused;
            outcome.message = LostEdit::notMade().toStdString();
        } else { // also when nothing was there and nothing is: it may have been made and lifted
            findReplaced(edit, sent, outcome, done);
            return;
        }
        done(outcome);
    });
}

// Something else holds: instead of the edit, or after it.
void OverrideLookup::findReplaced(const OverrideEdit &edit, Instant sent, OverrideOutcome outcome, Done done)
{
    m_audit.find(ofKey(edit), mostEdits, [edit, sent, outcome = std::move(outcome), done = std::move(done)](const AuditLog::Page &page) mutable {
        const auto made = std::find_if(page.entries.begin(), page.entries.end(), [&](const AuditEntry &entry) {
            return isOurs(edit, sent, entry) && !entry.isReset() && isAsWished(edit, parseOverride(entry.after))
                && (!edit.expectedVersion || versionOf(entry.before) == *edit.expectedVersion);
        });
        if (!page.error.isEmpty()) {
            outcome.message = LostEdit::couldNotAsk(page.error).toStdString();
        } else if (made != page.entries.end()) {
            outcome.status = Status::Applied;
            outcome.version = made->version;
            outcome.isReplaced = true;
        } else if (page.isComplete && edit.expectedVersion && *edit.expectedVersion == outcome.version) {
            outcome.status = Status::Refused;
            outcome.message = LostEdit::notMade().toStdString();
        } else if (page.isComplete) {
            outcome.status = Status::Conflict;
            outcome.message = (outcome.after ? Words::tr("The answer was lost, and this key has another override now, version %1. Look at it before you apply again.").arg(outcome.version)
                                             : Words::tr("The answer was lost, and this key has no override now. Look at it before you apply again."))
                                  .toStdString();
        } else {
            outcome.message = tooMany().toStdString();
        }
        done(outcome);
    }, sent - LostEdit::slack);
}

// What a key has used tells nothing of a reset, since requests go on. The audit does.
void OverrideLookup::findReset(const OverrideEdit &edit, Instant sent, Done done)
{
    m_audit.find(ofKey(edit), mostEdits, [edit, sent, done = std::move(done)](const AuditLog::Page &page) {
        auto outcome = unknown(edit);
        if (!page.error.isEmpty()) {
            outcome.message = LostEdit::couldNotAsk(page.error).toStdString();
            done(outcome);
            return;
        }
        const auto made = std::find_if(page.entries.begin(), page.entries.end(), [&](const AuditEntry &entry) { return isOurs(edit, sent, entry) && entry.isReset(); });
        if (made != page.entries.end()) {
            outcome.status = Status::Applied;
            outcome.appliedAt = made->at;
        } else if (!page.isComplete) {
            outcome.message = tooMany().toStdString();
        } else {
            outcome.status = Status::Refused;
            outcome.message = LostEdit::notMade().toStdString();
        }
        done(outcome);
    }, sent - LostEdit::slack);
}

} // namespace rateguard
