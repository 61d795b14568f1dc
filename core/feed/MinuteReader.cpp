// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The RateGuard authors
#include "feed/MinuteReader.h"

namespace rateguard {

MinuteReader::MinuteReader(Connection &connection)
    : m_store(connection)
{
    m_minuteOver.setSingleShot(true);
    m_minuteOver.setInterval(62'000); // the minute, and the half second until the last of it is written, and a little
    QObject::connect(&m_minuteOver, &QTimer::timeout, &m_minuteOver, [this] { begin(m_nextSpan); });
}

void MinuteReader::start(std::vector<std::string> policies)
{
    if (policies.size() > maxPolicies) {
        lost();
        return;
    }
    m_policies = std::move(policies);
    m_nextSpan = std::chrono::minutes(4);
    m_since = {}; // that may be another server, or one that lost what it knew
    m_minuteOver.start();
    begin(MinuteBook::longest);
}

void MinuteReader::lost()
{
    m_minuteOver.stop();
    ++m_reading;
}

void MinuteReader::begin(std::chrono::minutes span)
{
    ++m_reading;
    m_next = 0;
    m_span = span + std::chrono::minutes(1); // the one that goes on does not count
    m_sum.clear();
    readNext();
}

void MinuteReader::readNext()
{
    if (m_next == m_policies.size()) {
        finish();
        return;
    }
    m_store.read(m_policies[m_next++], m_span, [this, number = m_reading](const TrafficStore::Traffic &traffic) {
        // What is known of some policies only would be a curve that lies.
        if (number == m_reading && traffic.error.isEmpty()) {
            add(traffic.minutes);
            readNext();
        } else if (number == m_reading && !traffic.failure.isLost()) {
            m_nextSpan = m_span; // all of it again, in a minute
            m_minuteOver.start();
        }
    });
}

void MinuteReader::finish()
{
    if (m_sum.empty()) {
        return;
    }
    m_store.readSince(m_sum.front().minute, [this, number = m_reading](const RecordedSince &since) {
        if (number != m_reading) {
            return;
        }
        m_since.up = since.up;
        if (since.trace) {
            m_since.found(*since.trace);
        }
        m_since.findIn(m_sum);
        // The last one, which goes on, stays: it tells the time.
        std::erase_if(m_sum, [this, running = m_sum.back().minute](const MinuteCounts &counts) { return counts.minute != running && !m_since.isKnown(counts); });
        m_book.put(m_sum);
    });
}

// A minute that began while we were reading is not known of all policies.
void MinuteReader::add(const std::vector<MinuteCounts> &minutes)
{
    if (m_sum.empty()) {
        m_sum = minutes;
        return;
    }
    if (minutes.front().minute > m_sum.front().minute) {
        m_sum.erase(m_sum.begin()); // it is too old by now to be known of all
    }
    const auto first = m_sum.empty() ? minutes.front().minute : m_sum.front().minute;
    for (const auto &counts : minutes) {
        const auto place = static_cast<std::size_t>((counts.minute - first).count());
        if (counts.minute >= first && place < m_sum.size()) {
            m_sum[place].add(counts);
        }
    }
}

} // namespace rateguard
