// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The RateGuard authors
#pragma once

#include <cstdint>
#include <string>

namespace rateguard {

// What a busy crowd of services would publish, made before the clock starts: batches of 64 decisions. Most are of keys that
// take turns, so that all of them are known after one round; some of a thousand hot keys, half of them rejected; one in each
// batch of the key `marked`, the most rejected of all.
//
// How much `marked` has used is the time of day at which that was first said, in ms (see markedNow), anew every 200 to 400 ms:
// whoever shows it shows how old it is.
struct EventLoad
{
    std::uint32_t keys = 1'000'000;
    std::uint32_t perSecond = 200'000; // decisions
    static constexpr std::uint32_t perBatch = 64;
};

std::uint32_t markedNow();

// Publishes to the Redis behind this unix socket until standard input is closed; then prints how many decisions a second it
// managed. Returns an exit code.
int writeEvents(const std::string &socket, const EventLoad &load);

} // namespace rateguard
