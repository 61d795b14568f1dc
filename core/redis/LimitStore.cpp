// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The RateGuard authors
#include "redis/LimitStore.h"

#include <QCoreApplication>
#include <QElapsedTimer>
#include <QSysInfo>

#include <pwd.h>
#include <unistd.h>

namespace rateguard {

namespace {

struct Words
{
    Q_DECLARE_TR_FUNCTIONS(rateguard::LimitStore)
};

Instant instantOf(const std::string &microseconds)
{
    return Instant(std::chrono::microseconds(std::strtoll(microseconds.c_str(), nullptr, 10)));
}

std::string versionText(const std::optional<std::uint64_t> &version)
{
    return version ? std::to_string(*version) : std::string();
}

constexpr std::size_t longestText = 200; // of a limit; longer ones are for eyes only, and cut

} // namespace

std::uint64_t versionOf(const std::string &text)
{
    return std::strtoull(text.c_str(), nullptr, 10);
}

EditOutcome outcomeOf(std::uint64_t id, const std::string &policy, const Reply &reply)
{
    using Status = EditOutcome::Status;
    EditOutcome outcome;
    outcome.id = id;
    outcome.policy = policy;
    if (reply.isLost()) {
        outcome.status = Status::Unknown;
        outcome.message = Words::tr("The answer was lost (%1): the edit may have been made. It is looked up when Redis is back.").arg(QString::fromStdString(reply.text)).toStdString();
        return outcome;
    }
    if (!reply.hasItems(5)) {
        outcome.status = Status::Refused;
        outcome.cause = isRightsError(reply) ? EditOutcome::Cause::Rights
            : reply.startsWith("INVALID")   ? EditOutcome::Cause::Value
                                             : EditOutcome::Cause::Server;
        outcome.message = (reply.isError() ? explainError(reply) : Words::tr("Redis gave an answer that this version does not know.")).toStdString();
        return outcome;
    }
    outcome.status = reply.items[0].text == "applied" ? Status::Applied : Status::Conflict;
    outcome.after = parseRule(reply.items[2].text).value_or(Rule {});
    outcome.after.version = static_cast<std::uint64_t>(reply.items[1].integer);
    outcome.before = parseRule(reply.items[3].text).value_or(Rule {});
    outcome.appliedAt = instantOf(reply.items[4].text);
    if (outcome.status == Status::Conflict) {
        const auto text = outcome.after.limit.empty() && outcome.after.version != 0
            ? Words::tr("Somebody else was faster: Redis now holds a limit that this version cannot read. Nothing was changed.")
            : outcome.after.version == 0
            ? Words::tr("Somebody else was faster: the policy is gone. Nothing was changed.")
            : Words::tr("Somebody else was faster: Redis now holds %1 %2, version %3. Nothing was changed.")
                  .arg(QString::fromStdString(formatLimit(outcome.after.limit)), QString::fromUtf8(modeName(outcome.after.mode)))
                  .arg(outcome.after.version);
        outcome.message = text.toStdString();
    }
    return outcome;
}

QString explainError(const Reply &reply)
{
    // What Redis adds of the script is not for users.
    auto text = QString::fromStdString(reply.text.substr(0, std::min<std::size_t>(reply.text.find(" script: "), 400)));
    if (reply.isLost()) {
        return Words::tr("The connection was lost: %1").arg(text);
    }
    if (isRightsError(reply)) {
        return Words::tr("This Redis user may not do that: %1. Ask for an operator's login.").arg(text);
    }
    if (reply.startsWith("OOM")) {
        return Words::tr("Redis is out of memory and refuses writes. Raise its maxmemory or free some. (%1)").arg(text);
    }
    if (reply.startsWith("READONLY")) {
        return Words::tr("This Redis is a replica and takes no edits. Connect to the primary. (%1)").arg(text);
    }
    if (reply.startsWith("LOADING") || reply.startsWith("BUSY") || reply.startsWith("MISCONF")) {
        return Words::tr("Redis cannot do that right now; try again when it can. (%1)").arg(text);
    }
    if (isLibraryMissing(reply)) {
        return Words::tr("Redis does not hold RateGuard's function library yet, and this user may not load it. Start a service, or run rateguardctl init as an operator.");
    }
    for (const auto *known : {"INVALID ", "NOLIMIT ", "BADLIMIT ", "BADCOST "}) {
        if (reply.startsWith(known)) {
            return text.mid(static_cast<qsizetype>(std::string_view(known).size()));
        }
    }
    return text;
}

const std::string &operatorName()
{
    static const std::string name = [] {
        const auto *entry = getpwuid(geteuid()); // NOLINT(concurrency-mt-unsafe): once, and nobody else here asks
        return (entry ? std::string(entry->pw_name) : std::to_string(geteuid())) + '@' + QSysInfo::machineHostName().toStdString();
    }();
    return name;
}

struct LimitStore::Scan
{
    Listed listed;
    std::function<void(const Listed &)> done;
    std::size_t partition = 0;
    std::string cursor = "0";
    std::map<std::string, std::size_t> copies; // of the newest text
    std::vector<std::string> doubtful; // not in the first partition: unset there, or lost

