// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The RateGuard authors
#include "redis/KeyUse.h"

#include <algorithm>
#include <utility>

namespace rateguard {

namespace {

std::uint32_t wordAt(std::string_view bytes, std::size_t at)
{
    std::uint32_t word = 0;
    for (std::size_t i = 0; i < 4; ++i) {
        word = word << 8 | static_cast<std::uint8_t>(bytes[at + i]);
    }
    return word;
}

// Of one window in a bucket, see resources/redis/README.md, «How it is stored». Nothing when the bucket has no such window,
// since it was made under another limit.
std::optional<std::uint64_t> usedInBucket(std::string_view bucket, Duration window, Instant now)
{
    constexpr std::size_t head = 24;
    const auto slot = (window.count() + 59) / 60;
    const auto pieces = (window.count() - 1 + slot - 1) / slot; // besides the newest
    const auto piece = std::chrono::floor<Duration>(now.time_since_epoch()).count() / slot;
    for (std::size_t at = 0; at + head <= bucket.size();) {
        const auto older = wordAt(bucket, at + 4) & 0xffff;
        const auto next = at + head + 4 * std::size_t {older};
        if (next > bucket.size()) {
            break;
        }
        if (wordAt(bucket, at) == slot && older == pieces) {
            const auto over = static_cast<std::int32_t>(static_cast<std::uint32_t>(piece) - wordAt(bucket, at + 8));
            if (over <= 0) {
                return wordAt(bucket, at + 12);
            }
            std::uint64_t used = over <= pieces ? wordAt(bucket, at + 16) : 0;
            for (auto i = static_cast<std::size_t>(over); i < older; ++i) {
                used += wordAt(bucket, at + head + 4 * i);
            }
            return used;
        }
        at = next;
    }
    return std::nullopt;
}

// What decided is exact, and of the same moment as the answer; but of a full window it does not tell by how much it is more.
void correct(KeyUse::Window &window, const Decision &decision)
{
    const bool hasDecided = decision.why == Why::Limit || decision.why == Why::Override;
    if (!hasDecided || window.limit != Limit {decision.limit, decision.window}) {
        return;
    }
    if (decision.remaining > 0 || window.used.value_or(0) < decision.limit) {
        window.used = decision.limit - std::min(decision.remaining, decision.limit);
        window.isLeast = window.isLeast && decision.remaining == 0;
    }
}

} // namespace

struct KeyUse::Reading
{
    std::string policy;
    std::string key;
    std::uint32_t cost = 1;
    std::function<void(const Seen &)> done;
    int more = 3; // times, when an edit came in between
    Seen seen;
    KeyWindow::Log log;
    Reply bucket;
};

KeyUse::KeyUse(Connection &connection, OverrideStore &store)
    : m_connection(connection)
    , m_store(store)
    , m_log(connection)
{
}

void KeyUse::setPartitions(const Partitions &partitions)
{
    m_partitions = partitions;
    m_log.setPartitions(partitions);
}

void KeyUse::read(const std::string &policy, const std::string &key, std::uint32_t cost, std::function<void(const Seen &)> done)
{
    begin(std::make_shared<Reading>(Reading {policy, key, cost, std::move(done), 3, {}, {}, {}}));
}

void KeyUse::begin(const std::shared_ptr<Reading> &reading)
{
    const auto &names = m_partitions.of(reading->key);
    m_connection.call({"HGET", names.limits, reading->policy}, [reading](const Reply &reply) { reading->seen.rule = parseRule(reply.text).value_or(Rule {}); });
    m_store.find(reading->policy, reading->key, [reading](const std::optional<Override> &value, const Reply &) { reading->seen.override = value; });
    m_log.read(reading->policy, reading->key, maxUnits, [reading](const KeyWindow::Log &log) { reading->log = log; });
    m_connection.call({"GET", names.log(reading->policy, reading->key)}, [reading](const Reply &reply) { reading->bucket = reply; });
    m_store.peek(reading->policy, reading->key, reading->cost, [this, reading](const std::optional<Decision> &decision, const Reply &reply) {
        reading->seen.decision = decision;
        reading->seen.answer = reply;
        finish(reading);
    });
}

void KeyUse::finish(const std::shared_ptr<Reading> &reading)
{
    auto &seen = reading->seen;
    if (!seen.decision) {
        reading->done(seen);
        return;
    }
    if (seen.decision->version != seen.rule.version && reading->more-- > 0) {
        begin(reading);
        return;
    }
    const auto &log = reading->log;
    seen.at = log.now;
    seen.error = log.error;
    seen.isBucket = seen.rule.limit.algorithm == Algorithm::Bucket;
    if (seen.override && seen.override->isOver(seen.at)) {
        seen.override.reset();
    }
    seen.windows.clear();
    for (const auto &limit : seen.override && seen.override->kind == Override::Kind::Limit ? seen.override->limit : seen.rule.limit) {
        Window window {limit, std::nullopt, false};
        if (log.isBucket) {
            window.used = reading->bucket.type == Reply::Type::Nil ? 0 : usedInBucket(reading->bucket.text, limit.window, seen.at);
        } else if (log.error.isEmpty()) {
            window.used = log.inside(limit.window).size();
            window.isLeast = log.isCut(limit.window);
        }
        correct(window, *seen.decision);
        seen.windows.push_back(window);
    }
    reading->done(seen);
}

} // namespace rateguard
