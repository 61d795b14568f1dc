// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The RateGuard authors
#include "redis/LimitLookup.h"

#include "redis/LimitStore.h"
#include "redis/LostEdit.h"

#include <QCoreApplication>

#include <algorithm>

namespace rateguard {

namespace {

struct Words
{
    Q_DECLARE_TR_FUNCTIONS(rateguard::LimitLookup)
};

using Status = EditOutcome::Status;

constexpr std::uint64_t mostEdits = 200; // that are looked through

// The version that the edit's own was to be above.
std::uint64_t versionBefore(const LimitEdit &edit)
{
    return std::max(edit.expectedVersion.value_or(0), edit.floorVersion);
}

// How many of the limit's newest edits may have come since, each with a version of its own.
std::size_t editsSince(const LimitEdit &edit, const Rule &now)
{
    const auto least = versionBefore(edit);
    return least > 0 && now.version > least ? std::min(now.version - least, mostEdits) : mostEdits;
}

bool isAsWished(const LimitEdit &edit, const std::string &text)
{
    const auto rule = parseRule(text);
    return edit.unset ? text.empty() : rule && (edit.limit.empty() || rule->limit == edit.limit) && (edit.keepMode || rule->mode == edit.mode);
}

// A version is followed by one edit only; what was there without one, or whatever it was, by many.
bool isFollowing(const LimitEdit &edit)
{
    return edit.expectedVersion.value_or(0) > 0;
}

bool isOurs(const LimitEdit &edit, Instant since, const AuditEntry &entry)
{
    return entry.author == edit.author && entry.reason == edit.reason && isAsWished(edit, entry.after) && entry.at >= since
        && (!edit.expectedVersion || versionOf(entry.before) == *edit.expectedVersion);
}

EditOutcome outcomeFor(const LimitEdit &edit, Status status, const Rule &after, const QString &message = {})
{
    EditOutcome outcome;
    outcome.id = edit.id;
    outcome.policy = edit.policy;
    outcome.status = status;
    outcome.after = after;
    outcome.message = message.toStdString();
    return outcome;
}

EditOutcome notMade(const LimitEdit &edit, const Rule &now)
{
    const auto text = now.version > 0
        ? Words::tr("The connection broke before the edit was made: Redis still holds version %1. Apply it again.").arg(now.version)
        : LostEdit::notMade();
    return outcomeFor(edit, Status::Refused, now, text);
}

EditOutcome made(const LimitEdit &edit, const AuditEntry &entry, const Rule &now)
{
    auto rule = parseRule(entry.after).value_or(Rule {});
    rule.version = entry.version;
    auto outcome = outcomeFor(edit, Status::Applied, rule);
    if (edit.unset ? now.version > entry.version : now.version != entry.version) {
        outcome.replacedBy = now;
    }
    return outcome;
}

// Whether the audit knows all that came after what the edit was to follow, or since it was sent: it forgets the oldest first.
bool reachesBack(const LimitEdit &edit, Instant since, const std::vector<AuditEntry> &edits)
{
    if (!isFollowing(edit)) {
        return !edits.empty() && (edits.back().at < since || edits.back().before.empty());
    }
    return std::any_of(edits.begin(), edits.end(), [expected = *edit.expectedVersion](const AuditEntry &entry) {
        return entry.version <= expected || versionOf(entry.before) == expected;
    });
}

// None of `edits`, the newest of this limit, is this one.
EditOutcome notOurs(const LimitEdit &edit, Instant since, const Rule &now, const std::vector<AuditEntry> &edits)
{
    const auto least = versionBefore(edit);
    const bool isQuiet = edits.empty() || (least == 0 && edits.front().at < since);
    if (now.version == 0 && isQuiet && !edit.unset) {
        return least == 0 ? notMade(edit, now)
                          : outcomeFor(edit, Status::Refused, now, Words::tr("Redis has lost this limit, and whatever was edited."));
    }
    if (!reachesBack(edit, since, edits)) {
        return outcomeFor(edit, Status::Unknown, now,
            Words::tr("The edit may have been made: the history does not reach back that far. Look at the limit before you apply again."));
    }
    const auto text = now.version == 0 ? Words::tr("This policy has no limit now: somebody else took it away.")
        : now.limit.empty()            ? Words::tr("Redis now holds version %1, from somebody else.").arg(now.version)
                                       : Words::tr("Redis now holds %1, version %2, from somebody else.").arg(QString::fromStdString(formatLimit(now.limit))).arg(now.version);
    return outcomeFor(edit, Status::Conflict, now, text);
}

} // namespace

LimitLookup::LimitLookup(Connection &connection, Partitions partitions)
    : m_connection(connection)
    , m_partitions(partitions)
    , m_audit(connection, Partitions(partitions.prefix()))
{
}

void LimitLookup::setPartitions(const Partitions &partitions)
{
    m_partitions = partitions;
    m_audit.setPartitions(Partitions(partitions.prefix())); // the first of them knows all edits of limits
}

void LimitLookup::find(const LimitEdit &edit, Instant sent, Done done)
{
    m_connection.call({"HGET", m_partitions.first().limits, edit.policy}, [this, edit, sent, done = std::move(done)](const Reply &reply) {
        if (reply.isError()) {
            done(outcomeFor(edit, Status::Unknown, {}, LostEdit::couldNotAsk(explainError(reply))));
            return;
        }
        auto now = parseRule(reply.text).value_or(Rule {});
        now.version = versionOf(reply.text); // also of what cannot be read
        if (now.version > 0 && now.version <= versionBefore(edit)) {
            done(notMade(edit, now));
        } else {
            findInAudit(edit, sent, now, done);
        }
    });
}

void LimitLookup::findInAudit(const LimitEdit &edit, Instant sent, const Rule &now, Done done)
{
    const auto since = isFollowing(edit) ? Instant() : sent - LostEdit::slack;
    const auto isOfLimit = [policy = edit.policy](const AuditEntry &entry) { return entry.policy == policy && !entry.key; };
    m_audit.find(isOfLimit, editsSince(edit, now), [edit, since, now, done = std::move(done)](const AuditLog::Page &page) {
        if (!page.error.isEmpty()) {
            done(outcomeFor(edit, Status::Unknown, now,
                Words::tr("The edit may have been made; the history of edits could not be read: %1").arg(page.error)));
            return;
        }
        const auto ours = std::find_if(page.entries.begin(), page.entries.end(), [&](const AuditEntry &entry) { return isOurs(edit, since, entry); });
        done(ours != page.entries.end() ? made(edit, *ours, now) : notOurs(edit, since, now, page.entries));
    });
}

} // namespace rateguard
