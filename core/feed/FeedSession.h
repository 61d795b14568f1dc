// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The RateGuard authors
#pragma once

#include "feed/FeedAsks.h"
#include "feed/FeedWorker.h"
#include "feed/KeyDesk.h"
#include "redis/KeyCensus.h"
#include "redis/LimitLookup.h"
#include "redis/RightsProbe.h"

#include <QTimer>

namespace rateguard {

// All that belongs to one Redis, and goes with it. Lives on the feed thread.
struct FeedWorker::Session
{
    Session(FeedWorker &worker, const RedisUrl &target, const FeedOptions &options)
        : url(target)
        , subscriber(target, options.name + ":events")
        , commands(target, options.name + ":commands")
        , library(commands, !options.readOnly)
        , store(commands, library)
        , lookup(commands)
        , probe([this](const Arguments &arguments, ReplyCallback callback) { commands.call(arguments, std::move(callback)); })
        , census(commands, library, [this](std::string_view policy, std::string_view key, const Decision &decision) {
            if (key.size() > namedWhole) {
                return; // events call it otherwise: it would be two
            }
            const auto window = decision.why == Why::Ban ? Limit() : Limit {decision.limit, decision.window}; // a ban says nothing of what was used
            keys.observe(policy, key, window.count - std::min(window.count, decision.remaining), window, clock.now());
        })
        , keys({.maxKeys = options.maxKeys})
        , asks({subscriber, commands, library, clock, options.readOnly},
              {[this](const std::string &policy, const std::string &key) { return rowOf(policy, key); },
                  [this](const std::string &policy, const std::optional<std::string> &key) { return secondsOf(policy, key); }, rejections})
    {
        subscribe(worker, Partitions());
        listenTimer.setInterval(listenEvery);
        listTimer.setInterval(5000);
    }

    void subscribe(FeedWorker &worker, const Partitions &there)
    {
        partitions = there;
        store.setPartitions(there);
        lookup.setPartitions(there);
        asks.setPartitions(there);
        intakes = std::vector<EventIntake>(there.size());
        std::vector<std::string> channels;
        for (const auto &names : there) {
            channels.insert(channels.end(), {names.events, names.changes});
        }
        subscriber.setSubscription(channels, [&worker](std::string_view channel, std::string_view payload) { worker.onMessage(channel, payload); });
    }

    // Nothing was heard from deafSince on.
    void missed(Instant until)
    {
        history.gap(*deafSince, until, deafCause);
        keys.gap(*deafSince, until);
    }

    KeyRow rowOf(const std::string &policy, const std::string &key)
    {
        KeyView view;
        const auto id = keys.find(policy, key);
        return id != KeySource::none && keys.look(id, clock.now(), view) ? view.row : KeyRow();
    }

    // The last two minutes of a key, or of a whole policy, as far as we heard them. Not the last two seconds: what happened
    // in them may still come.
    std::vector<SecondCounts> secondsOf(const std::string &policy, const std::optional<std::string> &key);

    static constexpr std::size_t namedWhole = 256; // bytes of a key, by events

    Partitions partitions;
    std::vector<EventIntake> intakes; // one for each
    RedisUrl url;
    Connection subscriber; // listens
    Connection commands; // asks
    Library library;
    LimitStore store;
    LimitLookup lookup; // of edits whose answer was lost
    RightsProbe probe;
    Rights rights; // of this user, as far as they are known
    KeyCensus census; // of who has used what before we came
    ServerClock clock;
    KeyRegistry keys;
    KeyDesk desk {keys};
    LongHistory history;
    FollowedKeys followed;
    std::shared_ptr<const OverrideList> standing; // that the keys were told of
    RejectionBook rejections;
    FeedAsks asks;
    RateWindow rates;
    Counts total;
    PolicyBook policies;
    EditTracker edits;
    QTimer listenTimer;
    QTimer listTimer;
    std::uint64_t malformed = 0;
    Duration lag {0};
    std::optional<Instant> deafSince = Instant(); // we could not listen from here on
    GapCause deafCause = GapCause::NotWatching;
    bool reached = false;
    bool started = false;
    std::size_t asking = 0; // partitions that have not answered yet
    bool listing = false;
    bool listAgain = false;
    bool policiesChanged = true;
    QString trouble; // of the limits; the connection itself is fine
    QString unreadable; // of the latest decisions
};

} // namespace rateguard
