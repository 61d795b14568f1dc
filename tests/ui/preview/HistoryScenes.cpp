// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The RateGuard authors
#include "Scene.h"

#include <QPushButton>
#include <QTableView>

namespace rateguard {

using namespace std::chrono_literals;

namespace {

void edits(MainWindow &window, Snapshot &)
{
    dashboard(window)->showPage(Page::History);
}

Change edit(int row)
{
    return [row](MainWindow &window, Snapshot &snapshot) {
        dashboard(window)->showPage(Page::History);
        const auto copy = std::make_shared<Snapshot>(snapshot);
        window.apply(copy);
        window.findChild<QTableView *>(QStringLiteral("historyTable"))->selectRow(row);
    };
}

// Edits whose effect was heard, was over too soon, still goes on, or is known of the whole policy only.
Change effects(int row)
{
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
        add(88s, client, 5, "5 limit 0 30/60000", "half of what the others get", {840, 12, 840, 840, 60s, 62s, Basis::Key, End {End::Cause::Edit, false, 7, 62s}});
        add(85s, "user-7001", 6, "6 ban 0", "the old window was closed", {4000, 3900, 9000, 9000, 10min, 1min, Basis::Minutes, std::nullopt, true});
        add(26s, client, 7, "7 ban 0", "a slip of the finger", {840, 0, 850, 0, 60s, 0s, Basis::Key, End {End::Cause::Removal, false, 8, 3s}});
        add(23s, client, 8, "8 limit 0 60/60000", "lifted the ban", {840, 12, 840, 838, 45s, 20s, Basis::Key, std::nullopt, true});
        EditHistory::Effect bounded {433, 433, 1485, 1490, 60s, 41s, Basis::Policy, End {End::Cause::Edit, false, 9, 41s, "nightly"}};
        add(21s, std::nullopt, 3, "3 enforce log 120/60000", "they asked for more", bounded);
        EditHistory::Effect others {112, 31, 1485, 1490, 60s, 14s, Basis::Policy, std::nullopt, true};
        others.without = {"nightly", client};
        add(14s, std::nullopt, 4, "4 enforce log 150/60000", "still too little", others);
        EditHistory::Effect early {477, 0, 480, 0, 60s, 0s, Basis::Key, std::nullopt, true};
        early.expected = snapshot.now + 4s;
        add(4s, client, 9, "9 ban 0", "eats all of it", early);
        add(2s, std::nullopt, 5, "5 enforce log 60/60000", "scraper eats the index", {0, 0, 0, 0, 0s, 0s, Basis::Minutes, std::nullopt, true});
        snapshot.history = history;
        edit(row)(window, snapshot);
    };
}

void sent(MainWindow &window, Snapshot &snapshot)
{
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
}

void unedited(MainWindow &window, Snapshot &snapshot)
{
    dashboard(window)->showPage(Page::History);
    auto none = std::make_shared<EditHistory>();
    none->isComplete = true;
    snapshot.history = none;
}

} // namespace

std::vector<Scene> historyScenes()
{
    const QSize usual(1280, 800);
    return {{QStringLiteral("history-light"), Theme::Light, {1440, 900}, edits},
            {QStringLiteral("history-dark"), Theme::Dark, {1440, 900}, edit(4)},
            {QStringLiteral("history-small"), Theme::Light, {1024, 640}, edit(3)},
            {QStringLiteral("history-small-dark"), Theme::Dark, {1024, 640}, edits},
            {QStringLiteral("history-outcome"), Theme::Light, usual, sent},
            {QStringLiteral("history-empty"), Theme::Light, {1024, 640}, unedited},
            {QStringLiteral("effect-light"), Theme::Light, {1440, 900}, effects(1)},
            {QStringLiteral("effect-dark"), Theme::Dark, {1440, 900}, effects(3)},
            {QStringLiteral("effect-small-light"), Theme::Light, {1024, 640}, effects(2)},
            {QStringLiteral("effect-small-dark"), Theme::Dark, {1024, 640}, effects(6)},
            {QStringLiteral("effect-soon"), Theme::Light, usual, effects(5)}};
}

} // namespace rateguard
