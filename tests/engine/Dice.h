// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The RateGuard authors
#pragma once

#include <QTest>

#include <cstdlib>
#include <random>

// A seed for a randomised test, printed so that a failure can be repeated: RATEGUARD_SEED=... ctest -R ...
inline std::uint64_t seedOfTheDay()
{
    const char *wish = std::getenv("RATEGUARD_SEED");
    const auto seed = wish ? std::strtoull(wish, nullptr, 10) : std::uint64_t {std::random_device()()};
    qInfo("RATEGUARD_SEED=%llu", static_cast<unsigned long long>(seed));
    return seed;
}

// Small draws, the same on every machine.
class Dice
{
public:
    explicit Dice(std::uint64_t seed)
        : m_source(seed)
    {
    }

    // From `low` to `high`, both included.
    std::int64_t operator()(std::int64_t low, std::int64_t high)
    {
        return low + static_cast<std::int64_t>(m_source() % static_cast<std::uint64_t>(high - low + 1));
    }
    bool oneIn(std::int64_t n) { return (*this)(1, n) == 1; }

private:
    std::mt19937_64 m_source;
};
