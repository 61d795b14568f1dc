// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The RateGuard authors
// Draws the window into PNG files, to be looked at: preview [folder [name]].
#include "BusyTraffic.h"
#include "models/RestoreFailures.h"
#include "widgets/MainWindow.h"

#include <QApplication>
#include <QComboBox>
#include <QDir>
#include <QFile>
#include <QLineEdit>
#include <QSpinBox>
#include <QPushButton>
#include <QTableView>

#include <functional>

using namespace rateguard;

namespace {

struct Scene
{
    QString name;
    Theme theme;
    QSize size;
    std::function<void(MainWindow &, Snapshot &)> change; // of the last snapshot
};

void selectKey(MainWindow &window, int row)
{
    window.findChild<QTableView *>(QStringLiteral("keyTable"))->selectRow(row);
}

void draft(MainWindow &window)
{
    window.findChild<QTableView *>(QStringLiteral("policyTable"))->selectRow(2);
    window.findChild<QSpinBox *>(QStringLiteral("limitSpin"))->setValue(100);
}

std::vector<Scene> scenes()
{
    const QSize usual(1280, 800);
    const auto busy = [](MainWindow &window, Snapshot &) { selectKey(window, 0); };
    const auto paused = [](MainWindow &window, Snapshot &snapshot) {
        selectKey(window, 0);
        window.setDemo(true);
        snapshot.link.mayEdit = false;
        window.setPaused(true);
        snapshot.now += std::chrono::seconds(12);
    };
    const auto applied = [](MainWindow &window, Snapshot &snapshot) {
        selectKey(window, 1);
        draft(window);
        LimitEdit sent;
        QObject::connect(&window, &MainWindow::editRequested, &window, [&sent](const LimitEdit &edit) { sent = edit; });
        window.findChild<QPushButton *>(QStringLiteral("applyButton"))->click();
        EditOutcome outcome;
        outcome.id = sent.id;
        outcome.status = EditOutcome::Status::Applied;
        outcome.policy = sent.policy;
        outcome.after = {sent.limit, sent.mode, 4};
        outcome.firstDecisionAfter = std::chrono::microseconds(3200);
        snapshot.edits.push_back(outcome);
        snapshot.policies[2].rule = outcome.after;
        snapshot.otherRequests = 1204;
        snapshot.batchesLost = 3;
    };
    const auto overtaken = [](MainWindow &window, Snapshot &snapshot) {
        selectKey(window, 0);
        draft(window);
        snapshot.policies[2].rule.limit.front().count = 80;
        snapshot.policies[2].rule.version = 5;
        snapshot.lostLimits = {"api", "login", "upload"};
    };
    const auto lost = [](MainWindow &window, Snapshot &snapshot) {
        draft(window);
        snapshot.link.state = LinkState::Lost;
        snapshot.link.detail = "Connection refused.";
        snapshot.link.retryIn = Duration(3000);
    };
    const auto forgotten = [](MainWindow &, Snapshot &snapshot) {
        snapshot.link.detail = "This Redis user may not use HSCAN: ask for an operator's login.";
        snapshot.lostLimits = {"login", "upload"};
        EditOutcome outcome;
        outcome.id = LimitEdit::firstRestoreId + 1;
        outcome.status = EditOutcome::Status::Refused;
        outcome.policy = "login";
        outcome.message = "Redis is out of memory and refuses writes. Raise its maxmemory or free some.";
        snapshot.edits.push_back(outcome);
    };
    const auto idle = [](MainWindow &, Snapshot &snapshot) { snapshot.link = {}; };
    const auto quiet = [](MainWindow &, Snapshot &snapshot) {
        snapshot.table = {};
        snapshot.throttledCount = 0;
        snapshot.offenders.clear();
        snapshot.all.clear();
        snapshot.rates = {};
        snapshot.total = {};
        snapshot.keysKnown = 0;
        snapshot.policies.clear();
    };
    const auto windows = [](MainWindow &window, Snapshot &snapshot) {
        selectKey(window, 1);
        Rule &rule = snapshot.policies[2].rule;
        rule.limit.push({1000, std::chrono::hours(1)});
        rule.mode = Mode::Shadow;
        rule.until = snapshot.now + std::chrono::minutes(7);
        snapshot.policies[0].rule.limit.front() = {250'000'000, std::chrono::hours(24)};
        snapshot.policies[0].rule.limit.algorithm = Algorithm::Bucket;
        window.findChild<QTableView *>(QStringLiteral("policyTable"))->selectRow(2);
    };
    const auto wishes = [windows](MainWindow &window, Snapshot &snapshot) {
        windows(window, snapshot);
        const auto copy = std::make_shared<Snapshot>(snapshot);
        window.apply(copy);
        window.findChild<QPushButton *>(QStringLiteral("addWindowButton"))->click();
        window.findChild<QPushButton *>(QStringLiteral("addWindowButton"))->click();
        window.findChild<QSpinBox *>(QStringLiteral("limitSpin4"))->setValue(1'000'000'000);
        window.findChild<QComboBox *>(QStringLiteral("forCombo"))->setCurrentIndex(4);
        window.findChild<QPushButton *>(QStringLiteral("unsetButton"))->click();
    };
    return {{QStringLiteral("windows-light"), Theme::Light, usual, windows},
            {QStringLiteral("windows-dark"), Theme::Dark, {1440, 900}, windows},
            {QStringLiteral("wishes-light"), Theme::Light, {1440, 900}, wishes},
            {QStringLiteral("wishes-dark"), Theme::Dark, usual, wishes},
            {QStringLiteral("busy-light"), Theme::Light, usual, busy},
            {QStringLiteral("busy-dark"), Theme::Dark, usual, busy},
            {QStringLiteral("paused-light"), Theme::Light, {1024, 640}, paused},
            {QStringLiteral("paused-dark"), Theme::Dark, usual, paused},
            {QStringLiteral("busy-small"), Theme::Light, {1024, 640}, overtaken},
            {QStringLiteral("applied-wide"), Theme::Dark, {1440, 900}, applied},
            {QStringLiteral("overtaken"), Theme::Light, {1440, 900}, overtaken},
            {QStringLiteral("lost-light"), Theme::Light, usual, lost},
            {QStringLiteral("lost-dark"), Theme::Dark, usual, lost},
            {QStringLiteral("forgotten-light"), Theme::Light, {1024, 640}, forgotten},
            {QStringLiteral("forgotten-dark"), Theme::Dark, usual, forgotten},
            {QStringLiteral("start-light"), Theme::Light, usual, idle},
            {QStringLiteral("start-dark"), Theme::Dark, usual, idle},
            {QStringLiteral("quiet"), Theme::Light, usual, quiet}};
}

} // namespace

int main(int argc, char **argv)
{
    QApplication app(argc, argv);
    const QString folder = argc > 1 ? QString::fromLocal8Bit(argv[1]) : QStringLiteral(".");
    QDir().mkpath(folder);
    for (const Scene &scene : scenes()) {
        if (argc > 2 && scene.name != QString::fromLocal8Bit(argv[2]))
            continue;
        MainWindow window({.readOnly = false, .theme = scene.theme, .url = {}});
        window.resize(scene.size);
        window.show();
        BusyTraffic traffic;
        for (int i = 0; i < 30; ++i) {
            traffic.request = window.wanted();
            window.apply(traffic.next());
            app.processEvents();
        }
        traffic.request = window.wanted();
        auto last = traffic.next();
        scene.change(window, *last);
        traffic.request = window.wanted();
        last->selectedKnown = traffic.request.hasSelected;
        last->selected = traffic.next()->selected;
        window.apply(last);
        last->edits.clear();
        for (int i = 0; i < 3; ++i) {
            window.apply(last);
            app.processEvents();
        }
        window.grab().save(folder + QLatin1Char('/') + scene.name + QStringLiteral(".png"));
    }
    return 0;
}
