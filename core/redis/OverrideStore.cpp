// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The RateGuard authors
#include "redis/OverrideStore.h"

#include "redis/LimitStore.h"
#include "redis/ServerTime.h"

#include <QCoreApplication>

#include <algorithm>

namespace rateguard {

namespace {

struct Words
{
    Q_DECLARE_TR_FUNCTIONS(rateguard::OverrideStore)
};

// As rateguard_override takes it.
std::string wireOverride(const OverrideEdit &edit)
{
    if (!edit.kind) {
        return "none";
    }
    auto limit = edit.limit;
    limit.algorithm = Algorithm::Log; // which goes without saying: the library wants windows alone
    const auto wire = wireLimit(limit);
    switch (*edit.kind) {
    case Override::Kind::Ban:
        return "ban";
    case Override::Kind::Exempt:
        return "exempt";
    case Override::Kind::Limit:
        return "limit" + wire.substr(std::min(wire.find(' '), wire.size()));
    }
    return "none";
}

OverrideOutcome overrideOutcomeOf(const OverrideEdit &edit, const Reply &reply)
{
    using Status = OverrideOutcome::Status;
    // Both calls answer alike; only the texts differ.
    const auto common = outcomeOf(edit.id, edit.policy, reply);
    OverrideOutcome outcome {edit.id, common.status, common.cause, edit.policy, edit.key, common.after.version, {}, {}, false, common.message, common.appliedAt};
    if (outcome.status == Status::Applied || outcome.status == Status::Conflict) {
        outcome.after = parseOverride(reply.items[2].text);
        outcome.before = parseOverride(reply.items[3].text);
    }
    if (reply.startsWith("NOLIMIT")) {
        outcome.cause = EditOutcome::Cause::Value;
    }
    if (outcome.status == Status::Conflict) {
        outcome.message = (outcome.version == 0
                ? Words::tr("Somebody else was faster: this key has no override now. Nothing was changed.")
                : Words::tr("Somebody else was faster: this key's override is now at version %1. Nothing was changed.").arg(outcome.version))
                              .toStdString();
    }
    return outcome;
}

} // namespace

struct OverrideStore::Scan
{
    std::string policy;
    std::function<void(const Listed &)> done;
    std::size_t partition = 0;
    std::string cursor = "0";
    Instant now;
    std::map<std::pair<std::string, std::string>, Override> found; // HSCAN may tell a field twice
    Listed listed;

    void add(const std::string &name, const std::string &text)
    {
        const auto colon = name.find(':');
        if (colon == 0) {
            return; // the hash's own counters
        }
        const auto value = parseOverride(text);
        const bool isNamed = colon != std::string::npos && isPolicyName(std::string_view(name).substr(0, colon));
        if (!value || !isNamed) {
            if (listed.damaged.size() < maxDamaged) {
                listed.damaged.push_back(name);
            }
        } else if (!value->isOver(now)) {
            found.insert_or_assign({name.substr(0, colon), name.substr(colon + 1)}, *value);
        }
    }

