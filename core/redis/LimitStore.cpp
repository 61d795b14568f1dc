// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The RateGuard authors
#include "redis/LimitStore.h"

#include <QElapsedTimer>
#include <QSysInfo>

#include <pwd.h>
#include <unistd.h>

namespace rateguard {

namespace {

Instant instantOf(const std::string &microseconds)
{
    return Instant(std::chrono::microseconds(std::strtoll(microseconds.c_str(), nullptr, 10)));
}

std::string versionText(const std::optional<std::uint64_t> &version)
{
    return version ? std::to_string(*version) : std::string();
}

EditOutcome outcomeOf(const LimitEdit &edit, const Reply &reply)
{
    using Status = EditOutcome::Status;
    EditOutcome outcome;
    outcome.id = edit.id;
    outcome.policy = edit.policy;
    if (reply.isLost()) {
        outcome.status = Status::Unknown;
        outcome.message = "The answer was lost (" + reply.text + "): the edit may have been made. It is looked up when Redis is back.";
        return outcome;
    }
    if (!reply.hasItems(5)) {
        outcome.status = Status::Refused;
        outcome.cause = isRightsError(reply) ? EditOutcome::Cause::Rights
            : reply.startsWith("INVALID")   ? EditOutcome::Cause::Value
                                             : EditOutcome::Cause::Server;
        outcome.message = reply.isError() ? explainError(reply).toStdString() : "Redis gave an answer that this version does not know.";
        return outcome;
    }
    outcome.status = reply.items[0].text == "applied" ? Status::Applied : Status::Conflict;
    outcome.after = parseRule(reply.items[2].text).value_or(Rule {});
    outcome.after.version = static_cast<std::uint64_t>(reply.items[1].integer);
    outcome.before = parseRule(reply.items[3].text).value_or(Rule {});
    outcome.appliedAt = instantOf(reply.items[4].text);
    if (outcome.status == Status::Conflict) {
        outcome.message = outcome.after.limit.count == 0 && outcome.after.version != 0
            ? "Somebody else was faster: Redis now holds a limit that this version cannot read. Nothing was changed."
            : outcome.after.version == 0
            ? "Somebody else was faster: the policy is gone. Nothing was changed."
            : "Somebody else was faster: Redis now holds " + formatLimit(outcome.after.limit) + " " + std::string(modeName(outcome.after.mode))
                + ", version " + std::to_string(outcome.after.version) + ". Nothing was changed.";
    }
    return outcome;
}

} // namespace

bool isRightsError(const Reply &reply)
{
    return reply.startsWith("NOPERM") || reply.text.find("user executing the script can't") != std::string::npos
        || reply.text.find("has no permissions") != std::string::npos;
}

QString explainError(const Reply &reply)
{
    auto text = QString::fromStdString(reply.text.substr(0, 400));
    if (reply.isLost()) {
        return QStringLiteral("The connection was lost: %1").arg(text);
    }
    if (isRightsError(reply)) {
        return QStringLiteral("This Redis user may not do that: %1. Ask for an operator's login.").arg(text);
    }
    if (reply.startsWith("OOM")) {
        return QStringLiteral("Redis is out of memory and refuses writes. Raise its maxmemory or free some. (%1)").arg(text);
    }
    if (reply.startsWith("READONLY")) {
        return QStringLiteral("This Redis is a replica and takes no edits. Connect to the primary. (%1)").arg(text);
    }
    if (reply.startsWith("LOADING") || reply.startsWith("BUSY") || reply.startsWith("MISCONF")) {
        return QStringLiteral("Redis cannot do that right now; try again when it can. (%1)").arg(text);
    }
    if (isLibraryMissing(reply)) {
        return QStringLiteral("Redis does not hold RateGuard's function library yet. Start a service, or watch once without --read-only.");
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

LimitStore::LimitStore(Connection &connection, Library &library, const Keyspace &names)
    : m_connection(connection)
    , m_library(library)
    , m_names(names)
{
}

void LimitStore::list(const std::function<void(const Listed &)> &done)
{
    scan("0", std::make_shared<Listed>(), done);
}

void LimitStore::scan(const std::string &cursor, const std::shared_ptr<Listed> &listed, const std::function<void(const Listed &)> &done)
{
    m_connection.call({"HSCAN", m_names.limits, cursor, "COUNT", "200"}, [=, this](const Reply &reply) {
        if (!reply.hasItems(2) || reply.items[1].type != Reply::Type::Array) {
            listed->error = explainError(reply);
            listed->failure = reply;
            done(*listed);
            return;
        }
        const auto &fields = reply.items[1].items;
        for (std::size_t i = 0; i + 1 < fields.size() && listed->texts.size() < maxPolicies; i += 2) {
            if (isPolicyName(fields[i].text)) {
                listed->texts[fields[i].text] = fields[i + 1].text.substr(0, 200);
            }
        }
        const auto &next = reply.items[0].text;
        next == "0" || listed->texts.size() >= maxPolicies ? done(*listed) : scan(next, listed, done);
    });
}

void LimitStore::apply(const LimitEdit &edit, std::function<void(const EditOutcome &)> done)
{
    QElapsedTimer clock;
    clock.start();
    const auto limit = edit.limit.count ? std::to_string(edit.limit.count) + '/' + std::to_string(edit.limit.window.count()) : std::string();
    m_library.call({"FCALL", "rateguard_set", "2", m_names.limits, m_names.audit, edit.policy, limit, edit.keepMode ? std::string() : std::string(modeName(edit.mode)),
                       versionText(edit.expectedVersion), edit.author, edit.reason, std::to_string(edit.floorVersion)},
        [edit, clock, done = std::move(done)](const Reply &reply) {
            auto outcome = outcomeOf(edit, reply);
            outcome.roundTrip = std::chrono::microseconds(clock.nsecsElapsed() / 1000);
            done(outcome);
        });
}

void LimitStore::resolve(const LimitEdit &edit, std::function<void(const EditOutcome &)> done)
{
    m_connection.call({"HGET", m_names.limits, edit.policy}, [edit, done = std::move(done)](const Reply &reply) {
        EditOutcome outcome;
        outcome.id = edit.id;
        outcome.policy = edit.policy;
        outcome.status = EditOutcome::Status::Unknown;
        if (reply.isError()) {
            outcome.message = "The edit may have been made; Redis could not be asked: " + explainError(reply).toStdString();
            done(outcome);
            return;
        }
        const auto now = parseRule(reply.text).value_or(Rule {});
        const auto expected = std::max(edit.expectedVersion.value_or(0), edit.floorVersion);
        outcome.after = now;
        const bool asWished = now.limit == edit.limit && (edit.keepMode || now.mode == edit.mode);
        if (asWished && (now.version == expected + 1 || (!edit.expectedVersion && now.version > expected))) {
            outcome.status = EditOutcome::Status::Applied;
        } else if (now.version <= expected) {
            outcome.status = EditOutcome::Status::Refused;
            outcome.message = "The connection broke before the edit was made: Redis still holds version " + std::to_string(now.version) + ". Apply it again.";
        } else {
            outcome.status = EditOutcome::Status::Conflict;
            outcome.message = "Redis now holds " + formatLimit(now.limit) + ", version " + std::to_string(now.version) + ", from somebody else.";
        }
        done(outcome);
    });
}

} // namespace rateguard
