// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The RateGuard authors
#pragma once

#include "engine/Snapshot.h"
#include "widgets/EditFlags.h"
#include "models/Environment.h"
#include "models/LimitWatch.h"
#include "widgets/Page.h"

#include <QWidget>

class QStackedLayout;

namespace rateguard {

class KeyActions;
class KeyEditList;
class KeyHead;
class KeyWhy;
class KeyWindows;
class RateChart;

// All about one key: its traffic, its window, why it was rejected last, and what can be done about it. Draws while it is
// shown only; outcomes of edits are kept all the same.
class DetailsPage : public QWidget
{
    Q_OBJECT

public:
    explicit DetailsPage(QWidget *parent);

    void apply(const Snapshot &snapshot, std::optional<Instant> still = {});
    void forgetEdits(); // what was typed, and what became of those sent
    void setEnvironment(Environment environment);
    void select(const std::string &policy, const std::string &key);
    void selectNothing();
    void setReadOnly(bool readOnly); // of the whole program

signals:
    void overrideRequested(const rateguard::OverrideEdit &edit);
    void policyChosen(const std::string &policy); // its limit is to be edited
    void pageChosen(rateguard::Page page);

protected:
    bool event(QEvent *event) override;

private:
    QWidget *makeEmpty();
    QWidget *makeBody();
    void draw(const Snapshot &snapshot, Instant drawn);

    std::string m_policy;
    std::string m_key;
    bool m_stale = true; // the next snapshot may still be about the key before
    int m_unknown = 0; // how many snapshots in a row knew nothing of the key
    KeyHead *m_head;
    RateChart *m_chart;
    EditFlags m_flags;
    LimitWatch m_limit;
    KeyWindows *m_windows;
    KeyWhy *m_why;
    KeyEditList *m_edits;
    KeyActions *m_actions;
    QStackedLayout *m_pages;
};

} // namespace rateguard
