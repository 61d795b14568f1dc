// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The RateGuard authors
#include "Scene.h"

#include <QAction>
#include <QComboBox>
#include <QMenu>
#include <QPushButton>
#include <QTableView>

namespace rateguard {

namespace {

Change page(Page shown)
{
    return [shown](MainWindow &window, Snapshot &) { window.dashboard().showPage(shown); };
}

void calm(MainWindow &window, Snapshot &snapshot)
{
    window.dashboard().showPage(Page::Overview);
    snapshot.now += std::chrono::seconds(2);
    snapshot.offenders.clear();
    snapshot.rates = {880, 0, 0};
    snapshot.nearLimit.clear();
    snapshot.nearCount = snapshot.throttledCount = 0;
    snapshot.history = std::make_shared<EditHistory>();
    snapshot.health = {};
}

// More are near their limit than the list has room for.
void crowded(MainWindow &window, Snapshot &snapshot)
{
    window.dashboard().showPage(Page::Overview);
    snapshot.now += std::chrono::seconds(2);
    snapshot.nearCount = 12'345;
    for (int i = 0; snapshot.nearLimit.size() < 10; ++i) {
        snapshot.nearLimit.push_back(snapshot.nearLimit.back());
        snapshot.nearLimit.back().key = "client-" + std::to_string(i);
    }
}

void alerts(MainWindow &window, Snapshot &snapshot)
{
    window.dashboard().showPage(Page::Alerts);
    const auto pass = [&](int seconds, double rejected, LinkState state) {
        for (int i = 0; i < seconds; ++i) {
            const auto copy = std::make_shared<Snapshot>(snapshot);
            copy->rates.rejected = rejected;
            copy->link.state = state;
            copy->now = snapshot.now += std::chrono::seconds(1);
            window.apply(copy);
        }
    };
    pass(40, 700, LinkState::Live);
    pass(400, 10, LinkState::Live);
    pass(30, 0, LinkState::Lost);
    pass(20, 20, LinkState::Live);
    window.setPlace({QStringLiteral("3"), QStringLiteral("Payments EU"), {}, {}, Environment::Production});
    pass(45, 800, LinkState::Live);
    snapshot.rates.rejected = 800;
    snapshot.health.eventLag = std::chrono::milliseconds(2600);
    window.findChild<QTableView *>(QStringLiteral("alertTable"))->selectRow(1);
}

// Of two sockets, with one rule that is snoozed.
void alertsOfSockets(MainWindow &window, Snapshot &snapshot)
{
    snapshot.link.endpoint = "unix:///tmp/rateguard-jMbENB/redis.sock";
    alerts(window, snapshot);
    window.setPlace({});
    snapshot.link.endpoint = "unix:///tmp/rateguard-ljEXCy/redis.sock";
    alerts(window, snapshot);
    for (QAction *action : window.findChild<QPushButton *>(QStringLiteral("alertSnoozeButton"))->menu()->actions()) {
        if (action->objectName() == QLatin1String("snooze60"))
            action->trigger();
    }
}

void alertEdit(MainWindow &window, Snapshot &snapshot)
{
    alerts(window, snapshot);
    window.findChild<QPushButton *>(QStringLiteral("alertEditButton"))->click();
    window.findChild<QComboBox *>(QStringLiteral("alertScopeCombo"))->setCurrentIndex(1);
}

} // namespace

std::vector<Scene> overviewScenes()
{
    const QSize usual(1280, 800);
    return {{QStringLiteral("overview-small-light"), Theme::Light, {1024, 640}, page(Page::Overview)},
            {QStringLiteral("overview-small-dark"), Theme::Dark, {1024, 640}, page(Page::Overview)},
            {QStringLiteral("overview-light"), Theme::Light, {1440, 900}, page(Page::Overview)},
            {QStringLiteral("overview-dark"), Theme::Dark, {1440, 900}, page(Page::Overview)},
            {QStringLiteral("overview-usual"), Theme::Light, usual, page(Page::Overview)},
            {QStringLiteral("overview-calm"), Theme::Light, {1024, 640}, calm},
            {QStringLiteral("overview-crowded-light"), Theme::Light, {1024, 640}, crowded},
            {QStringLiteral("overview-crowded-dark"), Theme::Dark, {1440, 900}, crowded},
            {QStringLiteral("alerts-small-light"), Theme::Light, {1024, 640}, alertEdit},
            {QStringLiteral("alerts-small-dark"), Theme::Dark, {1024, 640}, alerts},
            {QStringLiteral("alerts-sockets"), Theme::Light, usual, alertsOfSockets},
            {QStringLiteral("alerts-light"), Theme::Light, {1440, 900}, alerts},
            {QStringLiteral("alerts-dark"), Theme::Dark, {1440, 900}, alertEdit}};
}

} // namespace rateguard
