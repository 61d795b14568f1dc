// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The RateGuard authors
#include "Scene.h"

#include <QApplication>
#include <QDoubleSpinBox>
#include <QLineEdit>
#include <QPushButton>
#include <QSpinBox>
#include <QTableView>

namespace rateguard {

namespace {

void limits(MainWindow &window)
{
    window.dashboard().showPage(Page::Limits);
    QApplication::processEvents();
}

void limitsIdle(MainWindow &window, Snapshot &)
{
    limits(window);
}

void limitsDraft(MainWindow &window, Snapshot &)
{
    limits(window);
    draft(window);
    window.findChild<QSpinBox *>(QStringLiteral("limitSpin"))->setValue(25);
    window.dashboard().setEnvironment(Environment::Production);
}

void limitsOvertaken(MainWindow &window, Snapshot &snapshot)
{
    limits(window);
    overtaken(window, snapshot);
    snapshot.lostLimits.clear();
    auto history = std::make_shared<EditHistory>(*snapshot.history);
    history->entries.insert(history->entries.begin(), {snapshot.now, "search", std::nullopt, 5, "3 enforce log 60/60000", "5 enforce log 80/60000",
                                                       "grace@bastion", "the sale begins, marketing called"});
    snapshot.history = history;
    window.dashboard().setEnvironment(Environment::Test);
}

void limitsOverride(MainWindow &window, Snapshot &snapshot)
{
    limits(window);
    window.dashboard().setEnvironment(Environment::Development);
    window.findChild<QTableView *>(QStringLiteral("overrideTable"))->selectRow(2);
    window.findChild<QPushButton *>(QStringLiteral("changeOverrideButton"))->click();
    snapshot.policies[0].rule.mode = Mode::Off;
    snapshot.policies[0].rule.until = snapshot.now + std::chrono::minutes(14);
}

void limitsBulk(MainWindow &window, Snapshot &)
{
    limits(window);
    window.findChild<QTableView *>(QStringLiteral("policyTable"))->selectAll();
    window.findChild<QPushButton *>(QStringLiteral("bulkEditButton"))->click();
    window.findChild<QDoubleSpinBox *>(QStringLiteral("bulkFactor"))->setValue(0.4);
    window.findChild<QPushButton *>(QStringLiteral("bulkGo"))->click();
}

void limitsKill(MainWindow &window, Snapshot &)
{
    limits(window);
    window.dashboard().setEnvironment(Environment::Production);
    window.findChild<QPushButton *>(QStringLiteral("killSwitchButton"))->click();
    window.findChild<QLineEdit *>(QStringLiteral("killReason"))->setText(QStringLiteral("limiter rejects the payment provider"));
    window.findChild<QPushButton *>(QStringLiteral("bulkGo"))->click();
    window.findChild<QLineEdit *>(QStringLiteral("confirmName"))->setText(QStringLiteral("everything"));
    window.findChild<QPushButton *>(QStringLiteral("confirmGo"))->click();
}

void limitsSure(MainWindow &window, Snapshot &)
{
    limits(window);
    window.dashboard().setEnvironment(Environment::Production);
    draft(window);
    window.findChild<QSpinBox *>(QStringLiteral("limitSpin"))->setValue(10);
    window.findChild<QPushButton *>(QStringLiteral("applyButton"))->click();
}

void limitsWishes(MainWindow &window, Snapshot &snapshot)
{
    limits(window);
    wishes(window, snapshot);
}

void limitsEmpty(MainWindow &window, Snapshot &snapshot)
{
    limits(window);
    quiet(window, snapshot);
    snapshot.overrides = std::make_shared<OverrideList>();
}

Change letThrough(Page shown, int policies)
{
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
}

// One in shadow mode for a reason of its own, two off together: `button` is pressed then.
Change mixedEnds(const char *button)
{
    return [button](MainWindow &window, Snapshot &snapshot) {
        limits(window);
        for (std::size_t i = 0; i < 3; ++i) {
            Rule &rule = snapshot.policies[i].rule;
            rule.mode = i == 0 ? Mode::Shadow : Mode::Off;
            rule.after = Mode::Enforce;
            rule.until = snapshot.now + std::chrono::minutes(i == 0 ? 24 : 2);
        }
        window.apply(std::make_shared<Snapshot>(snapshot));
        window.findChild<QPushButton *>(QLatin1String(button))->click();
    };
}

} // namespace

std::vector<Scene> limitScenes()
{
    const QSize usual(1280, 800);
    return {{QStringLiteral("limits-light"), Theme::Light, {1440, 900}, limitsIdle},
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
            {QStringLiteral("end-now-light"), Theme::Light, {1024, 640}, mixedEnds("endNowButton")},
            {QStringLiteral("kill-rest-dark"), Theme::Dark, usual, mixedEnds("killSwitchButton")}};
}

} // namespace rateguard
