// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The RateGuard authors
#pragma once

#include "Contender.h"

#include <cstdint>
#include <span>

namespace rateguard {

using Keys = std::vector<std::string>;

// Who decides about which keys in which order, and what that has cost so far.
class Lane
{
public:
    Lane(BenchServer &server, Contender contender, const Keys &keys, const std::vector<std::uint32_t> &order);

    Role role() const { return m_contender.role; }
    const std::string &name() const { return m_contender.name; }

    // The next `decisions` of the order, so many in flight. Throws BenchError when one of them is answered by an error.
    void decide(std::size_t decisions);
    // The same for what is only prepared and not measured.
    void prepare(std::size_t decisions) { send(decisions); }
    void setDepth(std::size_t depth) { m_depth = depth; } // 128 unless set

    // Ends a round: its figures go into the lists below.
    void endRound();

    const std::vector<double> &microseconds() const { return m_rounds; } // of server CPU per decision, one for each round
    std::optional<double> admittedShare() const; // of all that was measured; none when it decides nothing

private:
    std::size_t send(std::size_t decisions); // how many were admitted

    BenchServer *m_server;
    Contender m_contender;
    const Keys *m_keys;
    const std::vector<std::uint32_t> *m_order;
    std::size_t m_depth = 128;
    std::size_t m_next = 0;
    double m_spent = 0; // this round
    std::size_t m_decided = 0; // this round
    std::size_t m_allDecided = 0;
    std::size_t m_allAdmitted = 0;
    std::vector<double> m_rounds;
};

// One round: all lanes take turns of `turn` decisions until each has made `decisions`, so that whatever else the machine
// does meanwhile hits all alike.
void race(std::span<Lane> lanes, std::size_t decisions, std::size_t turn);

// The first lane of that role, or null.
const Lane *find(std::span<const Lane> lanes, Role role);

double median(std::vector<double> values);

// What `lane` costs in units of what `yardstick` cost in the same round: for each round, and the median.
std::vector<double> ratios(const Lane &lane, const Lane &yardstick);
double ratio(const Lane &lane, const Lane &yardstick);

Keys namesOf(std::size_t count, std::string_view prefix = "user:");

// An order in which `count` keys come: a few busy, most not (Zipf, exponent 0.6); or one after the other.
std::vector<std::uint32_t> zipfOrder(std::size_t count, std::size_t length);
std::vector<std::uint32_t> roundRobin(std::size_t count);

} // namespace rateguard
