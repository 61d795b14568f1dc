// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The RateGuard authors
#include "Scene.h"

#include <QComboBox>
#include <QPushButton>
#include <QSpinBox>
#include <QTableView>

namespace rateguard {

namespace {

void busy(MainWindow &window, Snapshot &)
{
    selectKey(window, 0);
}

void applied(MainWindow &window, Snapshot &snapshot)
{
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
}

void lost(MainWindow &window, Snapshot &snapshot)
{
    draft(window);
    snapshot.link.state = LinkState::Lost;
    snapshot.link.detail = "Connection refused.";
    snapshot.link.retryIn = Duration(3000);
}

void forgotten(MainWindow &, Snapshot &snapshot)
{
    snapshot.link.detail = "This Redis user may not use HSCAN: ask for an operator's login.";
    snapshot.lostLimits = {"login", "upload"};
    EditOutcome outcome;
    outcome.id = LimitEdit::firstRestoreId + 1;
    outcome.status = EditOutcome::Status::Refused;
    outcome.policy = "login";
    outcome.message = "Redis is out of memory and refuses writes. Raise its maxmemory or free some.";
    snapshot.edits.push_back(outcome);
}

void paused(MainWindow &window, Snapshot &snapshot)
{
    selectKey(window, 0);
    window.setDemo(true);
    snapshot.link.mayEdit = snapshot.link.mayOverride = false;
    window.setPaused(true);
    snapshot.now += std::chrono::seconds(12);
}

} // namespace

void overtaken(MainWindow &window, Snapshot &snapshot)
{
    selectKey(window, 0);
    draft(window);
    snapshot.policies[2].rule.limit.front().count = 80;
    snapshot.policies[2].rule.version = 5;
    snapshot.lostLimits = {"api", "login", "upload"};
}

void quiet(MainWindow &, Snapshot &snapshot)
{
    snapshot.table = {};
    snapshot.throttledCount = 0;
    snapshot.offenders.clear();
    snapshot.all.clear();
    snapshot.rates = {};
    snapshot.total = {};
    snapshot.keysKnown = 0;
    snapshot.policies.clear();
}

void windows(MainWindow &window, Snapshot &snapshot)
{
    selectKey(window, 1);
    Rule &rule = snapshot.policies[2].rule;
    rule.limit.push({1000, std::chrono::hours(1)});
    rule.mode = Mode::Shadow;
    rule.until = snapshot.now + std::chrono::minutes(7);
    snapshot.policies[0].rule.limit.front() = {250'000'000, std::chrono::hours(24)};
    snapshot.policies[0].rule.limit.algorithm = Algorithm::Bucket;
    window.findChild<QTableView *>(QStringLiteral("policyTable"))->selectRow(2);
}

void wishes(MainWindow &window, Snapshot &snapshot)
{
    windows(window, snapshot);
    const auto copy = std::make_shared<Snapshot>(snapshot);
    window.apply(copy);
    window.findChild<QPushButton *>(QStringLiteral("addWindowButton"))->click();
    window.findChild<QPushButton *>(QStringLiteral("addWindowButton"))->click();
    window.findChild<QSpinBox *>(QStringLiteral("limitSpin4"))->setValue(1'000'000'000);
    window.findChild<QComboBox *>(QStringLiteral("forCombo"))->setCurrentIndex(4);
    window.findChild<QPushButton *>(QStringLiteral("unsetButton"))->click();
}

std::vector<Scene> trafficScenes()
{
    const QSize usual(1280, 800);
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
            {QStringLiteral("quiet"), Theme::Light, usual, quiet}};
}

} // namespace rateguard
