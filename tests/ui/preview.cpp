// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The RateGuard authors
// Draws the window into PNG files, to be looked at: preview [folder [name or - [compiled translation]]].
#include "BusyTraffic.h"
#include "charts/ChartCursor.h"
#include "charts/RateChart.h"
#include "models/RestoreFailures.h"
#include "widgets/Dashboard.h"
#include "widgets/MainWindow.h"
#include "widgets/StartPage.h"
#include "widgets/TrafficPanel.h"

#include <QApplication>
#include <QComboBox>
#include <QDoubleSpinBox>
#include <QDialog>
#include <QDir>
#include <QFile>
#include <QFileInfo>
#include <QKeyEvent>
#include <QLineEdit>
#include <QPushButton>
#include <QSpinBox>
#include <QTableView>
#include <QTranslator>

#include <functional>

using namespace rateguard;
using namespace std::chrono_literals;

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

void point(MainWindow &window)
{
    auto *view = window.findChild<QWidget *>(QStringLiteral("allChart"))->findChild<QWidget *>(QStringLiteral("chartView"));
    QKeyEvent last(QEvent::KeyPress, Qt::Key_End, Qt::NoModifier);
    QApplication::sendEvent(view, &last);
    for (int i = 0; i < 28; ++i) {
        QKeyEvent left(QEvent::KeyPress, Qt::Key_Left, Qt::NoModifier);
        QApplication::sendEvent(view, &left);
    }
}

void draft(MainWindow &window)
{
    window.findChild<QTableView *>(QStringLiteral("policyTable"))->selectRow(2);
    window.findChild<QSpinBox *>(QStringLiteral("limitSpin"))->setValue(100);
}

void fillStart(MainWindow &window, Snapshot &snapshot)
{
    snapshot.link = {};
    window.startPage().showPlaces({{QStringLiteral("1"), QStringLiteral("Checkout staging"), QStringLiteral("redis://10.20.0.14:6379"), QStringLiteral("operator"), Environment::Test},
                                   {QStringLiteral("2"), QStringLiteral("Laptop"), QStringLiteral("unix:///run/redis/redis.sock"), {}, Environment::Development},
                                   {QStringLiteral("3"), QStringLiteral("Payments EU, a name that is longer than the list is wide"), QStringLiteral("redis://payments-eu-central-1.cache.example.net:6379/3"),
                                    QStringLiteral("on-call"), Environment::Production, true, true},
                                   {QStringLiteral("4"), QStringLiteral("Search"), QStringLiteral("redis://search.example.net:6379"), {}, Environment::Production}},
                                  {});
    window.startPage().selectPlace(QStringLiteral("3"));
    window.startPage().takeFocus();
}

void fillChecks(MainWindow &window, bool passed)
{
    using What = ConnectionStep::What;
    using State = ConnectionStep::State;
    const auto us = [](int n) { return std::chrono::microseconds(n); };
    std::vector<ConnectionStep> steps {{What::Address, State::Passed, "redis://10.20.0.14:6379", us(40)}, {What::Reach, State::Passed, "over TCP", us(1200)},
        {What::Login, State::Passed, "as user viewer", us(900)}, {What::Server, State::Passed, "Redis 7.0.15", us(10)}, {What::Library, State::Passed, "version 2", us(700)},
        {What::Listen, State::Passed, "{rateguard:0}:events", us(2100)}, {What::ReadLimits, State::Passed, "", us(600)},
        {What::Edit, State::Limited, "This user may watch but not edit: NOPERM on FCALL. Ask for an operator's login: rateguardctl acl print operator", us(0)},
        {What::Latency, State::Passed, "0.41 ms, the median of 10", us(4300)}};
    if (!passed) {
        steps[2] = {What::Login, State::Failed, "Redis refused this user and password. Check both; special characters in a URL are percent-encoded.", us(1100)};
        for (std::size_t i = 3; i < steps.size(); ++i)
            steps[i] = {static_cast<What>(i), State::Skipped};
    }
    for (const ConnectionStep &step : steps)
        window.startPage().showStep(step);
    window.startPage().showTested(passed);
}

