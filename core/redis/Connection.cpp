// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The RateGuard authors
#include "redis/Connection.h"

#include "redis/Command.h"
#include "redis/Transport.h"

#include <QRandomGenerator>

#include <utility>

namespace rateguard {

namespace {

constexpr qint64 heartbeat = 1000; // ms without a call until we ask whether anybody is there
constexpr int sipsPerTurn = 64;

QString plain(const std::string &text)
{
    return QString::fromUtf8(text.data(), static_cast<qsizetype>(std::min<std::size_t>(text.size(), 300)));
}

} // namespace

Connection::Connection(RedisUrl url, std::string name, QObject *parent)
    : QObject(parent)
    , m_url(std::move(url))
    , m_name(std::move(name))
{
    m_clock.start();
    m_watchdog.setInterval(250);
    m_retry.setSingleShot(true);
    connect(&m_watchdog, &QTimer::timeout, this, &Connection::watch);
    connect(&m_retry, &QTimer::timeout, this, &Connection::connectTransport);
}

Connection::~Connection()
{
    // Callbacks may point to what is gone by now; nobody waits for their answers any more.
    m_calls.clear();
    discardTransport();
}

void Connection::setSubscription(std::vector<std::string> channels, MessageHandler onMessage)
{
    m_channels = std::move(channels);
    m_onMessage = std::move(onMessage);
}

void Connection::open()
{
    m_attempts = 0;
    m_retry.stop();
    discardTransport();
    failCalls(tr("the connection was opened anew"));
    connectTransport();
}

void Connection::close()
{
    m_retry.stop();
    discardTransport();
    failCalls(tr("the connection was closed"));
    setState(LinkState::Idle);
}

std::chrono::milliseconds Connection::retryIn() const
{
    return std::chrono::milliseconds(m_retry.isActive() ? m_retry.remainingTime() : 0);
}

void Connection::connectTransport()
{
    discardTransport();
    m_parser = std::make_unique<ReplyParser>();
    m_subscribed = 0;
    m_loginRefused = false;
    m_startedAt = m_clock.elapsed();
    if (m_state != LinkState::Lost) {
        setState(LinkState::Connecting);
    }
    m_transport = new Transport(m_url, this);
    connect(m_transport, &Transport::connected, this, &Connection::handshake);
    connect(m_transport, &Transport::readyRead, this, &Connection::readSome);
    connect(m_transport, &Transport::failed, this, &Connection::drop);
    m_transport->open();
    m_watchdog.start();
}

void Connection::handshake()
{
    emit reached();
    const auto step = [this](const Reply &reply) {
        if (reply.isError() && !reply.isLost()) {
            m_loginRefused = asksWho(reply);
            needsPerson(reply) ? refuse(loginAdvice(reply)) : drop(loginAdvice(reply));
        }
    };
    auto login = loginCommands(m_url, m_name);
    login.pop_back(); // the PING comes last, below
    for (const auto &command : login) {
        command.front() == "CLIENT" ? send(command, {}) : send(command, step);
    }
    // Each time: another server may have taken its place.
    send({"INFO", "server"}, [this](const Reply &reply) {
        for (const char *field : {"valkey_version:", "redis_version:"}) {
            if (const auto at = reply.text.find(field); at != std::string::npos) {
                const auto from = at + std::string_view(field).size();
                m_server = (*field == 'v' ? QStringLiteral("Valkey ") : QStringLiteral("Redis "))
                    + plain(reply.text.substr(from, reply.text.find_first_of("\r\n", from) - from));
                return;
            }
        }
    });
    send({"PING"}, [this, step](const Reply &reply) {
        step(reply);
        if (!reply.isError()) {
            finishHandshake();
        }
    });
}

void Connection::finishHandshake()
{
    if (!m_channels.empty() && m_subscribed == 0) {
        Arguments subscribe {"SUBSCRIBE"};
        subscribe.insert(subscribe.end(), m_channels.begin(), m_channels.end());
        write(subscribe);
        return;
    }
    m_liveSince = m_clock.elapsed();
    setState(LinkState::Live);
    emit live();
}

void Connection::call(const Arguments &arguments, Callback callback)
{
    if (isLive() && m_transport && m_channels.empty()) {
        send(arguments, std::move(callback));
    } else if (callback) {
        callback(Reply {Reply::Type::Lost, 0, tr("there is no connection to Redis").toStdString(), {}});
    }
}

void Connection::ping(const std::string &token, Callback callback)
{
    if (isLive() && m_transport) {
        send({"PING", token}, std::move(callback));
    } else {
        callback(Reply {Reply::Type::Lost, 0, tr("there is no connection to Redis").toStdString(), {}});
    }
}

void Connection::send(const Arguments &arguments, Callback callback)
{
    if (m_transport) {
        m_sentAt = m_clock.elapsed();
        m_calls.push_back({std::move(callback), m_sentAt});
        write(arguments);
    }
}

void Connection::write(const Arguments &arguments)
{
    const auto bytes = formatCommand(arguments);
    m_transport->device().write(bytes.data(), static_cast<qint64>(bytes.size()));
}

void Connection::readSome()
{
    // Sips, not gulps: redisReader shifts its whole rest after every few replies, so megabytes at once cost
    // quadratic time. A turn ends early so that timers and writes get theirs.
    char bytes[ReplyParser::sip];
    auto *const transport = m_transport;
    for (int sips = 0; sips < sipsPerTurn && transport && transport == m_transport; ++sips) {
        const auto size = transport->device().read(bytes, sizeof bytes);
        if (size <= 0) {
            return;
        }
        m_parser->feed(bytes, static_cast<std::size_t>(size));
        while (transport == m_transport) {
            auto reply = m_parser->next();
            if (!reply) {
                break;
            }
            take(std::move(*reply));
        }
        if (transport == m_transport && !m_parser->error().empty()) {
            const auto what = plain(m_parser->error());
            drop(isLive() ? tr("Redis sent something unreadable: %1.").arg(what)
                           : tr("%1 does not look like a Redis (%2). Check host and port.").arg(m_url.display(), what));
            return;
        }
    }
    if (transport && transport == m_transport && transport->device().bytesAvailable() > 0) {
        QMetaObject::invokeMethod(this, &Connection::readSome, Qt::QueuedConnection);
    }
}

void Connection::take(Reply &&reply)
{
    if (m_state == LinkState::Stale) {
        setState(LinkState::Live);
    }
    if (m_channels.empty() || !takeMessage(reply)) {
        answered(reply);
    }
}

// True when the reply belongs to the subscription and not to a call.
bool Connection::takeMessage(const Reply &reply)
{
    if (reply.hasItems(3) && reply.items[0].text == "message") {
        m_onMessage(reply.items[1].text, reply.items[2].text);
        return true;
    }
    if (reply.hasItems(3) && reply.items[0].text == "subscribe") {
        if (++m_subscribed == m_channels.size()) {
            finishHandshake();
        }
        return true;
    }
    if (m_calls.empty() && reply.isError()) {
        const auto &channel = m_channels.front();
        const auto common = channel.substr(0, channel.rfind(':') + 1); // the channels of one partition
        refuse(tr("Redis does not let this user listen: %1. Grant the channels with ACL SETUSER … '&%2'.")
                   .arg(plain(reply.text), QString::fromStdString(common.empty() ? channel : common + '*')));
        return true;
    }
    return false;
}

void Connection::answered(const Reply &reply)
{
    if (m_calls.empty()) {
        return;
    }
    const auto call = std::move(m_calls.front());
    m_calls.pop_front();
    if (call.callback) {
        call.callback(reply);
    }
}

void Connection::watch()
{
    const auto now = m_clock.elapsed();
    if (!isLive()) {
        if (m_transport && now - m_startedAt > 3000) {
            // A Redis without TLS waits for the end of what it takes for a command.
            const auto text = m_url.tls ? tr("%1 did not answer within 3 s. Does this port speak TLS? If not, write redis://.")
                                        : tr("%1 did not answer within 3 s. Is it the right address, and is Redis busy or stopped?");
            drop(text.arg(m_url.display()));
        }
        return;
    }
    if (now - m_liveSince > 10'000) {
        m_attempts = 0;
    }
    if (m_calls.empty()) {
        if (now - m_sentAt >= heartbeat) {
            send({"PING"}, {});
        }
        return;
    }
    const std::chrono::milliseconds waiting(now - m_calls.front().sentAt);
    if (waiting > dropAfter) {
        drop(tr("Redis has not answered for %1 s.").arg(waiting.count() / 1000));
    } else if (waiting > staleAfter && m_state == LinkState::Live) {
        setState(LinkState::Stale, tr("Redis does not answer. It may be stopped, blocked by a slow command, or cut off."));
    }
}

void Connection::refuse(const QString &detail)
{
    const bool was = isLive();
    discardTransport();
    failCalls(detail);
    m_retry.stop();
    setState(LinkState::Refused, detail);
    if (was) {
        emit lost();
    }
}

void Connection::drop(const QString &detail)
{
    const bool was = isLive();
    // Half of the step is certain, half is chance, so that a thousand clients do not come back at once.
    const int step = std::min(100 << std::min(m_attempts++, 5), 2000);
    m_retry.start(step / 2 + QRandomGenerator::global()->bounded(step / 2 + 1));
    discardTransport();
    failCalls(detail);
    setState(LinkState::Lost, detail);
    if (was) {
        emit lost();
    }
}

void Connection::discardTransport()
{
    m_watchdog.stop();
    if (auto *transport = std::exchange(m_transport, nullptr)) {
        transport->disconnect(this);
        transport->device().close();
        transport->deleteLater();
    }
}

void Connection::failCalls(const QString &why)
{
    const auto calls = std::exchange(m_calls, {});
    for (const auto &call : calls) {
        if (call.callback) {
            call.callback(Reply {Reply::Type::Lost, 0, why.toStdString(), {}});
        }
    }
}

void Connection::setState(LinkState state, const QString &detail)
{
    if (m_state != state || m_detail != detail) {
        m_state = state;
        m_detail = detail;
        emit stateChanged();
    }
}

} // namespace rateguard