    void add(const std::string &policy, const std::string &text)
    {
        const auto [known, isNew] = listed.texts.try_emplace(policy, text);
        if (isNew && partition > 0) {
            doubtful.push_back(policy);
        }
        const auto had = isNew ? 0 : versionOf(known->second);
        const auto has = versionOf(text);
        if (isNew || has > had) {
            known->second = text;
            copies[policy] = 1;
        } else if (has == had) {
            ++copies[policy];
        }
    }

    // A policy that was taken away may still stand in a partition that has not heard of it.
    void finish(std::size_t partitions)
    {
        for (const auto &policy : doubtful) {
            const auto known = listed.texts.find(policy);
            const auto unset = listed.unset.find(policy);
            if (unset != listed.unset.end() && unset->second >= versionOf(known->second)) {
                listed.texts.erase(known);
                listed.behind[policy] = std::to_string(unset->second) + " unset";
            }
        }
        for (const auto &[policy, text] : listed.texts) {
            if (copies[policy] < partitions && text.size() < longestText) {
                listed.behind[policy] = text;
            }
        }
        done(listed);
    }
};

LimitStore::LimitStore(Connection &connection, Library &library, Partitions partitions)
    : m_connection(connection)
    , m_library(library)
    , m_partitions(std::move(partitions))
{
}

void LimitStore::list(const std::function<void(const Listed &)> &done)
{
    const auto all = std::make_shared<Scan>();
    all->done = done;
    scan(all);
}

// One partition after the other, and at last what was taken away in the first.
void LimitStore::scan(const std::shared_ptr<Scan> &scan)
{
    const bool isUnset = scan->partition == m_partitions.size();
    const auto key = isUnset ? m_partitions.first().unset : m_partitions[scan->partition].limits;
    m_connection.call({"HSCAN", key, scan->cursor, "COUNT", "200"}, [scan, isUnset, this](const Reply &reply) {
        auto &listed = scan->listed;
        if (isUnset && isRightsError(reply)) {
            scan->finish(m_partitions.size()); // an older set of rights: what was taken away is not known then
            return;
        }
        if (!reply.hasItems(2) || reply.items[1].type != Reply::Type::Array) {
            listed.error = explainError(reply);
            listed.failure = reply;
            scan->done(listed);
            return;
        }
        const auto &fields = reply.items[1].items;
        const auto count = [&] { return isUnset ? listed.unset.size() : listed.texts.size(); };
        for (std::size_t i = 0; i + 1 < fields.size(); i += 2) {
            if (!isPolicyName(fields[i].text) || count() >= maxPolicies) {
                continue;
            }
            if (isUnset) {
                listed.unset[fields[i].text] = versionOf(fields[i + 1].text);
            } else {
                scan->add(fields[i].text, fields[i + 1].text.substr(0, longestText));
            }
        }
        scan->cursor = reply.items[0].text;
        if (scan->cursor == "0" || count() >= maxPolicies) {
            scan->cursor = "0";
            if (scan->partition++ == m_partitions.size()) {
                scan->finish(m_partitions.size());
                return;
            }
        }
        this->scan(scan);
    });
}

void LimitStore::repair(const Listed &listed)
{
    for (const auto &[policy, text] : listed.behind) {
        copy(policy, text, {});
    }
}

// To every partition, as the first may be the one that lacks it; who has it already says no.
void LimitStore::copy(const std::string &policy, const std::string &text, std::function<void(std::uint32_t)> done)
{
    struct Count
    {
        std::size_t waiting;
        std::uint32_t copies = 0;
    };
    const auto count = std::make_shared<Count>(Count {m_partitions.size()});
    for (const auto &names : m_partitions) {
        m_library.call({"FCALL", "rateguard_copy", "1", names.limits, policy, text}, [count, done](const Reply &reply) {
            count->copies += reply.type == Reply::Type::Integer;
            if (--count->waiting == 0 && done) {
                done(count->copies);
            }
        });
    }
}

// A default may have been registered, or an edit cut off, in some partitions only: all get the newest first, so that the
// edit is made of that, and its version is above all others.
void LimitStore::level(const std::string &policy, std::function<void()> done)
{
    struct Found
    {
        std::size_t waiting;
        std::string newest;
        std::size_t copies = 0;
    };
    const auto found = std::make_shared<Found>(Found {m_partitions.size(), {}});
    for (const auto &names : m_partitions) {
        m_connection.call({"HGET", names.limits, policy}, [this, found, policy, done](const Reply &reply) {
            if (versionOf(reply.text) > versionOf(found->newest)) {
                found->newest = reply.text;
                found->copies = 0;
            }
            found->copies += !found->newest.empty() && versionOf(reply.text) == versionOf(found->newest);
            if (--found->waiting > 0) {
                return;
            }
            if (found->newest.empty() || found->copies == m_partitions.size()) {
                done();
            } else {
                copy(policy, found->newest, [done](std::uint32_t) { done(); });
            }
        });
    }
}

void LimitStore::apply(const LimitEdit &edit, std::function<void(const EditOutcome &)> done)
{
    if (m_partitions.size() == 1) {
        set(edit, std::move(done));
    } else {
        level(edit.policy, [this, edit, done] { set(edit, done); });
    }
}

void LimitStore::set(const LimitEdit &edit, std::function<void(const EditOutcome &)> done)
{
    QElapsedTimer clock;
    clock.start();
    const auto limit = edit.unset ? std::string("unset") : wireLimit(edit.limit);
    auto mode = edit.keepMode ? std::string() : std::string(modeName(edit.mode));
    if (edit.modeFor && !mode.empty()) {
        mode.append(" ").append(std::to_string(edit.modeFor->count()));
    }
    const auto &names = m_partitions.first();
    m_library.call({"FCALL", "rateguard_set", "2", names.limits, names.audit, edit.policy, limit, mode, versionText(edit.expectedVersion), edit.author,
                       edit.reason, std::to_string(edit.floorVersion)},
        [this, edit, clock, done = std::move(done)](const Reply &reply) {
            auto outcome = outcomeOf(edit.id, edit.policy, reply);
            outcome.roundTrip = std::chrono::microseconds(clock.nsecsElapsed() / 1000);
            outcome.partitions = static_cast<std::uint32_t>(m_partitions.size());
            if (outcome.status != EditOutcome::Status::Applied || outcome.partitions == 1) {
                done(outcome);
                return;
            }
            const auto text = edit.unset ? std::to_string(outcome.after.version) + " unset" : reply.items[2].text;
            copy(edit.policy, text, [outcome, done](std::uint32_t copies) mutable {
                outcome.copies = copies;
                if (copies < outcome.partitions) {
                    outcome.message = Words::tr("Only %1 of %2 partitions have it so far; the others get it as soon as they answer.")
                                          .arg(copies)
                                          .arg(outcome.partitions)
                                          .toStdString();
                }
                done(outcome);
            });
        });
}

} // namespace rateguard