Dashboard *dashboard(MainWindow &window)
{
    return window.findChild<Dashboard *>();
}

std::function<void(MainWindow &, Snapshot &)> details(const char *policy, const char *key)
{
    return [=](MainWindow &window, Snapshot &) { dashboard(window)->showKey(policy, key); };
}

std::vector<Scene> scenes()
{
    const QSize usual(1280, 800);
    const auto busy = [](MainWindow &window, Snapshot &) { selectKey(window, 0); };
    const auto paused = [](MainWindow &window, Snapshot &snapshot) {
        selectKey(window, 0);
        window.setDemo(true);
        snapshot.link.mayEdit = snapshot.link.mayOverride = false;
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
    const auto click = [](MainWindow &window, const char *button) { window.findChild<QPushButton *>(QString::fromLatin1(button))->click(); };
    const auto editPlace = [click](MainWindow &window, Snapshot &snapshot) {
        fillStart(window, snapshot);
        window.startPage().setAddressProblem([](const QString &url) {
            return url.startsWith(QLatin1String("redis://")) ? QString() : QStringLiteral("A Redis URL starts with redis:// or unix://, for example redis://127.0.0.1:6379/0 or unix:///run/redis/redis.sock.");
        });
        window.startPage().showKeyringTrouble(QStringLiteral("There is no keyring service here, so passwords are asked for each time and kept nowhere."));
        click(window, "editPlaceButton");
        window.findChild<QLineEdit *>(QStringLiteral("placeUrl"))->setText(QStringLiteral("10.20.0.14"));
    };
    const auto tested = [click](MainWindow &window, Snapshot &snapshot) {
        fillStart(window, snapshot);
        click(window, "testPlaceButton");
        fillChecks(window, true);
    };
    const auto editTested = [click](MainWindow &window, Snapshot &snapshot) {
        fillStart(window, snapshot);
        click(window, "editPlaceButton");
        click(window, "testDraftButton");
        fillChecks(window, false);
    };
    const auto password = [](MainWindow &window, Snapshot &snapshot) {
        fillStart(window, snapshot);
        window.startPage().askPassword({QStringLiteral("3"), QStringLiteral("Payments EU"), QStringLiteral("redis://10.20.0.14:6379"), QStringLiteral("on-call")},
                                       QStringLiteral("Redis refused this user and password. Check both; special characters in a URL are percent-encoded."));
    };
    const auto connecting = [](MainWindow &window, Snapshot &snapshot) {
        fillStart(window, snapshot);
        window.apply(std::make_shared<Snapshot>(snapshot));
        snapshot.link.state = LinkState::Connecting;
        snapshot.link.neverReached = true;
        snapshot.link.endpoint = "redis://10.20.0.14:6379";
    };
    const auto refused = [](MainWindow &, Snapshot &snapshot) {
        snapshot.link.state = LinkState::Refused;
        snapshot.link.asksPassword = true;
        snapshot.link.detail = "Redis refused this user and password. Check both; special characters in a URL are percent-encoded.";
    };
    const auto notRedis = [quiet](MainWindow &window, Snapshot &snapshot) {
        quiet(window, snapshot);
        snapshot.started = false;
        snapshot.link.state = LinkState::Lost;
        snapshot.link.neverReached = true;
        snapshot.link.retryIn = Duration(1400);
        snapshot.link.detail = "redis://127.0.0.1:8080 does not look like a Redis (Protocol error, got \"H\" as reply type byte). Check host and port.";
    };
    const auto noRights = [](MainWindow &window, Snapshot &snapshot) {
        window.setPlace({QStringLiteral("3"), QStringLiteral("Payments EU"), {}, {}, Environment::Production});
        window.dashboard().showPage(Page::Limits);
        snapshot.link.mayEdit = snapshot.link.mayOverride = false;
        snapshot.link.rights = "This user may watch but not edit: NOPERM on FCALL. Ask for an operator's login: rateguardctl acl print operator";
        window.findChild<QTableView *>(QStringLiteral("policyTable"))->selectRow(2);
    };
    const auto scraper = details("search", "scraper 198.51.100.23");
    const auto shadowed = [](MainWindow &window, Snapshot &snapshot) {
        details("checkout", "partner:acme")(window, snapshot);
        snapshot.policies[1].rule.limit.push({500, std::chrono::hours(1)});
        window.findChild<QLineEdit *>(QStringLiteral("ownLimitEdit"))->setText(QStringLiteral("lots"));
        snapshot.link.mayEdit = snapshot.link.mayOverride = false;
    };
    const auto unchosen = [](MainWindow &window, Snapshot &) { dashboard(window)->showPage(Page::Details); };
    const auto edits = [](MainWindow &window, Snapshot &) { dashboard(window)->showPage(Page::History); };
    const auto edit = [](int row) {
        return [row](MainWindow &window, Snapshot &snapshot) {
            dashboard(window)->showPage(Page::History);
            const auto copy = std::make_shared<Snapshot>(snapshot);
            window.apply(copy);
            window.findChild<QTableView *>(QStringLiteral("historyTable"))->selectRow(row);
        };
    };
    // Edits whose effect was heard, was over too soon, still goes on, or is known of the whole policy only.
    const auto effects = [edit](int row) {
        return [=](MainWindow &window, Snapshot &snapshot) {
            using End = EditHistory::End;
            using Basis = EditHistory::Basis;
            auto history = std::make_shared<EditHistory>(*snapshot.history);
            const auto add = [&](std::chrono::seconds ago, std::optional<std::string> key, std::uint64_t version, const char *after, const char *reason, EditHistory::Effect effect) {
                history->entries.insert(history->entries.begin(), {snapshot.now - ago, "search", std::move(key), version, "2 enforce log 100/60000", after, "ada@oncall-2", reason});
                history->effects.insert(history->effects.begin(), effect);
                if (history->entries.front().key)
                    history->entries.front().before.clear();
            };
            const std::string client = "scraper 198.51.100.23";
            add(88s, client, 6, "6 limit 0 30/60000", "half of what the others get", {840, 12, 840, 840, 60s, 62s, Basis::Key, End {End::Cause::Edit, false, 7, 62s}});
            add(85s, "user-7001", 6, "6 ban 0", "the old window was closed", {4000, 3900, 9000, 9000, 10min, 1min, Basis::Minutes, std::nullopt, true});
            add(26s, client, 7, "7 ban 0", "a slip of the finger", {0, 0, 0, 0, 0s, 0s, Basis::Minutes, End {End::Cause::Removal, false, 8, 3s}});
            add(23s, client, 8, "8 limit 0 60/60000", "lifted the ban", {840, 12, 840, 838, 45s, 20s, Basis::Key, std::nullopt, true});
            add(2s, std::nullopt, 4, "4 enforce log 60/60000", "scraper eats the index", {0, 0, 0, 0, 0s, 0s, Basis::Minutes, std::nullopt, true});
            snapshot.history = history;
            edit(row)(window, snapshot);
        };
    };
    const auto sent = [edit](MainWindow &window, Snapshot &snapshot) {
        edit(2)(window, snapshot);
        const auto id = std::make_shared<std::uint64_t>(0);
        QObject::connect(&window, &MainWindow::overrideRequested, &window, [id](const OverrideEdit &it) { *id = it.id; });
        const auto copy = std::make_shared<Snapshot>(snapshot);
        window.apply(copy);
        window.findChild<QPushButton *>(QStringLiteral("revertEditButton"))->click();
        OverrideOutcome outcome;
        outcome.id = *id;
        outcome.status = EditOutcome::Status::Conflict;
        outcome.after = Override {Override::Kind::Ban, {}, std::nullopt, 9};
        snapshot.keyEdits.push_back(outcome);
    };
    const auto unedited = [](MainWindow &window, Snapshot &snapshot) {
        dashboard(window)->showPage(Page::History);
        auto none = std::make_shared<EditHistory>();
        none->isComplete = true;
        snapshot.history = none;
    };
    const auto page = [](Page shown) { return [shown](MainWindow &window, Snapshot &) { window.dashboard().showPage(shown); }; };
    const auto calm = [](MainWindow &window, Snapshot &snapshot) {
        window.dashboard().showPage(Page::Overview);
        snapshot.now += std::chrono::seconds(2);
        snapshot.offenders.clear();
        snapshot.rates = {880, 0, 0};
        snapshot.nearLimit.clear();
        snapshot.nearCount = snapshot.throttledCount = 0;
        snapshot.history = std::make_shared<EditHistory>();
        snapshot.health = {};
    };
    const auto alerts = [](MainWindow &window, Snapshot &snapshot) {
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
    };
    const auto alertEdit = [alerts](MainWindow &window, Snapshot &snapshot) {
        alerts(window, snapshot);
        window.findChild<QPushButton *>(QStringLiteral("alertEditButton"))->click();
        window.findChild<QComboBox *>(QStringLiteral("alertScopeCombo"))->setCurrentIndex(1);
    };
    const auto range = [](int index, bool hover) {
        return [index, hover](MainWindow &window, Snapshot &) {
            window.dashboard().showPage(Page::Keys);
            selectKey(window, 0);
            window.findChild<QComboBox *>(QStringLiteral("timeRange"))->setCurrentIndex(index);
            if (hover)
                point(window);
        };
    };
    const auto keyRange = [](int index) {
        return [index](MainWindow &window, Snapshot &snapshot) { // its limit has changed, and it was banned for a while
            dashboard(window)->showKey("search", "scraper 198.51.100.23");
            window.findChild<QComboBox *>(QStringLiteral("timeRange"))->setCurrentIndex(index);
            auto history = std::make_shared<EditHistory>(*snapshot.history);
            auto own = history->entries[2];
            own.at = snapshot.now - std::chrono::minutes(3);
            own.before = "3 ban 0";
            auto ban = own;
            ban.at = snapshot.now - std::chrono::minutes(4);
            ban.version = 3;
            ban.before = "";
            ban.after = "3 ban 0";
            history->entries = {history->entries[0], own, ban, history->entries.back()};
            history->effects.resize(history->entries.size());
            snapshot.history = history;
        };
    };
    const auto zoomed = [](MainWindow &window, Snapshot &snapshot) {
        window.dashboard().showPage(Page::Keys);
        selectKey(window, 0);
        window.dashboard().traffic()->chartCursor()->zoomTo(
            TimePiece {snapshot.now - std::chrono::seconds(100), snapshot.now - std::chrono::seconds(45)});
    };
    const auto asTable = [](MainWindow &window, Snapshot &) {
        window.dashboard().showPage(Page::Keys);
        selectKey(window, 0);
        window.findChild<RateChart *>(QStringLiteral("allChart"))->showTable(true);
        window.findChild<RateChart *>(QStringLiteral("selectedChart"))->findChildren<QAbstractButton *>().constLast()->click();
    };
    const auto limits = [](MainWindow &window) {
        window.dashboard().showPage(Page::Limits);
        QApplication::processEvents();
    };
    const auto limitsIdle = [limits](MainWindow &window, Snapshot &) { limits(window); };
    const auto limitsDraft = [limits](MainWindow &window, Snapshot &) {
        limits(window);
        draft(window);
        window.findChild<QSpinBox *>(QStringLiteral("limitSpin"))->setValue(25);
        window.dashboard().setEnvironment(Environment::Production);
    };
    const auto limitsOvertaken = [limits, overtaken](MainWindow &window, Snapshot &snapshot) {
        limits(window);
        overtaken(window, snapshot);
        snapshot.lostLimits.clear();
        auto history = std::make_shared<EditHistory>(*snapshot.history);
        history->entries.insert(history->entries.begin(), {snapshot.now, "search", std::nullopt, 5, "3 enforce log 60/60000", "5 enforce log 80/60000",
                                                           "grace@bastion", "the sale begins, marketing called"});
        snapshot.history = history;
        window.dashboard().setEnvironment(Environment::Test);
    };
    const auto limitsOverride = [limits](MainWindow &window, Snapshot &snapshot) {
        limits(window);
        window.dashboard().setEnvironment(Environment::Development);
        window.findChild<QTableView *>(QStringLiteral("overrideTable"))->selectRow(2);
        window.findChild<QPushButton *>(QStringLiteral("changeOverrideButton"))->click();
        snapshot.policies[0].rule.mode = Mode::Off;
        snapshot.policies[0].rule.until = snapshot.now + std::chrono::minutes(14);
    };
    const auto limitsBulk = [limits](MainWindow &window, Snapshot &) {
        limits(window);
        window.findChild<QTableView *>(QStringLiteral("policyTable"))->selectAll();
        window.findChild<QPushButton *>(QStringLiteral("bulkEditButton"))->click();
        window.findChild<QDoubleSpinBox *>(QStringLiteral("bulkFactor"))->setValue(0.4);
        window.findChild<QPushButton *>(QStringLiteral("bulkGo"))->click();
    };
    const auto limitsKill = [limits](MainWindow &window, Snapshot &) {
        limits(window);
        window.dashboard().setEnvironment(Environment::Production);
        window.findChild<QPushButton *>(QStringLiteral("killSwitchButton"))->click();
        window.findChild<QLineEdit *>(QStringLiteral("killReason"))->setText(QStringLiteral("limiter rejects the payment provider"));
        window.findChild<QPushButton *>(QStringLiteral("bulkGo"))->click();
        window.findChild<QLineEdit *>(QStringLiteral("confirmName"))->setText(QStringLiteral("everything"));
        window.findChild<QPushButton *>(QStringLiteral("confirmGo"))->click();
    };
    const auto limitsSure = [limits](MainWindow &window, Snapshot &) {
        limits(window);
        window.dashboard().setEnvironment(Environment::Production);
        draft(window);
        window.findChild<QSpinBox *>(QStringLiteral("limitSpin"))->setValue(10);
        window.findChild<QPushButton *>(QStringLiteral("applyButton"))->click();
    };
    const auto limitsWishes = [limits, wishes](MainWindow &window, Snapshot &snapshot) {
        limits(window);
        wishes(window, snapshot);
    };
    const auto limitsEmpty = [limits, quiet](MainWindow &window, Snapshot &snapshot) {
        limits(window);
        quiet(window, snapshot);
        snapshot.overrides = std::make_shared<OverrideList>();
    };
    const auto letThrough = [](Page shown, int policies) {
        return [=](MainWindow &window, Snapshot &snapshot) {
            window.dashboard().showPage(shown);
            auto history = std::make_shared<EditHistory>(*snapshot.history);
            for (int i = 0; i < policies; ++i) {
                Rule &rule = snapshot.policies[static_cast<std::size_t>(i)].rule;
                rule.after = rule.mode;
                rule.mode = Mode::Off;
                rule.until = snapshot.now + std::chrono::minutes(14);
                history->entries.insert(history->entries.begin(), {snapshot.now, snapshot.policies[static_cast<std::size_t>(i)].name, std::nullopt, ++rule.version, "", "",
                                                                   "ada@oncall-2", "the limiter rejects the payment provider"});
                history->effects.insert(history->effects.begin(), EditHistory::Effect {});
            }
            snapshot.history = history;
        };
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
            {QStringLiteral("quiet"), Theme::Light, usual, quiet},
            {QStringLiteral("places-light"), Theme::Light, usual, fillStart},
            {QStringLiteral("places-dark"), Theme::Dark, {1440, 900}, fillStart},
            {QStringLiteral("places-edit-light"), Theme::Light, {1024, 640}, editPlace},
            {QStringLiteral("places-edit-dark"), Theme::Dark, usual, editPlace},
            {QStringLiteral("places-test-light"), Theme::Light, {1024, 640}, tested},
            {QStringLiteral("places-test-dark"), Theme::Dark, usual, tested},
            {QStringLiteral("places-edit-test"), Theme::Light, {1024, 640}, editTested},
            {QStringLiteral("places-password-light"), Theme::Light, usual, password},
            {QStringLiteral("places-password-dark"), Theme::Dark, {1024, 640}, password},
            {QStringLiteral("places-connecting"), Theme::Dark, usual, connecting},
            {QStringLiteral("refused-light"), Theme::Light, usual, refused},
            {QStringLiteral("refused-dark"), Theme::Dark, {1024, 640}, refused},
            {QStringLiteral("not-redis"), Theme::Light, {1024, 640}, notRedis},
            {QStringLiteral("no-rights-light"), Theme::Light, {1024, 640}, noRights},
            {QStringLiteral("no-rights-dark"), Theme::Dark, usual, noRights},
            {QStringLiteral("details-light"), Theme::Light, {1440, 900}, scraper},
            {QStringLiteral("details-dark"), Theme::Dark, {1440, 900}, scraper},
            {QStringLiteral("details-small"), Theme::Light, {1024, 640}, scraper},
            {QStringLiteral("details-hostile"), Theme::Dark, {1024, 640}, details("api", "<b>bold</b>\xff\xe2\x80\xae" "evil")},
            {QStringLiteral("details-shadow"), Theme::Light, usual, shadowed},
            {QStringLiteral("details-banned"), Theme::Dark, usual, details("api", "mobile-app/2.2.0")},
            {QStringLiteral("details-empty"), Theme::Light, {1024, 640}, unchosen},
            {QStringLiteral("history-light"), Theme::Light, {1440, 900}, edits},
            {QStringLiteral("history-dark"), Theme::Dark, {1440, 900}, edit(4)},
            {QStringLiteral("history-small"), Theme::Light, {1024, 640}, edit(3)},
            {QStringLiteral("history-small-dark"), Theme::Dark, {1024, 640}, edits},
            {QStringLiteral("history-outcome"), Theme::Light, usual, sent},
            {QStringLiteral("history-empty"), Theme::Light, {1024, 640}, unedited},
            {QStringLiteral("overview-small-light"), Theme::Light, {1024, 640}, page(Page::Overview)},
            {QStringLiteral("overview-small-dark"), Theme::Dark, {1024, 640}, page(Page::Overview)},
            {QStringLiteral("overview-light"), Theme::Light, {1440, 900}, page(Page::Overview)},
            {QStringLiteral("overview-dark"), Theme::Dark, {1440, 900}, page(Page::Overview)},
            {QStringLiteral("overview-usual"), Theme::Light, usual, page(Page::Overview)},
            {QStringLiteral("overview-calm"), Theme::Light, {1024, 640}, calm},
            {QStringLiteral("alerts-small-light"), Theme::Light, {1024, 640}, alertEdit},
            {QStringLiteral("alerts-small-dark"), Theme::Dark, {1024, 640}, alerts},
            {QStringLiteral("alerts-light"), Theme::Light, {1440, 900}, alerts},
            {QStringLiteral("alerts-dark"), Theme::Dark, {1440, 900}, alertEdit},
            {QStringLiteral("time-2min-light"), Theme::Light, usual, range(2, true)},
            {QStringLiteral("time-2min-dark"), Theme::Dark, {1024, 640}, range(2, false)},
            {QStringLiteral("time-1h-light"), Theme::Light, {1024, 640}, range(6, false)},
            {QStringLiteral("time-1h-dark"), Theme::Dark, {1440, 900}, range(6, true)},
            {QStringLiteral("time-6h-light"), Theme::Light, {1440, 900}, range(8, false)},
            {QStringLiteral("time-6h-dark"), Theme::Dark, {1900, 1000}, range(8, true)},
            {QStringLiteral("time-zoom-light"), Theme::Light, {1024, 640}, zoomed},
            {QStringLiteral("time-zoom-dark"), Theme::Dark, {1440, 900}, zoomed},
            {QStringLiteral("time-10min-light"), Theme::Light, usual, range(4, true)},
            {QStringLiteral("time-10min-dark"), Theme::Dark, {1024, 640}, range(4, false)},
            {QStringLiteral("time-key-10min-light"), Theme::Light, {1440, 900}, keyRange(4)},
            {QStringLiteral("time-key-10min-dark"), Theme::Dark, {1024, 640}, keyRange(4)},
            {QStringLiteral("time-table-light"), Theme::Light, usual, asTable},
            {QStringLiteral("time-table-dark"), Theme::Dark, {1024, 640}, asTable},
            {QStringLiteral("limits-light"), Theme::Light, {1440, 900}, limitsIdle},
            {QStringLiteral("limits-draft-light"), Theme::Light, {1440, 900}, limitsDraft},
            {QStringLiteral("limits-draft-dark"), Theme::Dark, {1024, 640}, limitsDraft},
            {QStringLiteral("limits-overtaken-light"), Theme::Light, {1280, 800}, limitsOvertaken},
            {QStringLiteral("limits-overtaken-dark"), Theme::Dark, {1440, 900}, limitsOvertaken},
            {QStringLiteral("limits-override-light"), Theme::Light, {1024, 640}, limitsOverride},
            {QStringLiteral("limits-override-dark"), Theme::Dark, {1920, 1080}, limitsOverride},
            {QStringLiteral("limits-bulk-light"), Theme::Light, {1280, 800}, limitsBulk},
            {QStringLiteral("limits-kill-dark"), Theme::Dark, {1280, 800}, limitsKill},
            {QStringLiteral("limits-sure-light"), Theme::Light, {1280, 800}, limitsSure},
            {QStringLiteral("limits-wishes-light"), Theme::Light, {1024, 640}, limitsWishes},
            {QStringLiteral("limits-empty-dark"), Theme::Dark, {1280, 800}, limitsEmpty},
            {QStringLiteral("let-through-light"), Theme::Light, {1024, 640}, letThrough(Page::Overview, 3)},
            {QStringLiteral("let-through-dark"), Theme::Dark, {1024, 640}, letThrough(Page::Keys, 1)},
            {QStringLiteral("let-through-limits"), Theme::Dark, usual, letThrough(Page::Limits, 2)},
            {QStringLiteral("effect-light"), Theme::Light, {1440, 900}, effects(1)},
            {QStringLiteral("effect-dark"), Theme::Dark, {1440, 900}, effects(4)},
            {QStringLiteral("effect-small-light"), Theme::Light, {1024, 640}, effects(4)},
            {QStringLiteral("effect-small-dark"), Theme::Dark, {1024, 640}, effects(3)},
            {QStringLiteral("effect-soon"), Theme::Light, usual, effects(2)}};
}

} // namespace

