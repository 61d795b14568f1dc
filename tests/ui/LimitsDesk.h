// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The RateGuard authors
#pragma once

#include "Agree.h"
#include "EditorDesk.h"
#include "widgets/LimitsPage.h"

#include <QTableView>

namespace rateguard {

inline constexpr Instant start {100h};

// The page with three policies and two overrides, marked as development: it asks before large steps only.
struct LimitsDesk
{
    LimitsDesk()
    {
        QObject::connect(&page, &LimitsPage::editRequested, &page, [this](const LimitEdit &edit) { edits.push_back(edit); });
        QObject::connect(&page, &LimitsPage::overrideRequested, &page, [this](const OverrideEdit &edit) { keyEdits.push_back(edit); });
        now = live({policy(600, 1, "api"), policy(60, 3), policy(5, 1, "upload")});
        now.now = start;
        auto list = std::make_shared<OverrideList>();
        list->all = {{"api", odd, {Override::Kind::Ban, {}, std::nullopt, 2}}, {"search", "user-1", {Override::Kind::Limit, {30, 1min}, start + 8min, 4}}};
        now.overrides = list;
        auto history = std::make_shared<EditHistory>();
        history->entries = {{start - 1min, "search", std::nullopt, 3, "2 enforce log 100/60000", "3 enforce log 60/60000", "ada@oncall", "scraper"},
                            {start - 2min, "search", "user-1", 4, "", "4 limit 0 30/60000", "ada@oncall", "half"}};
        now.history = history;
        page.setEnvironment(Environment::Development);
        page.apply(now);
        page.resize(1000, 700);
        page.show();
    }
    template <typename Widget>
    Widget *find(const char *name) const { return page.findChild<Widget *>(QString::fromLatin1(name)); }
    QString text(const char *name) const { return find<QLabel>(name)->text(); }
    void click(const char *name) const { find<QPushButton>(name)->click(); }
    void send(const char *button) const // and says yes to what is asked
    {
        click(button);
        agree(page);
    }
    void select(const char *table, std::initializer_list<int> rows) const
    {
        auto *view = find<QTableView>(table);
        view->clearSelection();
        for (const int row : rows)
            view->selectionModel()->select(view->model()->index(row, 0), QItemSelectionModel::Select | QItemSelectionModel::Rows);
    }
    void settle(const LimitEdit &edit, Status status)
    {
        Snapshot snapshot = now;
        EditOutcome outcome;
        outcome.id = edit.id;
        outcome.status = status;
        outcome.policy = edit.policy;
        outcome.after = {{1, 1min}, Mode::Enforce, 9};
        snapshot.edits.push_back(outcome);
        page.apply(snapshot);
    }

    const std::string odd {"\xff\0odd", 5};
    LimitsPage page {false, nullptr};
    Snapshot now;
    std::vector<LimitEdit> edits;
    std::vector<OverrideEdit> keyEdits;
};

} // namespace rateguard
