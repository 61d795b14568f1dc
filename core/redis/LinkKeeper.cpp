// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The RateGuard authors
#include "redis/LinkKeeper.h"

#include "redis/Layout.h"
#include "redis/Library.h"

#include <QRandomGenerator>

#include <poll.h>
#include <sys/eventfd.h>
#include <unistd.h>

namespace rateguard {

LinkKeeper::LinkKeeper(RedisUrl url, ServiceOptions options, std::function<void()> onLive)
    : m_url(std::move(url))
    , m_options(std::move(options))
    , m_onLive(std::move(onLive))
    , m_bell(::eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK))
    , m_thread([this] { run(); })
{
}

LinkKeeper::~LinkKeeper()
{
    stop();
    m_thread.join();
    ::close(m_bell);
}

LinkKeeper::LinePtr LinkKeeper::line(Instant deadline, std::string &why)
{
    std::unique_lock lock(m_mutex);
    for (;;) {
        // A link that broke a moment ago is as good as connecting: its keeper is about to notice.
        if (m_state == State::Live && !m_line->link.isBroken()) {
            return m_line;
        }
        const auto left = deadline - steadyNow();
        if (m_state == State::Down || m_state == State::Stopped || left <= Instant::duration(0)) {
            why = m_why.empty() ? "there is no connection to Redis yet" : m_why;
            return nullptr;
        }
        m_changed.wait_for(lock, left);
    }
}

void LinkKeeper::post(Task task)
{
    const std::lock_guard lock(m_mutex);
    if (m_state != State::Stopped) {
        m_tasks.push_back(std::move(task));
        ::eventfd_write(m_bell, 1);
    }
}

void LinkKeeper::stop()
{
    LinePtr lines[2];
    {
        const std::lock_guard lock(m_mutex);
        m_state = State::Stopped;
        m_why = "the limiter is being destroyed";
        m_line.swap(lines[0]);
        m_candidate.swap(lines[1]);
        m_tasks.clear();
        ::eventfd_write(m_bell, 1);
    }
    m_changed.notify_all();
    for (const auto &line : lines) {
        if (line) {
            line->link.breakUp("the limiter is being destroyed");
        }
    }
}

void LinkKeeper::run()
{
    int attempts = 0;
    while (!isStopped()) {
        QString error;
        const auto line = connect(error);
        if (!line) {
            if (enter(State::Down, nullptr, error)) {
                rest(attempts++);
            }
            continue;
        }
        m_onLive();
        const auto since = steadyNow();
        if (enter(State::Live, line, {})) {
            attend(line);
        }
        // One that breaks again and again, as soon as it is made, is no better than none.
        attempts = steadyNow() - since > std::chrono::seconds(10) ? 0 : attempts + 1;
        const auto why = QStringLiteral("the connection to Redis broke");
        if (enter(attempts > 1 ? State::Down : State::Connecting, nullptr, why) && attempts > 1) {
            rest(attempts);
        }
    }
}

LinkKeeper::LinePtr LinkKeeper::connect(QString &error)
{
    const auto deadline = steadyNow() + connectWithin;
    auto socket = std::make_unique<BlockingSocket>();
    if (!socket->connect(m_url, deadline, &error)) {
        return nullptr;
    }
    const auto line = std::make_shared<Line>(std::move(socket));
    {
        const std::lock_guard lock(m_mutex);
        if (m_state == State::Stopped) {
            return nullptr;
        }
        m_candidate = line; // so that stop() can end it
    }
    const Caller caller = [&line, deadline](const Arguments &arguments, const ReplyCallback &callback) { callback(line->link.call(arguments, deadline)); };
    for (const auto &command : loginCommands(m_url, m_options.name)) {
        const auto reply = line->link.call(command, deadline);
        if (reply.isLost() || (reply.isError() && command.front() != "CLIENT")) {
            error = reply.isLost() ? QString::fromStdString(reply.text) : loginAdvice(reply);
            return nullptr;
        }
    }
    // Without the right to load it, decisions say what is missing.
    Library(caller).update([](const QString &) {});
    readLayout(caller, m_options.prefix, [&](const Partitions &partitions, const QString &trouble) {
        line->partitions = partitions;
        error = trouble;
    });
    return error.isEmpty() ? line : nullptr;
}

// Asks for the end only: answers are none of this thread's business, and do not wake it.
void LinkKeeper::attend(const LinePtr &line)
{
    while (!line->link.isBroken()) {
        pollfd watched[2] {{line->link.handle(), POLLRDHUP, 0}, {m_bell, POLLIN, 0}};
        ::poll(watched, 2, -1);
        if (watched[0].revents) {
            line->link.breakUp("Redis closed the connection");
        }
        runTasks(line.get());
        if (isStopped()) {
            return;
        }
    }
}

void LinkKeeper::runTasks(Line *line)
{
    eventfd_t rings = 0;
    ::eventfd_read(m_bell, &rings);
    std::vector<Task> tasks;
    {
        const std::lock_guard lock(m_mutex);
        tasks.swap(m_tasks);
    }
    for (const auto &task : tasks) {
        task(line);
    }
}

void LinkKeeper::rest(int attempts)
{
    // Half of the step is certain, half is chance, so that a thousand services do not come back at once.
    const int step = std::min(100 << std::min(attempts, 5), 2000);
    const auto until = steadyNow() + std::chrono::milliseconds(step / 2 + QRandomGenerator::global()->bounded(step / 2 + 1));
    while (!isStopped()) {
        const auto left = std::chrono::ceil<std::chrono::milliseconds>(until - steadyNow()).count();
        if (left <= 0) {
            return;
        }
        pollfd bell {m_bell, POLLIN, 0};
        ::poll(&bell, 1, static_cast<int>(left));
        runTasks(nullptr);
    }
}

// False when it was stopped meanwhile.
bool LinkKeeper::enter(State state, LinePtr line, const QString &why)
{
    {
        const std::lock_guard lock(m_mutex);
        if (m_state == State::Stopped) {
            return false;
        }
        m_state = state;
        m_line = std::move(line);
        m_candidate = nullptr;
        m_why = why.toStdString();
    }
    m_changed.notify_all();
    return true;
}

bool LinkKeeper::isStopped()
{
    const std::lock_guard lock(m_mutex);
    return m_state == State::Stopped;
}

} // namespace rateguard
