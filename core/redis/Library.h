// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The RateGuard authors
#pragma once

#include "redis/Connection.h"
#include "redis/Keyspace.h"

namespace rateguard {

// The functions of rateguard.lua on one connection. Whoever first misses the library loads it and calls again: a call
// that found no function has not happened. An older library is replaced, a newer one left alone.
// Lives on the connection's thread; the connection must outlive it.
class Library
{
public:
    // With mayLoad false nothing is ever written: a missing library is an error for the caller.
    explicit Library(Connection &connection, bool mayLoad = true);
    explicit Library(Caller caller, bool mayLoad = true);

    // Like Connection::call, for FCALL.
    void call(const Connection::Arguments &arguments, Connection::Callback callback);

    // Asks for the events that wait, and for more to come: {server time in us, EventIntake::pending or empty}. Writes nothing.
    void listen(const Keyspace &names, Connection::Callback callback);

    // Replaces an older library; to be called once per connection, before other calls count.
    void update(std::function<void(QString error)> done);

    // The text and the version that these programs carry.
    static const std::string &text();
    static int version();

private:
    void load(bool replace, std::function<void(const Reply &)> done);

    Caller m_caller;
    bool m_mayLoad;
};

// True when Redis has no library of ours (yet).
bool isLibraryMissing(const Reply &reply);

} // namespace rateguard
