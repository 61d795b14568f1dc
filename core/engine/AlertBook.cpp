// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The RateGuard authors
#include "engine/AlertBook.h"

#include <algorithm>
#include <utility>

namespace rateguard {

void AlertBook::setRules(const std::vector<AlertRule> &rules)
{
    startOver();
    m_entries.clear();
    for (const AlertRule &rule : rules)
        add(rule);
}

std::vector<AlertRule> AlertBook::rules() const
{
    std::vector<AlertRule> all;
    for (const Entry &entry : m_entries)
        all.push_back(entry.rule);
    return all;
}

std::uint32_t AlertBook::add(const AlertRule &rule)
{
    Entry entry(rule);
    entry.rule.id = ++m_lastId;
    m_entries.push_back(std::move(entry));
    return m_lastId;
}

void AlertBook::replace(const AlertRule &rule)
{
    Entry *entry = find(rule.id);
    if (!entry)
        return;
    clear(*entry);
    const auto snoozed = entry->snoozedUntil;
    *entry = Entry(rule);
    entry->snoozedUntil = snoozed;
}

void AlertBook::remove(std::uint32_t id)
{
    if (Entry *entry = find(id))
        clear(*entry);
    m_pacer.drop(id);
    std::erase_if(m_entries, [id](const Entry &entry) { return entry.rule.id == id; });
}

void AlertBook::enable(std::uint32_t id, bool enabled)
{
    Entry *entry = find(id);
    if (!entry || entry->rule.enabled == enabled)
        return;
    clear(*entry);
    m_pacer.drop(id);
    entry->rule.enabled = enabled;
    entry->reading = {};
    entry->average.clear();
    entry->snoozedUntil.reset();
}

void AlertBook::snooze(std::uint32_t id, Instant until)
{
    if (Entry *entry = find(id)) {
        entry->snoozedUntil = until;
        m_pacer.drop(id);
    }
}

void AlertBook::wake(std::uint32_t id)
{
    Entry *entry = find(id);
    if (!entry || !std::exchange(entry->snoozedUntil, std::nullopt))
        return;
    if (entry->phase == Phase::Firing)
        m_pacer.add(entry->alert, m_watched);
}

void AlertBook::startOver()
{
    for (Entry &entry : m_entries) {
        clear(entry);
        entry.average.clear();
    }
    m_pacer = {}; // what waits there to be told is of the one before
}

void AlertBook::step(const AlertFigures &figures, Instant now)
{
    const Duration passed = m_now == Instant() ? Duration(0) : std::clamp(std::chrono::duration_cast<Duration>(now - m_now), Duration(0), longestStep);
    m_watched += passed;
    m_now = now;
    for (Entry &entry : m_entries) {
        if (!entry.rule.enabled)
            continue;
        if (entry.snoozedUntil && now >= *entry.snoozedUntil)
            wake(entry.rule.id);
        entry.reading = read(entry, figures, passed);
        advance(entry);
    }
    m_decisions = figures.decisions;
}

AlertReading AlertBook::read(Entry &entry, const AlertFigures &figures, Duration passed) const
{
    const Rates rates = alertRates(entry.rule, figures);
    if (!isAveraged(entry.rule.kind))
        return readAlert(entry.rule, figures, rates, m_decisions);
    if (!figures.live) {
        entry.average.clear();
        return {};
    }
    entry.average.add(rates, passed);
    const std::optional<Rates> mean = entry.average.mean();
    return mean ? readAlert(entry.rule, figures, *mean, m_decisions) : AlertReading();
}

void AlertBook::advance(Entry &entry)
{
    const AlertRule &rule = entry.rule;
    if (!entry.reading.value) { // unknown is neither good nor bad
        entry.calmSince.reset();
        if (entry.phase == Phase::Pending)
            entry.phase = Phase::Calm;
        if (rule.kind == AlertKind::Disconnected) // the server that fell silent was left
            clear(entry);
        return;
    }
    const double value = *entry.reading.value;
    if (entry.phase == Phase::Firing) {
        entry.alert.value = std::max(entry.alert.value, valueOf(entry));
        if (value > rule.clearAt) {
            entry.calmSince.reset();
            return;
        }
        if (!entry.calmSince)
            entry.calmSince = m_watched;
        // A decision, or an answer, ends a silence for good: the next one takes its time again.
        if (!hasThreshold(rule.kind) || m_watched - *entry.calmSince >= rule.hold)
            clear(entry);
        return;
    }
    if (value <= rule.threshold) {
        entry.phase = Phase::Calm;
        return;
    }
    if (entry.phase == Phase::Calm) {
        entry.phase = Phase::Pending;
        entry.since = m_watched;
    }
    if (isAveraged(rule.kind) ? entry.average.isFull() : m_watched - entry.since >= rule.hold)
        raise(entry);
}

void AlertBook::raise(Entry &entry)
{
    entry.phase = Phase::Firing;
    entry.calmSince.reset();
    entry.alert = {AlertEvent::What::Raised, entry.rule.id, ++m_lastAlert, m_now, valueOf(entry), entry.reading.policy, entry.reading.key};
    m_events.push_back(entry.alert);
    if (!entry.snoozedUntil)
        m_pacer.add(entry.alert, m_watched);
}

void AlertBook::clear(Entry &entry)
{
    if (entry.phase == Phase::Firing) {
        AlertEvent end = entry.alert;
        end.what = AlertEvent::What::Cleared;
        end.at = m_now;
        m_events.push_back(end);
    }
    entry.phase = Phase::Calm;
    entry.calmSince.reset();
}

double AlertBook::valueOf(const Entry &entry) const
{
    if (!hasThreshold(entry.rule.kind))
        return std::chrono::duration<double>(m_watched - entry.since).count();
    return entry.reading.value.value_or(0);
}

std::vector<AlertBook::Status> AlertBook::statuses() const
{
    std::vector<Status> all;
    for (const Entry &entry : m_entries) {
        Status status;
        status.rule = entry.rule;
        status.value = entry.reading.value;
        status.held = entry.phase == Phase::Calm ? Duration(0) : m_watched - entry.since;
        status.snoozedUntil = entry.snoozedUntil.value_or(Instant());
        status.policy = entry.reading.policy;
        status.key = entry.reading.key;
        status.state = stateOf(entry, status.held);
        all.push_back(std::move(status));
    }
    return all;
}

AlertBook::State AlertBook::stateOf(const Entry &entry, Duration held)
{
    // Between two decisions there is always some silence: not worth a word at first.
    const Duration first = entry.rule.kind == AlertKind::Silence ? std::min<Duration>(entry.rule.hold / 2, Duration(5000)) : Duration(0);
    if (!entry.rule.enabled)
        return State::Off;
    if (entry.snoozedUntil)
        return State::Snoozed;
    if (entry.phase == Phase::Firing)
        return State::Firing;
    return entry.phase == Phase::Pending && held >= first ? State::Pending : State::Ok;
}

std::vector<AlertEvent> AlertBook::underway() const
{
    std::vector<AlertEvent> all;
    for (const Entry &entry : m_entries) {
        if (entry.phase != Phase::Firing)
            continue;
        all.push_back(entry.alert);
        all.back().isSnoozed = entry.snoozedUntil.has_value();
    }
    return all;
}

int AlertBook::snoozed() const
{
    const auto count = std::count_if(m_entries.begin(), m_entries.end(), [](const Entry &entry) { return entry.snoozedUntil.has_value(); });
    return static_cast<int>(count);
}

int AlertBook::firing() const
{
    const auto count = std::count_if(m_entries.begin(), m_entries.end(),
                                     [](const Entry &entry) { return entry.phase == Phase::Firing && !entry.snoozedUntil; });
    return static_cast<int>(count);
}

std::vector<AlertEvent> AlertBook::takeEvents()
{
    return std::exchange(m_events, {});
}

std::vector<AlertNotice> AlertBook::takeNotices()
{
    return m_pacer.take(m_watched);
}

AlertBook::Entry *AlertBook::find(std::uint32_t id)
{
    const auto found = std::find_if(m_entries.begin(), m_entries.end(), [id](const Entry &entry) { return entry.rule.id == id; });
    return found == m_entries.end() ? nullptr : &*found;
}

} // namespace rateguard
