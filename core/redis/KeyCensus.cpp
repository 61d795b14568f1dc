// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The RateGuard authors
#include "redis/KeyCensus.h"

namespace rateguard {

namespace {

constexpr std::size_t longestName = 4096; // beyond it a key is not worth its way through the network

} // namespace

KeyCensus::KeyCensus(Connection &connection, Library &library, Found found)
    : m_connection(connection)
    , m_library(library)
    , m_found(std::move(found))
{
    m_next.setSingleShot(true);
    m_next.setInterval(pause);
    QObject::connect(&m_next, &QTimer::timeout, &m_next, [this] { scan(); });
}

void KeyCensus::start(const Partitions &partitions, std::size_t most)
{
    m_next.stop();
    m_partitions = partitions;
    m_cursor = "0";
    m_left = most;
    ++m_walk;
    scan();
}

void KeyCensus::scan()
{
    const auto match = "{" + m_partitions.prefix() + ":*}:log:*";
    m_connection.call({"SCAN", m_cursor, "MATCH", match, "COUNT", std::to_string(step)}, [this, walk = m_walk](const Reply &reply) {
        // Without the right to, or without a connection, there is no census; what happens from now on is seen all the same.
        if (walk != m_walk || !reply.hasItems(2)) {
            return;
        }
        for (const auto &log : reply.items[1].items) {
            if (m_left > 0 && log.text.size() <= longestName) {
                --m_left;
                look(log.text);
            }
        }
        m_cursor = reply.items[0].text;
        if (m_cursor != "0" && m_left > 0) {
            m_next.start();
        }
    });
}

// "{PREFIX:P}:log:POLICY:KEY"
void KeyCensus::look(const std::string &log)
{
    constexpr std::string_view mark = "}:log:";
    const auto end = log.find(mark);
    const auto tag = log.substr(0, end + 1);
    const auto from = end + mark.size();
    const auto colon = end == std::string::npos ? end : log.find(':', from);
    if (colon == std::string::npos) {
        return;
    }
    const auto policy = log.substr(from, colon - from);
    m_library.call({"FCALL_RO", "rateguard_peek", "2", tag + ":limits", log, policy}, [this, walk = m_walk, log, policy, colon](const Reply &reply) {
        const auto decision = reply.type == Reply::Type::String ? parseDecision(reply.text) : std::nullopt;
        if (walk == m_walk && decision) {
            m_found(policy, std::string_view(log).substr(colon + 1), *decision);
        }
    });
}

} // namespace rateguard
