// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The RateGuard authors
#include "Lane.h"

#include <hiredis/hiredis.h>

#include <algorithm>
#include <cmath>
#include <numeric>
#include <random>

namespace rateguard {

Lane::Lane(BenchServer &server, Contender contender, const Keys &keys, const std::vector<std::uint32_t> &order)
    : m_server(&server)
    , m_contender(std::move(contender))
    , m_keys(&keys)
    , m_order(&order)
{
}

std::size_t Lane::send(std::size_t decisions)
{
    std::size_t admitted = 0;
    for (std::size_t left = decisions; left > 0;) {
        const auto together = std::min(left, m_depth);
        for (std::size_t i = 0; i < together; ++i) {
            m_contender.fill(m_contender.words, (*m_keys)[(*m_order)[m_next]]);
            m_next = m_next + 1 == m_order->size() ? 0 : m_next + 1;
            m_server->append(m_contender.words);
        }
        for (std::size_t i = 0; i < together; ++i) {
            const auto reply = m_server->answer();
            if (reply->type == REDIS_REPLY_ERROR) {
                throw BenchError(name() + ": " + reply->str);
            }
            admitted += m_contender.admitted && m_contender.admitted(*reply) ? 1 : 0;
        }
        left -= together;
    }
    return admitted;
}

void Lane::decide(std::size_t decisions)
{
    const auto before = m_server->cpu();
    m_allAdmitted += send(decisions);
    m_spent += m_server->cpu() - before;
    m_decided += decisions;
    m_allDecided += decisions;
}

void Lane::endRound()
{
    m_rounds.push_back(m_spent / static_cast<double>(m_decided));
    m_spent = 0;
    m_decided = 0;
}

std::optional<double> Lane::admittedShare() const
{
    if (!m_contender.admitted) {
        return std::nullopt;
    }
    return static_cast<double>(m_allAdmitted) / static_cast<double>(std::max<std::size_t>(m_allDecided, 1));
}

void race(std::span<Lane> lanes, std::size_t decisions, std::size_t turn)
{
    for (std::size_t done = 0; done < decisions; done += turn) {
        for (auto &lane : lanes) {
            lane.decide(std::min(turn, decisions - done));
        }
    }
    for (auto &lane : lanes) {
        lane.endRound();
    }
}

const Lane *find(std::span<const Lane> lanes, Role role)
{
    const auto at = std::find_if(lanes.begin(), lanes.end(), [role](const Lane &lane) { return lane.role() == role; });
    return at == lanes.end() ? nullptr : &*at;
}

double median(std::vector<double> values)
{
    std::sort(values.begin(), values.end());
    const auto middle = values.size() / 2;
    return values.size() % 2 ? values[middle] : (values[middle - 1] + values[middle]) / 2;
}

std::vector<double> ratios(const Lane &lane, const Lane &yardstick)
{
    std::vector<double> all;
    for (std::size_t i = 0; i < lane.microseconds().size(); ++i) {
        all.push_back(lane.microseconds()[i] / yardstick.microseconds()[i]);
    }
    return all;
}

double ratio(const Lane &lane, const Lane &yardstick)
{
    return median(ratios(lane, yardstick));
}

Keys namesOf(std::size_t count, std::string_view prefix)
{
    Keys names;
    for (std::size_t i = 0; i < count; ++i) {
        names.push_back(std::string(prefix) + std::to_string(100'000 + i * 7919 % count));
    }
    return names;
}

std::vector<std::uint32_t> zipfOrder(std::size_t count, std::size_t length)
{
    std::mt19937 source(1);
    std::vector<double> weights(count);
    for (std::size_t i = 0; i < count; ++i) {
        weights[i] = std::pow(static_cast<double>(i + 1), -0.6);
    }
    std::discrete_distribution<std::uint32_t> draw(weights.begin(), weights.end());
    std::vector<std::uint32_t> order(length);
    std::generate(order.begin(), order.end(), [&] { return draw(source); });
    return order;
}

std::vector<std::uint32_t> roundRobin(std::size_t count)
{
    std::vector<std::uint32_t> order(count);
    std::iota(order.begin(), order.end(), 0U);
    return order;
}

} // namespace rateguard
