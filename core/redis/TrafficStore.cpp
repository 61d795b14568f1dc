// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The RateGuard authors
#include "redis/TrafficStore.h"

#include "redis/LimitStore.h"
#include "redis/ServerInfo.h"
#include "redis/ServerTime.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <span>

namespace rateguard {

namespace {

// The numbers of a text such as "12 0 3 0", all of them.
bool parseNumbers(std::string_view text, std::span<std::uint64_t> into)
{
    for (auto &number : into) {
        const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
        if (error != std::errc()) {
            return false;
        }
        text.remove_prefix(static_cast<std::size_t>(end - text.data()));
        text.remove_prefix(text.starts_with(' ') ? 1 : 0);
    }
    return text.empty();
}

// When the oldest of these edits was made, newest first as XREVRANGE answers them; the id of an entry begins with it, in ms.
void findOldestEdit(const Reply &reply, RecordedSince &since)
{
    const auto *oldest = reply.items.empty() || reply.items.back().items.empty() ? nullptr : &reply.items.back().items.front();
    std::array<std::uint64_t, 1> ms {};
    if (oldest && parseNumbers(std::string_view(oldest->text).substr(0, oldest->text.find('-')), ms)) {
        since.found(std::chrono::floor<std::chrono::minutes>(std::chrono::milliseconds(static_cast<std::int64_t>(ms[0]))));
    }
}

} // namespace

struct TrafficStore::Sum
{
    std::string policy;
    std::function<void(const Traffic &)> done;
    std::size_t partition = 0;
    std::size_t waiting = 0;
    Traffic traffic;

    std::int64_t first() const { return traffic.minutes.front().minute.count(); }
    std::int64_t last() const { return traffic.minutes.back().minute.count(); }

    void add(std::int64_t minute, std::string_view text)
    {
        std::array<std::uint64_t, 4> counts {};
        if (minute >= first() && minute <= last() && parseNumbers(text, counts)) {
            traffic.minutes[static_cast<std::size_t>(minute - first())].add({{}, counts[0], counts[1], counts[2], counts[3]});
        }
    }

    void addHour(std::int64_t hour, const Reply &reply)
    {
        for (std::size_t i = 0; i + 1 < reply.items.size(); i += 2) {
            std::array<std::uint64_t, 1> minute {};
            if (parseNumbers(reply.items[i].text, minute) && minute[0] < 60) {
                add(hour * 60 + static_cast<std::int64_t>(minute[0]), reply.items[i + 1].text);
            }
        }
    }

    // "POLICY MINUTE ALLOWED REJECTED WOULD_REJECT UNCHECKED", of any policy.
    void addLine(std::string_view line)
    {
        if (!line.starts_with(policy + " ")) {
            return;
        }
        line.remove_prefix(policy.size() + 1);
        const auto space = std::min(line.find(' '), line.size());
        std::array<std::uint64_t, 1> minute {};
        if (parseNumbers(line.substr(0, space), minute)) {
            add(static_cast<std::int64_t>(minute[0]), line.substr(std::min(space + 1, line.size())));
        }
    }

    void fail(const Reply &reply)
    {
        if (traffic.error.isEmpty()) {
            traffic.error = explainError(reply);
            traffic.failure = reply;
        }
    }
};

TrafficStore::TrafficStore(Connection &connection, Partitions partitions)
    : m_connection(connection)
    , m_partitions(std::move(partitions))
{
}

void TrafficStore::read(const std::string &policy, std::chrono::minutes span, std::function<void(const Traffic &)> done)
{
    const auto sum = std::make_shared<Sum>();
    sum->policy = policy;
    sum->done = std::move(done);
    readServerTime(m_connection, [this, sum, span](Instant now) {
        const auto last = std::chrono::floor<std::chrono::minutes>(now.time_since_epoch());
        for (auto i = std::clamp(span, std::chrono::minutes(1), longest); i.count() > 0; --i) {
            sum->traffic.minutes.push_back({last - i + std::chrono::minutes(1), 0, 0, 0, 0});
        }
        readPartition(sum);
    });
}

void TrafficStore::readPartition(const std::shared_ptr<Sum> &sum)
{
    const auto &names = m_partitions[sum->partition];
    const auto firstHour = sum->first() / 60;
    const auto lastHour = sum->last() / 60;
    const auto answered = [this, sum] {
        if (--sum->waiting > 0) {
            return;
        }
        if (!sum->traffic.error.isEmpty() || ++sum->partition == m_partitions.size()) {
            sum->done(sum->traffic);
        } else {
            readPartition(sum);
        }
    };
    sum->waiting = static_cast<std::size_t>(lastHour - firstHour + 1) + 1;
    for (auto hour = firstHour; hour <= lastHour; ++hour) {
        m_connection.call({"HGETALL", names.history(sum->policy, hour)}, [sum, hour, answered](const Reply &reply) {
            reply.type == Reply::Type::Array ? sum->addHour(hour, reply) : sum->fail(reply);
            answered();
        });
    }
    // Right behind the hash of this hour: what moves from here to there in between would be missed.
    m_connection.call({"FCALL_RO", "rateguard_counts", "1", names.limits}, [sum, answered](const Reply &reply) {
        if (reply.type == Reply::Type::Array) {
            for (const auto &line : reply.items) {
                sum->addLine(line.text);
            }
        } else if (!isLibraryMissing(reply)) {
            sum->fail(reply); // without a library nothing waits
        }
        answered();
    });
}

void TrafficStore::readSince(std::chrono::minutes first, std::function<void(const RecordedSince &)> done)
{
    constexpr auto newest = "200"; // edits; where there are more, the oldest trace is taken for younger than it is
    const auto since = std::make_shared<RecordedSince>();
    const auto now = std::make_shared<Instant>();
    const auto &audit = m_partitions.first().audit;
    const auto before = std::to_string(std::chrono::milliseconds(first).count());
    readServerTime(m_connection, [now](Instant time) { *now = time; });
    readServerInfo(m_connection, [since, now](const std::optional<ServerInfo> &info) {
        if (info && info->uptime) { // which is of whole seconds
            since->up = std::chrono::ceil<std::chrono::minutes>(now->time_since_epoch() - *info->uptime + std::chrono::seconds(1));
        }
    });
    m_connection.call({"XREVRANGE", audit, before, "-", "COUNT", "1"}, [since](const Reply &reply) { findOldestEdit(reply, *since); });
    m_connection.call({"XREVRANGE", audit, "+", before, "COUNT", newest}, [since, done = std::move(done)](const Reply &reply) {
        findOldestEdit(reply, *since);
        done(*since);
    });
}

} // namespace rateguard
