// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The RateGuard authors
#pragma once

#include "feed/ServerClock.h"

#include "redis/OverrideLookup.h"

#include <QObject>

#include <deque>

namespace rateguard {

// Edits of single keys, from the moment they are asked for to what became of them. A lost answer is Unknown until Redis, when
// it is back, tells what it holds; nothing is sent twice. Lives on the feed thread; connection and store must outlive it.
class KeyEdits : public QObject
{
    Q_OBJECT

public:
    static constexpr std::size_t maxOpen = 1000;
    static constexpr std::chrono::milliseconds patience {3000};

    KeyEdits(Connection &connection, OverrideStore &store, const ServerClock &clock, bool isReadOnly);

    void setPartitions(const Partitions &partitions) { m_lookup.setPartitions(partitions); }
    void submit(const OverrideEdit &edit);
    // Redis is back: looks up what has no answer.
    void live();
    // Takes over from a connection that was replaced: what had no answer yet is Unknown now, and with `sameRedis` looked up.
    void inherit(KeyEdits &before, bool sameRedis);
    // What became of edits since the last call.
    std::vector<OverrideOutcome> takeNews();

signals:
    // Redis, or we ourselves, said what became of it.
    void answered(const rateguard::OverrideOutcome &outcome);

private:
    struct Open
    {
        OverrideEdit edit;
        Instant sent;
        bool isUnknown = false;
    };

    Open *find(std::uint64_t id);
    void outcome(OverrideOutcome outcome);
    void refuse(const OverrideEdit &edit, EditOutcome::Cause cause, const QString &why);
    void giveUpWaiting(std::uint64_t id);

    Connection &m_connection;
    OverrideStore &m_store;
    const ServerClock &m_clock;
    OverrideLookup m_lookup;
    bool m_isReadOnly;
    std::deque<Open> m_open;
    std::vector<OverrideOutcome> m_news;
};

// The name that events give a key of more than 256 bytes: its first 200, '~' and a SHA-1. Nobody may be asked about it.
bool isShortenedKey(std::string_view key);

} // namespace rateguard
