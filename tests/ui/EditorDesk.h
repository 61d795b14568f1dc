// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The RateGuard authors
#pragma once

#include "Agree.h"
#include "widgets/LimitEditor.h"

#include <QComboBox>
#include <QLabel>
#include <QSpinBox>
#include <QTest>

namespace rateguard {

using namespace std::chrono_literals;
using Status = EditOutcome::Status;

inline PolicyRow policy(std::uint32_t count, std::uint64_t version, const char *name = "search")
{
    PolicyRow row;
    row.name = name;
    row.rule = {{count, 1min}, Mode::Enforce, version};
    return row;
}

inline Snapshot live(std::vector<PolicyRow> policies)
{
    Snapshot snapshot;
    snapshot.link.state = LinkState::Live;
    snapshot.link.endpoint = "redis://h";
    snapshot.policies = std::move(policies);
    return snapshot;
}

// The editor with its fields at hand and the edits that it asked for.
struct Desk
{
    explicit Desk(bool readOnly = false) : editor(readOnly, nullptr)
    {
        QObject::connect(&editor, &LimitEditor::editRequested, &editor, [this](const LimitEdit &edit) { edits.push_back(edit); });
        editor.apply(live({policy(60, 3)}));
        editor.select(policy(60, 3));
        editor.show();
    }
    template <typename Widget>
    Widget *find(const char *name) const { return editor.findChild<Widget *>(QString::fromLatin1(name)); }
    QSpinBox *limit() const { return find<QSpinBox>("limitSpin"); }
    QPushButton *applyButton() const { return find<QPushButton>("applyButton"); }
    QString text(const char *label) const { return find<QLabel>(label)->text(); }
    bool shows(const char *label) const { return find<QLabel>(label)->isVisible(); }

    void send() const // and says yes to what is asked
    {
        applyButton()->click();
        agree(editor);
    }
    void submit(int count)
    {
        limit()->setValue(count);
        applyButton()->click();
    }
    void settle(Status status, Rule after = {}, std::vector<PolicyRow> policies = {policy(60, 3)})
    {
        Snapshot snapshot = live(std::move(policies));
        EditOutcome outcome;
        outcome.id = edits.back().id;
        outcome.status = status;
        outcome.policy = edits.back().policy;
        outcome.after = after;
        outcome.message = "Try <b>again</b>.";
        snapshot.edits.push_back(outcome);
        editor.apply(snapshot);
    }

    void submitNew(const char *name)
    {
        editor.startNew();
        QTest::keyClicks(find<QLineEdit>("nameEdit"), QString::fromLatin1(name));
        applyButton()->click();
    }

    LimitEditor editor;
    std::vector<LimitEdit> edits;
};

inline PolicyRow unreadable(const char *name)
{
    PolicyRow row;
    row.name = name;
    row.valid = false;
    row.text = "what?";
    return row;
}

inline constexpr Rule hundred {{100, 1min}, Mode::Enforce, 4};

} // namespace rateguard
