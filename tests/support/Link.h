// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The RateGuard authors
#pragma once

#include "support/TestRedis.h"

#include <optional>

namespace rateguard {

// A connection that is live, its library, and a way to wait for what a store answers.
struct Link
{
    explicit Link(const RedisUrl &url)
        : connection(url, "link")
        , library(connection)
    {
        connection.open();
        if (!QTest::qWaitFor([this] { return connection.isLive(); })) {
            qFatal("no connection: %s", qPrintable(connection.detail()));
        }
    }

    // What `start` hands to the callback that it is given.
    template <typename T, typename Start>
    static T wait(Start start)
    {
        std::optional<T> answer;
        start([&answer](const T &value) { answer = value; });
        if (!QTest::qWaitFor([&] { return answer.has_value(); }, 20'000)) {
            qFatal("no answer");
        }
        return *answer;
    }

    // Waits for the answer; the library is loaded when it is missing.
    Reply call(const Connection::Arguments &arguments)
    {
        return wait<Reply>([&](auto done) { library.call(arguments, done); });
    }

    Connection connection;
    Library library;
};

} // namespace rateguard
