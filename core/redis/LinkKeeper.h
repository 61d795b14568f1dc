// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The RateGuard authors
#pragma once

#include "redis/Keyspace.h"
#include "redis/RedisUrl.h"
#include "redis/ServiceOptions.h"
#include "redis/SharedLink.h"

#include <thread>

namespace rateguard {

// Keeps a link to Redis up, on a thread of its own: connects, logs in, updates the library, reads the layout, notices when the
// link breaks even while nobody calls, and tries again with growing pauses. Thread-safe. The thread sleeps while all is well.
class LinkKeeper
{
public:
    struct Line
    {
        explicit Line(std::unique_ptr<BlockingSocket> socket) : link(std::move(socket)) { }

        SharedLink link;
        Partitions partitions;
    };
    using LinePtr = std::shared_ptr<Line>;
    using Task = std::function<void(Line *)>;

    static constexpr std::chrono::milliseconds connectWithin {3000};

    // `onLive` is called on the keeper's thread, each time before the first caller gets a new line.
    LinkKeeper(RedisUrl url, ServiceOptions options, std::function<void()> onLive);
    ~LinkKeeper();

    // The line. While one is being made this waits for it, until the deadline; null with `why` when there is none.
    LinePtr line(Instant deadline, std::string &why);
    // Does something on the keeper's thread, soon; with null when there is no line then. Not after stop().
    void post(Task task);
    // Ends the line and all waiting. No line comes any more.
    void stop();

private:
    enum class State { Connecting, Live, Down, Stopped };

    void run();
    LinePtr connect(QString &error);
    void attend(const LinePtr &line); // until it breaks
    void runTasks(Line *line);
    void rest(int attempts);
    bool enter(State state, LinePtr line, const QString &why);
    bool isStopped();

    const RedisUrl m_url;
    const ServiceOptions m_options;
    const std::function<void()> m_onLive;
    std::mutex m_mutex;
    std::condition_variable m_changed;
    State m_state = State::Connecting;
    LinePtr m_line; // live
    LinePtr m_candidate; // being prepared
    std::string m_why;
    std::vector<Task> m_tasks;
    int m_bell; // an eventfd: tasks, or the end
    std::thread m_thread; // last: it uses all of the above
};

} // namespace rateguard