int main(int argc, char **argv)
{
    QApplication app(argc, argv);
    const QString folder = argc > 1 ? QString::fromLocal8Bit(argv[1]) : QStringLiteral(".");
    QDir().mkpath(folder);
    QTranslator translator;
    if (argc > 3) { // a compiled translation, build/<preset>/app/dashboard/rateguard_de.qm
        if (!translator.load(QString::fromLocal8Bit(argv[3])))
            return 1;
        QLocale::setDefault(QLocale(QFileInfo(QString::fromLocal8Bit(argv[3])).baseName().section(QLatin1Char('_'), 1)));
        QCoreApplication::installTranslator(&translator);
    }
    for (const Scene &scene : scenes()) {
        if (argc > 2 && argv[2][0] != '-' && scene.name != QString::fromLocal8Bit(argv[2]))
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
        if (last->span != traffic.request.span) {
            const auto wider = traffic.next();
            last->span = wider->span;
            last->step = wider->step;
            last->all = wider->all;
        }
        last->selectedKnown = traffic.request.hasSelected;
        const auto other = traffic.next();
        last->selected = other->selected;
        last->detail = other->detail;
        window.apply(last);
        last->edits.clear();
        for (int i = 0; i < 3; ++i) {
            window.apply(last);
            app.processEvents();
        }
        window.grab().save(folder + QLatin1Char('/') + scene.name + QStringLiteral(".png"));
        int dialogs = 0;
        for (QDialog *dialog : window.findChildren<QDialog *>()) {
            if (dialog->isVisible())
                dialog->grab().save(QStringLiteral("%1/%2-dialog%3.png").arg(folder, scene.name).arg(++dialogs));
        }
    }
    return 0;
}
