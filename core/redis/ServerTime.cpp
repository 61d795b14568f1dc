// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The RateGuard authors
#include "redis/ServerTime.h"

namespace rateguard {

void readServerTime(Connection &connection, std::function<void(Instant)> done)
{
    connection.call({"TIME"}, [done = std::move(done)](const Reply &reply) {
        using namespace std::chrono;
        if (!reply.hasItems(2)) {
            done(floor<microseconds>(system_clock::now()));
            return;
        }
        const auto number = [&](std::size_t i) { return std::strtoll(reply.items[i].text.c_str(), nullptr, 10); };
        done(Instant(seconds(number(0)) + microseconds(number(1))));
    });
}

} // namespace rateguard
