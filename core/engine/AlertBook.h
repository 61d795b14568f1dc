// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The RateGuard authors
#pragma once

#include "engine/AlertAverage.h"
#include "engine/AlertFigures.h"
#include "engine/AlertPacer.h"

namespace rateguard {

// The alert rules and how each of them stands. Not thread-safe; a step costs O(rules * (policies + pieces of an average)).
// `now` is the server's time, which may jump; rules count the time that was watched: a step adds at most `longestStep`, so
// neither a clock that is set nor a laptop that slept raises anything.
class AlertBook
{
public:
    static constexpr Duration longestStep {5000};

    enum class State : std::uint8_t { Off, Ok, Pending, Firing, Snoozed };

    struct Status
    {
        AlertRule rule;
        State state = State::Off;
        std::optional<double> value; // now, or the mean that is compared; nothing: not known
        Duration held {0}; // while Pending or Firing: since when it is over the threshold
        Instant snoozedUntil; // while Snoozed; Instant::max(): until told
        std::string policy; // the key with the largest part in it, when one stands out
        std::string key; // bytes
    };

    void setRules(const std::vector<AlertRule> &rules); // instead of all there are
    std::vector<AlertRule> rules() const;
    std::uint32_t add(const AlertRule &rule); // its id
    void replace(const AlertRule &rule); // the one of that id, which starts over
    void remove(std::uint32_t id);
    void enable(std::uint32_t id, bool enabled);
    // Not a word of it until then; at the end it is told again if it still fires. Instant::max(): until wake.
    void snooze(std::uint32_t id, Instant until);
    void wake(std::uint32_t id);
    void startOver(); // another server: what fires is cleared, what waits to be told is not told

    void step(const AlertFigures &figures, Instant now);

    std::vector<Status> statuses() const; // in the order of the rules
    std::vector<AlertEvent> underway() const; // what was raised and has not ended, with the worst so far
    int firing() const; // without those that are snoozed
    int snoozed() const; // whether they would fire or not
    std::vector<AlertEvent> takeEvents(); // since the last time
    std::vector<AlertNotice> takeNotices();

private:
    enum class Phase : std::uint8_t { Calm, Pending, Firing };

    struct Entry
    {
        explicit Entry(const AlertRule &wanted) : rule(wanted), average(averagedOver(wanted)) { }

        AlertRule rule;
        AlertAverage average; // of the rates, for a rule that compares their mean
        Phase phase = Phase::Calm;
        Duration since {0}; // over the threshold
        std::optional<Duration> calmSince; // while firing
        std::optional<Instant> snoozedUntil;
        AlertReading reading;
        AlertEvent alert; // while firing
    };

    Entry *find(std::uint32_t id);
    static State stateOf(const Entry &entry, Duration held);
    AlertReading read(Entry &entry, const AlertFigures &figures, Duration passed) const;
    void advance(Entry &entry);
    void raise(Entry &entry);
    void clear(Entry &entry);
    double valueOf(const Entry &entry) const;

    std::vector<Entry> m_entries;
    std::vector<AlertEvent> m_events;
    AlertPacer m_pacer;
    std::uint32_t m_lastId = 0;
    std::uint32_t m_lastAlert = 0;
    Instant m_now;
    Duration m_watched {0};
    std::uint64_t m_decisions = 0; // of the step before
};

} // namespace rateguard
