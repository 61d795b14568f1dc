// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The RateGuard authors
#include "redis/KeyWindow.h"

#include "redis/LimitStore.h"
#include "redis/ServerTime.h"

#include <algorithm>
#include <charconv>

namespace rateguard {

namespace {

// Of a stamp, milliseconds modulo 2^32, as rateguard.lua reads it: one from before a clock step backwards of up to a day
// is younger than now, never ancient.
std::int64_t ageOf(std::int64_t stamp, std::int64_t now)
{
    constexpr std::int64_t lap = std::int64_t {1} << 32;
    constexpr std::int64_t day = 86'400'000;
    const std::int64_t age = static_cast<std::uint32_t>(now - stamp);
    return age < lap - day ? age : age - lap;
}

} // namespace

std::vector<Instant> KeyWindow::Log::inside(Duration window) const
{
    std::vector<Instant> found;
    std::copy_if(admitted.begin(), admitted.end(), std::back_inserter(found), [&](Instant at) { return now - at < window; });
    if (found.size() > most) {
        found.erase(found.begin(), found.end() - static_cast<std::ptrdiff_t>(most));
    }
    return found;
}

bool KeyWindow::Log::isCut(Duration window) const
{
    return admitted.size() > most && now - admitted.front() < window;
}

KeyWindow::KeyWindow(Connection &connection, Partitions partitions)
    : m_connection(connection)
    , m_partitions(std::move(partitions))
{
}

void KeyWindow::read(const std::string &policy, const std::string &key, std::size_t most, std::function<void(const Log &)> done)
{
    const auto log = std::make_shared<Log>();
    log->most = most;
    readServerTime(m_connection, [log](Instant now) { log->now = std::chrono::floor<Duration>(now); });
    m_connection.call({"LRANGE", m_partitions.of(key).log(policy, key), std::to_string(-static_cast<std::int64_t>(most) - 1), "-1"},
        [log, done = std::move(done)](const Reply &reply) {
            log->isBucket = reply.startsWith("WRONGTYPE");
            if (reply.type == Reply::Type::Array) {
                const auto now = log->now.time_since_epoch() / Duration(1);
                for (const auto &item : reply.items) {
                    std::int64_t stamp = 0;
                    std::from_chars(item.text.data(), item.text.data() + item.text.size(), stamp);
                    log->admitted.push_back(log->now - Duration(ageOf(stamp, now)));
                }
            } else if (!log->isBucket) {
                log->error = explainError(reply);
                log->failure = reply;
            }
            done(*log);
        });
}

} // namespace rateguard
