// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The RateGuard authors
#include "Scene.h"

#include "widgets/StartPage.h"

#include <QLineEdit>
#include <QPushButton>
#include <QTableView>

namespace rateguard {

namespace {

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

void idle(MainWindow &, Snapshot &snapshot)
{
    snapshot.link = {};
}

void click(MainWindow &window, const char *button)
{
    window.findChild<QPushButton *>(QString::fromLatin1(button))->click();
}

void editPlace(MainWindow &window, Snapshot &snapshot)
{
    fillStart(window, snapshot);
    window.startPage().setAddressProblem([](const QString &url) {
        return url.startsWith(QLatin1String("redis://")) ? QString() : QStringLiteral("A Redis URL starts with redis:// or unix://, for example redis://127.0.0.1:6379/0 or unix:///run/redis/redis.sock.");
    });
    window.startPage().showKeyringTrouble(QStringLiteral("No keyring answers, or it was not unlocked, so passwords are asked for each time and kept nowhere."));
    click(window, "editPlaceButton");
    window.findChild<QLineEdit *>(QStringLiteral("placeUrl"))->setText(QStringLiteral("10.20.0.14"));
}

void tested(MainWindow &window, Snapshot &snapshot)
{
    fillStart(window, snapshot);
    click(window, "testPlaceButton");
    fillChecks(window, true);
}

void editTested(MainWindow &window, Snapshot &snapshot)
{
    fillStart(window, snapshot);
    click(window, "editPlaceButton");
    click(window, "testDraftButton");
    fillChecks(window, false);
}

void password(MainWindow &window, Snapshot &snapshot)
{
    fillStart(window, snapshot);
    window.startPage().askPassword({QStringLiteral("3"), QStringLiteral("Payments EU"), QStringLiteral("redis://10.20.0.14:6379"), QStringLiteral("on-call")},
                                   QStringLiteral("Redis refused this user and password. Check both; special characters in a URL are percent-encoded."));
}

void connecting(MainWindow &window, Snapshot &snapshot)
{
    fillStart(window, snapshot);
    window.apply(std::make_shared<Snapshot>(snapshot));
    snapshot.link.state = LinkState::Connecting;
    snapshot.link.neverReached = true;
    snapshot.link.endpoint = "redis://10.20.0.14:6379";
}

void refused(MainWindow &, Snapshot &snapshot)
{
    snapshot.link.state = LinkState::Refused;
    snapshot.link.asksPassword = true;
    snapshot.link.detail = "Redis refused this user and password. Check both; special characters in a URL are percent-encoded.";
}

void notRedis(MainWindow &window, Snapshot &snapshot)
{
    quiet(window, snapshot);
    snapshot.started = false;
    snapshot.link.state = LinkState::Lost;
    snapshot.link.neverReached = true;
    snapshot.link.retryIn = Duration(1400);
    snapshot.link.detail = "redis://127.0.0.1:8080 does not look like a Redis (Protocol error, got \"H\" as reply type byte). Check host and port.";
}

void noRights(MainWindow &window, Snapshot &snapshot)
{
    window.setPlace({QStringLiteral("3"), QStringLiteral("Payments EU"), {}, {}, Environment::Production});
    window.dashboard().showPage(Page::Limits);
    snapshot.link.mayEdit = snapshot.link.mayOverride = false;
    snapshot.link.rights = "This user may watch but not edit: NOPERM on FCALL. Ask for an operator's login: rateguardctl acl print operator";
    window.findChild<QTableView *>(QStringLiteral("policyTable"))->selectRow(2);
}

} // namespace

std::vector<Scene> placeScenes()
{
    const QSize usual(1280, 800);
    return {{QStringLiteral("start-light"), Theme::Light, usual, idle},
            {QStringLiteral("start-dark"), Theme::Dark, usual, idle},
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
            {QStringLiteral("no-rights-dark"), Theme::Dark, usual, noRights}};
}

} // namespace rateguard
