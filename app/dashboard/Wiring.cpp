// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The RateGuard authors
#include "dashboard/Wiring.h"

#include "dashboard/Options.h"
#include "redis/LimitStore.h"

#include <utility>

namespace rateguard {

Wiring::Wiring(MainWindow &window, const FeedOptions &options)
    : m_window(window)
    , m_places(window)
    , m_feed(options)
{
    connect(&m_feed, &LiveFeed::snapshotReady, this, &Wiring::draw);
    connect(&window, &MainWindow::editRequested, &m_feed, [this](LimitEdit edit) {
        edit.author = operatorName();
        m_feed.submit(edit);
    });
    connect(&window, &MainWindow::overrideRequested, &m_feed, [this](OverrideEdit edit) {
        edit.author = operatorName();
        m_feed.submit(edit);
    });
    connect(&window, &MainWindow::restoreRequested, &m_feed, &LiveFeed::restore);
    connect(&m_places, &Places::opened, this, &Wiring::watch);
    connect(&window, &MainWindow::demoRequested, this, &Wiring::startDemoOrSay);
    m_rest.setSingleShot(true);
    connect(&m_rest, &QTimer::timeout, this, &Wiring::ask);
    connect(&window, &MainWindow::wantedChanged, this, &Wiring::ask);
    ask();
}

void Wiring::open(const Place &place, const TypedPassword &password)
{
    m_places.open(place, password);
}

void Wiring::startDemoOrSay()
{
    QString error;
    if (!startDemo(&error)) {
        m_window.showConnectError(error);
    }
}

void Wiring::watch(const RedisUrl &url, bool readOnly)
{
    m_traffic.reset();
    m_redis.reset();
    rememberUrl(url);
    m_window.setDemo(false);
    m_feed.watch(url, readOnly);
}

bool Wiring::startDemo(QString *error)
{
    auto redis = std::make_unique<PrivateRedis>();
    if (!redis->start(error)) {
        return false;
    }
    m_traffic = std::make_unique<DemoTraffic>(redis->url());
    m_redis = std::move(redis);
    m_places.leave();
    m_window.setDemo(true);
    m_feed.watch(m_redis->url());
    m_traffic->start();
    return true;
}

void Wiring::ask()
{
    m_again = m_asked;
    if (!std::exchange(m_asked, true)) {
        m_rest.stop();
        m_feed.request(m_window.wanted());
    }
}

void Wiring::draw()
{
    m_asked = false;
    if (const auto snapshot = m_feed.take()) {
        m_window.apply(snapshot);
        m_places.observe(snapshot->link);
    }
    if (std::exchange(m_again, false)) {
        ask();
    } else if (!m_asked) {
        m_rest.start(m_window.isVisible() && !m_window.isMinimized() ? rest : longRest);
    }
}

} // namespace rateguard
