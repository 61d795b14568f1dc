// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The RateGuard authors
#include "ctl/WatchCommand.h"

#include "format/Numbers.h"
#include "format/Text.h"

#include <QJsonArray>

#include <algorithm>
#include <unistd.h>

namespace rateguard {

namespace {

constexpr std::size_t topCount = 20;

FeedOptions feedOptions(const Options &options)
{
    FeedOptions feed;
    feed.readOnly = options.readOnly;
    feed.prefix = options.prefix;
    feed.name = "rateguardctl";
    return feed;
}

const char *stateName(KeyState state)
{
    switch (state) {
    case KeyState::Quiet:
        return "quiet";
    case KeyState::Active:
        return "active";
    case KeyState::Near:
        return "near";
    case KeyState::Throttled:
        return "throttled";
    case KeyState::Shadowed:
        return "shadowed";
    case KeyState::Banned:
        return "banned";
    case KeyState::Exempt:
        return "exempt";
    }
    return "";
}

// "4.8/s rejected, 10 of 10 used": not of the banned, whatever they have used.
QString overText(const KeyRow &row)
{
    QStringList parts;
    if (row.rates.rejected > 0) {
        parts << QStringLiteral("%1/s rejected").arg(QString::number(row.rates.rejected, 'f', 1));
    }
    if (row.rates.wouldReject > 0) {
        parts << QStringLiteral("%1/s would be rejected").arg(QString::number(row.rates.wouldReject, 'f', 1));
    }
    if (!parts.isEmpty() && row.state != KeyState::Banned && row.limit > 0) {
        parts << QStringLiteral("%1 of %2 used").arg(row.used).arg(row.limit);
    }
    return parts.join(QStringLiteral(", "));
}

} // namespace

WatchCommand::WatchCommand(const Options &options)
    : Command(options)
    , m_feed(feedOptions(options))
    , m_terminal(!options.json && ::isatty(STDOUT_FILENO) == 1)
{
    connect(&m_feed, &LiveFeed::snapshotReady, this, [this] {
        if (const auto snapshot = m_feed.take()) {
            draw(*snapshot);
        }
    });
}

void WatchCommand::start()
{
    auto url = m_options.url;
    if (m_options.demo) {
        QString error;
        m_redis = std::make_unique<PrivateRedis>();
        if (!m_redis->start(&error)) {
            fail(Exit::Connection, error);
            return;
        }
        url = m_redis->url();
        m_traffic = std::make_unique<DemoTraffic>(url);
        m_traffic->start();
        printError(QStringLiteral("a private Redis with demo traffic: %1").arg(url.display()));
    }
    m_feed.watch(url);
    m_launch.start();
    m_timer.setTimerType(Qt::PreciseTimer);
    connect(&m_timer, &QTimer::timeout, this, [this] {
        if (m_clock.isValid()) {
            m_timer.setInterval(1000);
        }
        m_last = m_clock.isValid() && m_options.span && m_clock.elapsed() + 20 >= m_options.span->count();
        m_feed.request(request());
    });
    m_timer.start(20);
}

void WatchCommand::draw(const Snapshot &snapshot)
{
    const auto detail = QString::fromStdString(snapshot.link.detail);
    const bool live = snapshot.link.state == LinkState::Live;
    if (!m_clock.isValid()) {
        const bool down = snapshot.link.state == LinkState::Lost || snapshot.link.state == LinkState::Refused;
        if (down) {
            fail(snapshot.link.state == LinkState::Refused ? Exit::Rights : Exit::Connection, detail);
        }
        if (!live || !snapshot.started) {
            if (m_launch.elapsed() > 3000) {
                fail(live ? Exit::Rights : Exit::Connection, detail.isEmpty() ? QStringLiteral("Redis does not say which limits it holds") : detail);
            }
            return;
        }
        // From here on a line comes every second, counted from now.
        m_clock.start();
        m_timer.start(1000);
        return;
    }
    if (detail != m_detail) {
        m_detail = detail;
        printError(live && detail.isEmpty() ? QStringLiteral("Redis is back") : detail);
    }
    const Counts since {snapshot.total.allowed - m_before.allowed, snapshot.total.rejected - m_before.rejected, snapshot.total.wouldReject - m_before.wouldReject};
    m_before = snapshot.total;
    m_options.json ? printObject(snapshot, since) : printTable(snapshot, since);
    if (m_last) {
        emit done(live ? Exit::Ok : Exit::Connection);
    }
}

// The worst of all first, and then more of those that ask than are ever listed.
SnapshotRequest WatchCommand::request()
{
    SnapshotRequest request;
    request.table.filter = "requests>0";
    request.table.count = 1000;
    return request;
}

std::vector<const KeyEntry *> WatchCommand::topKeys(const Snapshot &snapshot)
{
    std::vector<const KeyEntry *> keys;
    for (const auto &entry : snapshot.table.held) {
        if (entry.row.rates.requests() > 0) {
            keys.push_back(&entry);
        }
    }
    const auto end = keys.begin() + static_cast<std::ptrdiff_t>(std::min(keys.size(), topCount));
    std::partial_sort(keys.begin(), end, keys.end(), [](const KeyEntry *a, const KeyEntry *b) {
        const auto rank = [](const KeyEntry *k) { return std::tuple(k->row.rates.rejected + k->row.rates.wouldReject, k->row.rates.requests(), k->row.id); };
        return rank(a) > rank(b);
    });
    keys.erase(end, keys.end());
    return keys;
}

void WatchCommand::printObject(const Snapshot &snapshot, const Counts &since)
{
    QJsonArray keys;
    for (const auto *known : topKeys(snapshot)) {
        keys.append(QJsonObject {{QStringLiteral("policy"), displayText(known->policy, 400)}, {QStringLiteral("key"), displayText(known->key, 400)},
            {QStringLiteral("requests_per_s"), known->row.rates.requests()}, {QStringLiteral("rejected_per_s"), known->row.rates.rejected},
            {QStringLiteral("would_reject_per_s"), known->row.rates.wouldReject},
            {QStringLiteral("used"), static_cast<qint64>(known->row.used)}, {QStringLiteral("limit"), static_cast<qint64>(known->row.limit)},
            {QStringLiteral("state"), QString::fromLatin1(stateName(known->row.state))}});
    }
    printLine(QJsonObject {{QStringLiteral("requests"), static_cast<qint64>(since.requests())},
        {QStringLiteral("allowed"), static_cast<qint64>(since.allowed + since.wouldReject)}, {QStringLiteral("rejected"), static_cast<qint64>(since.rejected)},
        {QStringLiteral("would_reject"), static_cast<qint64>(since.wouldReject)}, {QStringLiteral("keys"), keys},
        {QStringLiteral("keys_known"), static_cast<qint64>(snapshot.keysKnown)}, {QStringLiteral("lost_messages"), static_cast<qint64>(snapshot.batchesLost)},
        {QStringLiteral("live"), snapshot.link.state == LinkState::Live}});
}

void WatchCommand::printTable(const Snapshot &snapshot, const Counts &since)
{
    if (snapshot.link.state != LinkState::Live) {
        printLine(QStringLiteral("%1  not connected").arg(QString::fromStdString(snapshot.link.endpoint)));
        return;
    }
    QString text = m_terminal ? QStringLiteral("\x1b[H\x1b[J") : QString();
    // All at once, here and below: an address or a key may hold what looks like the place of the next figure.
    text += QStringLiteral("%1  %2 requests/s  %3 allowed  %4 rejected  %5%6 keys\n").arg(QString::fromStdString(snapshot.link.endpoint),
        QString::number(since.requests()), QString::number(since.allowed + since.wouldReject), QString::number(since.rejected),
        since.wouldReject ? QStringLiteral("%1 would be rejected  ").arg(since.wouldReject) : QString(), QString::number(snapshot.keysKnown));
    if (m_terminal) {
        text += QStringLiteral("\n%1 %2 %3 %4 %5  %6\n").arg(QStringLiteral("POLICY"), -16).arg(QStringLiteral("REQ/S"), 9)
                    .arg(QStringLiteral("REJ/S"), 9).arg(QStringLiteral("USED"), 13).arg(QStringLiteral("STATE"), -10).arg(QStringLiteral("KEY"));
        for (const auto *known : topKeys(snapshot)) {
            const auto &row = known->row;
            text += QStringLiteral("%1 %2 %3 %4 %5  %6\n").arg(displayText(known->policy, 16), -16).arg(row.rates.requests(), 9, 'f', 1)
                        .arg(row.rates.rejected, 9, 'f', 1).arg(row.limit == 0 ? QStringLiteral("-") : QStringLiteral("%1/%2").arg(row.used).arg(row.limit), 13)
                        .arg(QString::fromLatin1(stateName(row.state)), -10).arg(displayText(known->key, 40));
        }
    }
    for (const auto *known : m_terminal ? std::vector<const KeyEntry *>() : topKeys(snapshot)) {
        const auto &row = known->row;
        if (const auto over = overText(row); !over.isEmpty()) {
            text += QStringLiteral("    %1 %2  %3: %4\n").arg(displayText(known->policy, 16), displayText(known->key, 60), QString::fromLatin1(stateName(row.state)), over);
        }
    }
    text.chop(1);
    printLine(text);
}

} // namespace rateguard
