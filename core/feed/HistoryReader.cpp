// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The RateGuard authors
#include "feed/HistoryReader.h"

#include <QCoreApplication>

#include <algorithm>
#include <utility>

namespace rateguard {

namespace {

struct Words
{
    Q_DECLARE_TR_FUNCTIONS(rateguard::HistoryReader)
};

} // namespace

HistoryReader::HistoryReader(Connection &connection, const ServerClock &clock, EditWitness::Seconds heard)
    : m_clock(clock)
    , m_audit(connection)
    , m_traffic(connection)
    , m_pace(every, [this] { m_audit.read({}, maxEntries, [this](const AuditLog::Page &page) { take(page); }); })
    , m_heard(std::move(heard))
{
    m_hearTimer.setInterval(1000);
    QObject::connect(&m_hearTimer, &QTimer::timeout, &m_hearTimer, [this] { hear(); });
    m_effectTimer.setInterval(10'000); // acts only when a minute is over
    QObject::connect(&m_effectTimer, &QTimer::timeout, &m_effectTimer, [this] { lookForEffects(); });
}

void HistoryReader::setPartitions(const Partitions &partitions)
{
    m_audit.setPartitions(partitions);
    m_traffic.setPartitions(partitions);
}

void HistoryReader::live()
{
    m_mayReadTraffic = true;
    m_pace.start();
    m_effectTimer.start();
}

void HistoryReader::lost()
{
    m_pace.stop();
    m_effectTimer.stop();
    m_due.clear();
}

void HistoryReader::take(const AuditLog::Page &page)
{
    if (page.error.isEmpty()) {
        auto before = std::exchange(m_history, {});
        auto known = std::exchange(m_known, {});
        m_history.entries = page.entries;
        m_history.effects.resize(page.entries.size());
        m_history.isComplete = page.isComplete;
        m_known.resize(std::min(page.entries.size(), maxEffects));
        const auto turns = keyTurns(page.entries);
        for (std::size_t i = 0; i < m_known.size(); ++i) {
            const auto end = before.entries.begin() + static_cast<std::ptrdiff_t>(known.size());
            const auto old = std::find(before.entries.begin(), end, page.entries[i]);
            if (old != end) {
                const auto place = static_cast<std::size_t>(old - before.entries.begin());
                m_history.effects[i] = before.effects[place];
                m_known[i] = known[place];
            }
            m_known[i].span = policySpan(page.entries, turns, i, EffectSpan::reach);
            const auto whole = effectSpan(page.entries, turns, i);
            if (std::exchange(m_known[i].whole, whole) != whole) { // it turned out late that something else changed
                m_known[i].minute = {};
                m_known[i].isSettled = false;
            }
        }
        m_isNew |= !m_current || before.entries != m_history.entries || before.isComplete != m_history.isComplete || !before.error.empty();
        lookForEffects();
        m_hearTimer.start();
        hear();
    } else if (!page.failure.isLost()) {
        auto error = (isRightsError(page.failure)
            ? Words::tr("This Redis user may not read the history of edits. Give it the rights of a viewer; rateguardctl acl print viewer prints them.")
            : Words::tr("The history of edits could not be read: %1").arg(page.error))
            .toStdString();
        m_isNew |= error != m_history.error || !m_current;
        m_history.error = std::move(error);
    }
    m_pace.done();
}

// Marks the policies of which a minute more is known than what was read.
void HistoryReader::lookForEffects()
{
    const auto running = std::chrono::floor<std::chrono::minutes>(m_clock.now().time_since_epoch());
    for (std::size_t i = 0; i < m_known.size() && m_mayReadTraffic; ++i) {
        const auto &entry = m_history.entries[i];
        auto &known = m_known[i];
        const bool isTooOld = entry.at.time_since_epoch() + EffectSpan::reach + std::chrono::minutes(1) < running - TrafficStore::longest;
        known.isSettled |= isTooOld || !isPolicyName(entry.policy);
        if (!known.isSettled && known.minute != running) {
            m_due.insert(entry.policy);
        }
        settle(i); // as time may be over for it
    }
    readEffects();
}

void HistoryReader::readEffects()
{
    if (m_isReadingEffects || m_due.empty()) {
        return;
    }
    const auto policy = std::move(m_due.extract(m_due.begin()).value());
    const auto running = std::chrono::floor<std::chrono::minutes>(m_clock.now().time_since_epoch());
    auto first = running;
    for (std::size_t i = 0; i < m_known.size(); ++i) {
        if (!m_known[i].isSettled && m_history.entries[i].policy == policy) {
            first = std::min(first, m_known[i].whole.first);
        }
    }
    m_isReadingEffects = true;
    // Two minutes more than it seems, as the server may be a little ahead of what we think.
    m_traffic.read(policy, running - first + std::chrono::minutes(2), [this, policy](const TrafficStore::Traffic &traffic) {
        m_isReadingEffects = false;
        take(policy, traffic);
        readEffects();
    });
}

void HistoryReader::take(const std::string &policy, const TrafficStore::Traffic &traffic)
{
    if (traffic.failure.isLost() || isRightsError(traffic.failure)) {
        m_mayReadTraffic = traffic.failure.isLost();
        m_due.clear();
        hear();
        return;
    }
    const auto running = traffic.minutes.back().minute;
    for (std::size_t i = 0; i < m_known.size(); ++i) {
        auto &known = m_known[i];
        if (known.isSettled || m_history.entries[i].policy != policy) {
            continue;
        }
        known.minute = running;
        if (!traffic.error.isEmpty()) {
            continue; // in a minute again
        }
        known.minutes = editEffect(known.whole, traffic.minutes);
        known.isSettled = running >= known.whole.end;
        settle(i);
    }
}

// Goes on while Redis is away as well: what we heard before counts.
void HistoryReader::hear()
{
    m_witness.look(m_history.entries, m_clock.now(), m_heard);
    for (std::size_t i = 0; i < m_known.size(); ++i) {
        settle(i);
    }
    if (!m_witness.isWatching()) {
        m_hearTimer.stop();
    }
}

// What a key's edit did is told by that key from the first second on, not by its policy, as long as the key was heard at all;
// of a policy minutes tell once they know more of both sides.
void HistoryReader::settle(std::size_t i)
{
    constexpr std::chrono::minutes patience {12}; // then it is late, not early
    const auto &edit = m_history.entries[i];
    const auto &known = m_known[i];
    const auto &minutes = known.minutes;
    const auto *heard = m_witness.find(edit);
    const auto now = m_clock.now();
    const auto soon = edit.at + EditWitness::enough + EditWitness::late + std::chrono::seconds(1);
    const bool isKnown = heard && heard->before + heard->after > std::chrono::seconds(0);
    const bool tellsEnough = heard && heard->after >= EditWitness::enough;
    const bool minutesKnowMore = heard && minutes.after >= heard->after && minutes.before >= heard->before;
    const bool isHeard = edit.key ? isKnown || (heard && now < soon) : tellsEnough ? !minutesKnowMore : isKnown && minutes.after.count() == 0;
    auto effect = isHeard ? *heard : minutes;
    if (isHeard && !tellsEnough) {
        effect.after = {};
        effect.rejectedAfter = effect.requestsAfter = 0;
    }
    if (!isHeard) {
        effect.end = known.span.to <= now ? known.span.end : std::nullopt;
    }
    const bool minutesMayCome = m_mayReadTraffic && !known.isSettled && known.whole.end > known.whole.edit + std::chrono::minutes(1);
    effect.isOpen = (heard && heard->isOpen) || (minutesMayCome && !(edit.key && isHeard));
    if (effect.after.count() == 0) {
        effect.isOpen = effect.isOpen && now < edit.at + patience;
        const auto first = heard ? soon : Instant(std::chrono::floor<std::chrono::minutes>(edit.at.time_since_epoch()) + std::chrono::minutes(2));
        effect.expected = effect.isOpen && !effect.end && now < first ? std::optional(std::chrono::floor<std::chrono::seconds>(first)) : std::nullopt;
    }
    m_isNew |= effect != m_history.effects[i];
    m_history.effects[i] = std::move(effect);
}

std::shared_ptr<const EditHistory> HistoryReader::current()
{
    if (std::exchange(m_isNew, false)) {
        m_current = std::make_shared<EditHistory>(m_history);
    }
    return m_current;
}

} // namespace rateguard
