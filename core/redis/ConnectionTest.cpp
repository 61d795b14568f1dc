// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The RateGuard authors
#include "redis/ConnectionTest.h"

#include "redis/Layout.h"
#include "redis/Library.h"
#include "redis/RightsProbe.h"

#include <QLocale>

#include <algorithm>

namespace rateguard {

namespace {

constexpr std::size_t index(ConnectionStep::What what)
{
    return static_cast<std::size_t>(what);
}

QString plain(const Reply &reply)
{
    return QString::fromUtf8(reply.text.data(), static_cast<qsizetype>(std::min<std::size_t>(reply.text.size(), 200)));
}

std::chrono::microseconds elapsed(const QElapsedTimer &clock)
{
    return std::chrono::microseconds(clock.nsecsElapsed() / 1000);
}

} // namespace

ConnectionTest::ConnectionTest(QObject *parent)
    : QObject(parent)
{
}

ConnectionTest::~ConnectionTest() = default;

void ConnectionTest::start(const std::optional<RedisUrl> &url, const QString &problem)
{
    cancel();
    m_isRunning = true;
    m_roundTrips.clear();
    for (std::size_t i = 0; i < m_steps.size(); ++i) {
        m_steps[i] = {static_cast<What>(i)};
        emit stepChanged(m_steps[i]);
    }
    begin(What::Address);
    if (!url) {
        end(What::Address, State::Failed, problem);
        finish();
        return;
    }
    m_url = *url;
    end(What::Address, State::Passed, m_url.display());
    begin(What::Reach);
    m_commands = std::make_unique<Connection>(m_url, "rateguard:test");
    connect(m_commands.get(), &Connection::reached, this, [this] {
        end(What::Reach, State::Passed, !m_url.path.empty() ? tr("over a unix socket") : m_url.tls ? tr("over TLS") : tr("over TCP"));
        begin(What::Login);
    });
    connect(m_commands.get(), &Connection::stateChanged, this, &ConnectionTest::onState);
    connect(m_commands.get(), &Connection::live, this, &ConnectionTest::onLive);
    m_commands->open();
}

void ConnectionTest::cancel()
{
    m_isRunning = false;
    // One of them may be the sender of what brought us here.
    for (auto *connection : {m_commands.release(), m_subscriber.release()}) {
        if (connection) {
            connection->disconnect(this);
            connection->deleteLater();
        }
    }
}

void ConnectionTest::begin(What what)
{
    m_at = what;
    m_clock.start();
    auto &step = m_steps[index(what)];
    step.state = State::Running;
    emit stepChanged(step);
}

void ConnectionTest::end(What what, State state, const QString &detail)
{
    auto &step = m_steps[index(what)];
    step.state = state;
    step.detail = detail.toStdString();
    step.took = elapsed(m_clock);
    emit stepChanged(step);
}

void ConnectionTest::finish()
{
    cancel();
    bool passed = true;
    for (auto &step : m_steps) {
        passed &= step.state != State::Failed;
        if (step.state == State::Waiting || step.state == State::Running) {
            step.state = State::Skipped;
            emit stepChanged(step);
        }
    }
    emit finished(passed);
}

// The connection would try again by itself; a test does not.
void ConnectionTest::onState()
{
    const auto state = m_commands->state();
    if (state != LinkState::Refused && state != LinkState::Lost) {
        return;
    }
    // Somebody answers, but not as a Redis does.
    const bool isOther = state == LinkState::Lost && m_at == What::Login;
    end(isOther ? What::Server : m_at, State::Failed, m_commands->detail());
    finish();
}

void ConnectionTest::onLive()
{
    const bool named = !m_url.user.empty();
    end(What::Login, State::Passed,
        named                    ? tr("as user %1").arg(QString::fromStdString(m_url.user))
        : m_url.password.empty() ? tr("Redis asks for no password here")
                                 : tr("with the password alone"));
    begin(What::Server);
    const auto &server = m_commands->server();
    const auto major = server.section(u' ', 1).section(u'.', 0, 0).toInt();
    if (server.startsWith(QLatin1String("Redis")) && major < 7) {
        end(What::Server, State::Failed, tr("%1 has no functions. RateGuard needs Redis 7.0 or later, or Valkey.").arg(server));
        finish();
        return;
    }
    end(What::Server, State::Passed, server.isEmpty() ? tr("answers as a Redis; this user may not ask for its version (INFO)") : server);
    begin(What::Library);
    readLayout(*m_commands, std::nullopt, [this](const Partitions &partitions, const QString &error) {
        if (!m_isRunning) {
            return;
        }
        m_partitions = partitions;
        if (error.isEmpty()) {
            findLibrary();
        } else {
            end(What::Library, State::Failed, error);
            finish();
        }
    });
}

void ConnectionTest::findLibrary()
{
    m_commands->call({"FCALL_RO", "rateguard_version", "0"}, [this](const Reply &reply) {
        if (!m_isRunning || reply.isLost()) {
            return;
        }
        if (isLibraryMissing(reply)) {
            askToLoad();
            return;
        }
        if (reply.type != Reply::Type::Integer) {
            end(What::Library, State::Failed, isRightsError(reply)
                    ? tr("This user may not call RateGuard's functions: NOPERM. Grant what a viewer needs: rateguardctl acl print viewer")
                    : plain(reply));
        } else if (reply.integer < Library::version()) {
            end(What::Library, State::Limited, tr("version %1; this program brings version %2").arg(reply.integer).arg(Library::version()));
        } else {
            end(What::Library, State::Passed, tr("version %1").arg(reply.integer));
        }
        listen();
    });
}

// An empty text is no library: it is refused after the right to load one was looked at.
void ConnectionTest::askToLoad()
{
    m_commands->call({"FUNCTION", "LOAD", ""}, [this](const Reply &reply) {
        if (!m_isRunning || reply.isLost()) {
            return;
        }
        if (isRightsError(reply)) {
            end(What::Library, State::Failed, tr("It is not there, and this user may not load it. Let an operator run: rateguardctl init"));
        } else if (reply.startsWith("READONLY")) {
            end(What::Library, State::Failed, tr("It is not there, and a replica takes none. Connect to its primary, or run there: rateguardctl init"));
        } else {
            end(What::Library, State::Passed, tr("not there yet; this user may load it, which happens when it connects"));
        }
        listen();
    });
}

void ConnectionTest::listen()
{
    begin(What::Listen);
    m_subscriber = std::make_unique<Connection>(m_url, "rateguard:test");
    const auto &names = m_partitions.first();
    m_subscriber->setSubscription({names.events, names.changes}, [](std::string_view, std::string_view) {});
    connect(m_subscriber.get(), &Connection::live, this, &ConnectionTest::onListening);
    connect(m_subscriber.get(), &Connection::stateChanged, this, [this] {
        if (m_subscriber->state() == LinkState::Refused || m_subscriber->state() == LinkState::Lost) {
            end(What::Listen, State::Failed, m_subscriber->detail());
            m_subscriber->disconnect(this);
            m_subscriber->close();
            askRights();
        }
    });
    m_subscriber->open();
}

void ConnectionTest::onListening()
{
    end(What::Listen, State::Passed, QString::fromStdString(m_partitions.first().events));
    m_subscriber->disconnect(this);
    m_subscriber->close();
    askRights();
}

void ConnectionTest::askRights()
{
    begin(What::ReadLimits);
    RightsProbe([this](const Arguments &arguments, ReplyCallback callback) { m_commands->call(arguments, std::move(callback)); })
        .ask(m_partitions.first(), [this](const Rights &rights) {
            if (!m_isRunning) {
                return;
            }
            end(What::ReadLimits, rights.limits ? State::Passed : State::Failed,
                rights.limits ? QString() : tr("NOPERM on HSCAN. Grant what a viewer needs: rateguardctl acl print viewer"));
            const bool all = rights.text().isEmpty();
            end(What::Edit, all ? State::Passed : State::Limited, all ? tr("limits, bans and resets") : rights.text());
            begin(What::Latency);
            ping();
        });
}

void ConnectionTest::ping()
{
    QElapsedTimer clock;
    clock.start();
    m_commands->call({"PING"}, [this, clock](const Reply &reply) {
        if (!m_isRunning || reply.isLost()) {
            return;
        }
        m_roundTrips.push_back(elapsed(clock));
        if (m_roundTrips.size() < pings) {
            ping();
            return;
        }
        const auto middle = m_roundTrips.begin() + pings / 2;
        std::nth_element(m_roundTrips.begin(), middle, m_roundTrips.end());
        end(What::Latency, State::Passed, tr("%1 ms, the median of %2").arg(QLocale().toString(static_cast<double>(middle->count()) / 1000.0, 'f', 2)).arg(pings));
        finish();
    });
}

} // namespace rateguard
