// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The RateGuard authors
#pragma once

#include "engine/ConnectionStep.h"
#include "redis/Connection.h"
#include "redis/Keyspace.h"

#include <array>

namespace rateguard {

// Goes the whole way to a Redis, step by step, and says how far it came: over connections of its own, which it closes at the
// end. Writes nothing, loads nothing. Lives on the thread that made it; never blocks; the slowest step ends within 6 s.
class ConnectionTest : public QObject
{
    Q_OBJECT

public:
    using What = ConnectionStep::What;
    using State = ConnectionStep::State;

    static constexpr int pings = 10;

    explicit ConnectionTest(QObject *parent = nullptr);
    ~ConnectionTest() override;

    // Ends the test before. Without an address only the first step is taken, and failed with `problem`.
    void start(const std::optional<RedisUrl> &url, const QString &problem = {});
    void cancel();
    bool isRunning() const { return m_isRunning; }

signals:
    void stepChanged(const rateguard::ConnectionStep &step);
    void finished(bool passed); // no step failed

private:
    void begin(What what);
    void end(What what, State state, const QString &detail);
    void finish();
    void onState();
    void onLive();
    void findLibrary();
    void askToLoad();
    void listen();
    void onListening();
    void askRights();
    void ping();

    RedisUrl m_url;
    Partitions m_partitions;
    std::unique_ptr<Connection> m_commands;
    std::unique_ptr<Connection> m_subscriber;
    std::array<ConnectionStep, ConnectionStep::count> m_steps;
    QElapsedTimer m_clock; // of the step
    What m_at = What::Address;
    std::vector<std::chrono::microseconds> m_roundTrips;
    bool m_isRunning = false;
};

} // namespace rateguard
