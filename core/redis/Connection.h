// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The RateGuard authors
#pragma once

#include "engine/Snapshot.h"
#include "redis/Command.h"
#include "redis/ReplyParser.h"

#include <QElapsedTimer>
#include <QObject>
#include <QTimer>

#include <deque>
#include <functional>

namespace rateguard {

class Transport;

// One connection to Redis: connects, logs in, answers calls in order, and comes back by itself when it breaks.
// Live only after Redis has answered; Stale when it has not for a while; a wrong password stops it (Refused).
// Nothing is ever sent twice: calls in flight when it breaks are answered with Reply::Type::Lost.
// Lives on the thread that made it; never blocks; reads in sips, with turns that end early.
class Connection : public QObject
{
    Q_OBJECT

public:
    using Arguments = rateguard::Arguments;
    using Callback = ReplyCallback;
    using MessageHandler = std::function<void(std::string_view channel, std::string_view payload)>;

    static constexpr std::chrono::milliseconds staleAfter {1500};
    static constexpr std::chrono::milliseconds dropAfter {6000};

    // `name` is what CLIENT LIST shows. With channels the connection subscribes to them and takes no calls; every message
    // goes to `onMessage`, whose views hold during the call only.
    Connection(RedisUrl url, std::string name, QObject *parent = nullptr);
    void setSubscription(std::vector<std::string> channels, MessageHandler onMessage);
    ~Connection() override;

    void open();
    void close();
    bool isLive() const { return m_state == LinkState::Live || m_state == LinkState::Stale; }
    LinkState state() const { return m_state; }
    // What went wrong and what to do now, without secrets; empty while live.
    const QString &detail() const { return m_detail; }
    std::chrono::milliseconds retryIn() const;
    // Refused because of who we are: user or password are missing or wrong.
    bool isLoginRefused() const { return m_state == LinkState::Refused && m_loginRefused; }
    const QString &server() const { return m_server; } // "Redis 7.0.15", once known
    std::size_t pending() const { return m_calls.size(); }

    // Answered in order. Not connected: answered at once, as Lost.
    void call(const Arguments &arguments, Callback callback);
    // There and back, behind whatever Redis still has for us, on a connection that listens, too. Answered {"pong", token} there,
    // and with the token otherwise.
    void ping(const std::string &token, Callback callback);

signals:
    void stateChanged();
    void reached(); // somebody listens there; the login comes now
    void live(); // logged in, and subscribed to all channels
    void lost(); // was live, and is no more

private:
    struct Call
    {
        Callback callback;
        qint64 sentAt;
    };

    void connectTransport();
    void handshake();
    void finishHandshake();
    void readSome();
    void take(Reply &&reply);
    bool takeMessage(const Reply &reply);
    void answered(const Reply &reply);
    void send(const Arguments &arguments, Callback callback);
    void write(const Arguments &arguments);
    void watch();
    void refuse(const QString &detail);
    void drop(const QString &detail);
    void discardTransport();
    void failCalls(const QString &why);
    void setState(LinkState state, const QString &detail = {});

    RedisUrl m_url;
    std::string m_name;
    std::vector<std::string> m_channels;
    MessageHandler m_onMessage;
    Transport *m_transport = nullptr;
    std::unique_ptr<ReplyParser> m_parser;
    std::deque<Call> m_calls;
    std::size_t m_subscribed = 0;
    LinkState m_state = LinkState::Idle;
    QString m_detail;
    QString m_server;
    bool m_loginRefused = false;
    QElapsedTimer m_clock;
    QTimer m_watchdog;
    QTimer m_retry;
    int m_attempts = 0;
    qint64 m_startedAt = 0; // this attempt
    qint64 m_liveSince = 0;
    qint64 m_sentAt = 0; // the latest call
};

} // namespace rateguard