    void finish()
    {
        for (auto &[name, value] : found) {
            listed.all.push_back({name.first, name.second, value});
        }
        std::sort(listed.damaged.begin(), listed.damaged.end());
        listed.damaged.erase(std::unique(listed.damaged.begin(), listed.damaged.end()), listed.damaged.end());
        done(listed);
    }
};

OverrideStore::OverrideStore(Connection &connection, Library &library, Partitions partitions)
    : m_connection(connection)
    , m_library(library)
    , m_partitions(std::move(partitions))
{
}

void OverrideStore::list(const std::string &policy, std::function<void(const Listed &)> done)
{
    const auto all = std::make_shared<Scan>();
    all->policy = policy;
    all->done = std::move(done);
    readServerTime(m_connection, [this, all](Instant now) {
        all->now = now;
        scan(all);
    });
}

void OverrideStore::scan(const std::shared_ptr<Scan> &scan)
{
    Connection::Arguments command {"HSCAN", m_partitions[scan->partition].overrides, scan->cursor, "COUNT", "500"};
    if (!scan->policy.empty()) {
        command.insert(command.end(), {"MATCH", scan->policy + ":*"}); // a policy's name holds no character that MATCH knows
    }
    m_connection.call(command, [this, scan](const Reply &reply) {
        auto &listed = scan->listed;
        if (!reply.hasItems(2) || reply.items[1].type != Reply::Type::Array) {
            listed.error = explainError(reply);
            listed.failure = reply;
            scan->done(listed);
            return;
        }
        const auto &fields = reply.items[1].items;
        for (std::size_t i = 0; i + 1 < fields.size() && !listed.isCut; i += 2) {
            listed.isCut = scan->found.size() >= maxOverrides;
            if (!listed.isCut) {
                scan->add(fields[i].text, fields[i + 1].text);
            }
        }
        scan->cursor = reply.items[0].text;
        if (scan->cursor == "0") {
            ++scan->partition;
        }
        if (listed.isCut || scan->partition == m_partitions.size()) {
            scan->finish();
        } else {
            this->scan(scan);
        }
    });
}

void OverrideStore::count(const std::vector<std::string> &policies, std::function<void(const std::map<std::string, std::uint64_t> &)> done)
{
    constexpr std::size_t chunk = 500;
    struct Sum
    {
        std::size_t waiting = 0;
        std::map<std::string, std::uint64_t> counts;
    };
    const auto sum = std::make_shared<Sum>();
    sum->waiting = m_partitions.size() * ((policies.size() + chunk - 1) / chunk);
    if (sum->waiting == 0) {
        done({});
        return;
    }
    for (const auto &names : m_partitions) {
        for (std::size_t from = 0; from < policies.size(); from += chunk) {
            const std::vector<std::string> some(policies.begin() + static_cast<std::ptrdiff_t>(from),
                policies.begin() + static_cast<std::ptrdiff_t>(std::min(from + chunk, policies.size())));
            Connection::Arguments command {"HMGET", names.overrides};
            for (const auto &policy : some) {
                command.push_back(":count:" + policy);
            }
            m_connection.call(command, [sum, some, done](const Reply &reply) {
                for (std::size_t i = 0; i < std::min(some.size(), reply.items.size()); ++i) {
                    if (const auto number = std::strtoll(reply.items[i].text.c_str(), nullptr, 10); number > 0) {
                        sum->counts[some[i]] += static_cast<std::uint64_t>(number);
                    }
                }
                if (--sum->waiting == 0) {
                    done(sum->counts);
                }
            });
        }
    }
}

void OverrideStore::apply(const OverrideEdit &edit, std::function<void(const OverrideOutcome &)> done)
{
    if (edit.reset) {
        reset(edit.policy, edit.key, edit.author, edit.reason, [edit, done = std::move(done)](const Reply &reply) {
            auto outcome = overrideOutcomeOf(edit, reply);
            if (reply.type == Reply::Type::Integer) {
                outcome.status = OverrideOutcome::Status::Applied;
                outcome.message.clear();
            }
            done(outcome);
        });
        return;
    }
    set(edit, [this, edit, done = std::move(done)](const Reply &reply) {
        if (!reply.startsWith("NOLIMIT") || m_partitions.size() == 1) {
            done(overrideOutcomeOf(edit, reply));
            return;
        }
        lend(edit.policy, m_partitions.of(edit.key), [this, edit, done, reply](bool lent) {
            if (lent) {
                set(edit, [edit, done](const Reply &again) { done(overrideOutcomeOf(edit, again)); }); // what was refused has not happened
            } else {
                done(overrideOutcomeOf(edit, reply));
            }
        });
    });
}

void OverrideStore::set(const OverrideEdit &edit, Connection::Callback done)
{
    const auto expected = edit.expectedVersion ? std::to_string(*edit.expectedVersion) : std::string();
    const auto span = edit.span && edit.kind ? std::to_string(edit.span->count()) : std::string();
    m_library.call({"FCALL", "rateguard_override", "1", m_partitions.of(edit.key).limits, edit.policy, edit.key, wireOverride(edit), span, expected,
                       edit.author, edit.reason},
        std::move(done));
}

// Looks for the policy's newest limit in all partitions and gives it to this one.
void OverrideStore::lend(const std::string &policy, const Keyspace &to, std::function<void(bool)> done)
{
    struct Found
    {
        std::size_t waiting;
        std::uint64_t version = 0;
        std::string text;
    };
    const auto found = std::make_shared<Found>(Found {m_partitions.size(), 0, {}});
    for (const auto &names : m_partitions) {
        m_connection.call({"HGET", names.limits, policy}, [this, found, policy, to = to.limits, done](const Reply &reply) {
            const auto rule = reply.type == Reply::Type::String ? parseRule(reply.text) : std::nullopt;
            if (rule && rule->version > found->version) {
                found->version = rule->version;
                found->text = reply.text;
            }
            if (--found->waiting > 0) {
                return;
            }
            if (found->text.empty()) {
                done(false);
            } else {
                m_library.call({"FCALL", "rateguard_copy", "1", to, policy, found->text},
                    [done](const Reply &copied) { done(copied.type == Reply::Type::Integer && copied.integer == 1); });
            }
        });
    }
}

void OverrideStore::find(const std::string &policy, const std::string &key, Held done)
{
    m_connection.call({"HGET", m_partitions.of(key).overrides, policy + ':' + key},
        [done = std::move(done)](const Reply &reply) { done(reply.type == Reply::Type::String ? parseOverride(reply.text) : std::nullopt, reply); });
}

void OverrideStore::reset(const std::string &policy, const std::string &key, const std::string &author, const std::string &reason, Connection::Callback done)
{
    const auto &names = m_partitions.of(key);
    m_library.call({"FCALL", "rateguard_reset", "2", names.limits, names.log(policy, key), policy, author, reason}, std::move(done));
}

void OverrideStore::peek(const std::string &policy, const std::string &key, std::uint32_t cost, Peeked done)
{
    const auto &names = m_partitions.of(key);
    m_library.call({"FCALL_RO", "rateguard_peek", "2", names.limits, names.log(policy, key), policy, std::to_string(cost)},
        [done = std::move(done)](const Reply &reply) { done(reply.type == Reply::Type::String ? parseDecision(reply.text) : std::nullopt, reply); });
}

} // namespace rateguard
