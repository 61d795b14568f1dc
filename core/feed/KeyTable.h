// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The RateGuard authors
#pragma once

#include "engine/KeyOrder.h"
#include "feed/KeyFilter.h"

#include <QDeadlineTimer>

#include <atomic>

namespace rateguard {

// Answers what the key table wants to see of any number of keys, in filtered and sorted order, without ever holding up its
// thread: it walks all keys in small slices, has them sorted by a thread of the pool, and hands out the rows that are on
// screen with their figures of now. In the same walk it counts and finds the worst.
//
// Up to `small` places all is done at once and always current. Beyond, the order is made anew as often as a tenth of a core
// allows, and a hundredth while nothing happens. Lives on one thread.
class KeyTable
{
public:
    static constexpr std::uint32_t small = 20'000;
    static constexpr std::uint32_t piece = 20'000; // rows taken at a time
    static constexpr std::size_t ranked = 10;

    explicit KeyTable(KeySource &keys) : m_keys(keys) { }

    // The rows, as far as the order is known, and the lists and counts of all keys.
    void fill(const SnapshotRequest &request, Instant now, Snapshot &out);
    // A slice of what is to be done; false when there is nothing for now. To be called again and again.
    bool work(QDeadlineTimer slice);
    bool hasOrder() const { return m_done != nullptr; }

private:
    using Best = std::vector<std::pair<double, std::uint32_t>>; // by id
    struct Walk
    {
        TableWish wish;
        std::string filter; // in force
        std::uint64_t number = 0; // of the walk
        KeyOrder order;
        std::uint32_t next = 0; // id
        std::uint32_t births = 0; // keys that came later are not in it
        std::uint64_t changes = 0;
        std::uint64_t throttled = 0;
        std::uint64_t shadowed = 0;
        std::uint64_t near = 0;
        Best rejected;
        Best watched; // those that would be rejected
        Best nearest;
        std::int64_t cost = 0; // ns, so far
        std::atomic<bool> sorted = false; // by the other thread
    };
    using WalkPtr = std::shared_ptr<Walk>;

    void want(const TableWish &wish);
    bool isDue() const;
    bool isQuiet() const; // nothing happened for so long that all rates are zero
    void begin();
    bool walk(const QDeadlineTimer &slice); // true: all keys are seen
    void see(const KeyView &key, Walk &walk) const;
    void take(WalkPtr walk);
    KeyEntry entry(std::uint32_t id, std::uint32_t births);
    void fillRows(const SnapshotRequest &request, Snapshot &out);
    void fillTaken(const TableWish &wish, Snapshot &out);
    void rank(Snapshot &out);
    void addOver(const Best &best, Snapshot &out);

    KeySource &m_keys;
    TableWish m_wish; // sort and filter that are wanted
    KeyFilter m_filter; // the last one that was one
    std::string m_filterText;
    std::optional<FilterProblem> m_problem;
    Instant m_now;
    WalkPtr m_walk; // under way
    bool m_sorting = false; // it is with the other thread
    WalkPtr m_done; // in force; null: none yet
    QDeadlineTimer m_rest {0}; // until the next one
    QDeadlineTimer m_quiet {0}; // in a while, unless something happens
    std::uint64_t m_walks = 0;
    std::string m_selectedPolicy;
    std::string m_selectedKey;
    std::uint32_t m_selectedRow = KeySource::none;
    std::uint64_t m_selectedIn = 0; // the walk that m_selectedRow is of
    WalkPtr m_taken; // the order that is being taken out
    std::uint32_t m_take = 0;
};

} // namespace rateguard
