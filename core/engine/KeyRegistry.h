// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The RateGuard authors
#pragma once

#include "engine/HistoryPool.h"
#include "engine/KeyRecord.h"
#include "engine/KeySource.h"
#include "engine/PolicyTraffic.h"

namespace rateguard {

// Everything the dashboard knows of each key: totals, rates, how full the window is, a history for the chart.
//
// Bounded, whatever strangers call their keys. A key that was quiet for `idle` is removed. When `maxKeys` are known, a
// new one takes the place of the least recently seen if that one was quiet for 10 s; otherwise its requests are
// only counted as "other", and under its policy. At most `maxHistories` keys have a history: a key gets one with
// its second request, or when it is asked for; then, if all are lent, a key that was quiet for longer goes without.
//
// Memory: below 220 bytes a key, its text and 16 bytes more, and 2 KB for each history. Time is the server's, in the
// events and in collect(). Not thread-safe; lives on the feed thread. record() is O(1) and allocates only for new keys.
class KeyRegistry : public KeySource
{
public:
    struct Options
    {
        std::size_t maxKeys = 100'000;
        Duration idle = std::chrono::minutes(5); // more than a history reaches back
        std::size_t maxHistories = 20'000;
        double nearShare = 0.8; // of the limit; from here on a key is Near
        std::size_t maxPolicies = 10'000;
    };

    KeyRegistry();
    explicit KeyRegistry(const Options &options);

    // True: the key was over a limit, now or before, or it is not known.
    bool record(const DecisionEvent &event);
    // What somebody found a key to have used at that time, without a request: of its window, or of another. Of a key that
    // has been heard of since, it is no news.
    void observe(std::string_view policy, std::string_view key, std::uint32_t used, const Limit &limit, Instant at);

    // We could not listen in between: no rate counts that time, and no minute shows it as silence.
    void gap(Instant from, Instant to) { m_listening.gap(from, to); }
    const Listening &listening() const { return m_listening; }

    void setNearShare(double share) { m_options.nearShare = share; }
    // Who is banned or exempt by now. O(overrides). Of others it is known only while their own requests say so.
    void setOverrides(const std::vector<KeyOverride> &all);

    // Forgets what is idle, a few thousand at most, and fills in keysKnown, otherRates, otherRequests.
    void collect(Instant now, Snapshot &out);

    // Also does what time alone calls for: empties a window that is over, takes back a history that shows nothing any more,
    // corrects a stamp that lied. Whoever looks at all keys now and then keeps the house.
    bool look(std::uint32_t id, Instant now, KeyView &out) override;
    std::uint32_t places() const override { return m_places; }
    std::uint32_t births() const override { return m_births; }
    std::uint64_t changes() const override { return m_changes; }
    std::uint32_t find(std::string_view policy, std::string_view key) override;
    std::vector<MinuteSlice> minute(std::uint32_t id, Instant now) override;

    // Nothing when the key is not known (or maxHistories is 0). Valid until the next call of record() or collect().
    const TrafficHistory *history(std::string_view policy, std::string_view key);

    const TrafficHistory *policyHistory(std::string_view policy) { return m_policies.history(policy); } // null: none is kept
    bool knowsPolicy(std::string_view policy) const { return m_policies.find(policy) != none; }
    // When last a key, or a policy, was turned away or forgotten for want of room: until then something may have come that no
    // history knows of.
    Instant crowded() const { return m_crowded; }
    Instant policiesCrowded() const { return m_policies.crowded(); }

    Rates policyRates(std::string_view policy, Instant now) const;
    std::size_t size() const { return m_index.size(); }

private:
    static constexpr std::size_t pageSize = 1024;

    KeyRecord &at(std::uint32_t id) { return (*m_pages[id / pageSize])[id % pageSize]; }
    std::string_view nameOf(std::string_view policy, std::string_view key);
    std::uint32_t find(std::size_t hash, std::string_view name, std::size_t policySize);
    std::uint32_t add(const DecisionEvent &event, std::size_t hash, std::string_view name);
    std::uint32_t place();
    void remove(std::uint32_t id);
    void link(std::uint32_t id);
    void unlink(std::uint32_t id);
    void recordPolicy(KeyRecord &entry, const DecisionEvent &event);
    void remember(std::uint32_t id, const DecisionEvent &event);
    void giveHistory(std::uint32_t id);
    void takeBackHistory();
    void keepHouse(KeyRecord &entry, Instant now);

    Options m_options;
    KeyHash m_hash;
    KeyIndex m_index;
    std::vector<std::unique_ptr<std::array<KeyRecord, pageSize>>> m_pages;
    std::vector<std::uint32_t> m_free;
    std::uint32_t m_places = 0; // that were ever used
    std::uint32_t m_newest = none;
    std::uint32_t m_oldest = none;
    std::uint32_t m_births = 0;
    std::uint64_t m_changes = 0;
    StandingBook m_standings;
    HistoryPool m_histories;
    PolicyTraffic m_policies;
    RateWindow m_other;
    std::uint64_t m_otherRequests = 0;
    Listening m_listening;
    Instant m_crowded; // the last event that there was no room for, or only another key's
    Instant m_tidied; // when unused policies were last forgotten
    std::uint32_t m_takeFrom = 0;
    std::string m_name; // memory for names, used again
};

} // namespace rateguard
