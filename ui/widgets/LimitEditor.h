// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The RateGuard authors
#pragma once

#include "models/DraftBook.h"

#include <QWidget>

class QPushButton;

namespace rateguard {

class LimitFields;
class OutcomeLine;
class OvertakenNotice;
class TextLabel;
class UnsetNotice;

// Edits one policy at a time and keeps a draft for each: drafts outlive the selection, incoming snapshots and a lost
// connection. Nothing is written here; what Redis made of an edit comes back in a snapshot.
class LimitEditor : public QWidget
{
    Q_OBJECT

public:
    LimitEditor(bool readOnly, QWidget *parent);

    void select(const PolicyRow &policy);
    void selectNothing();
    void startNew();
    void apply(const Snapshot &snapshot);
    bool isBusy() const { return m_selected; } // shows a policy or makes one
    bool isTouched() const; // holds a wish that is not in Redis, or waits for an answer
    const std::string &policy() const { return m_current; } // empty: none, or one in the making

signals:
    void editRequested(const rateguard::LimitEdit &edit);
    void sent(QWidget *outcome); // where to look now
    void policyMade(const std::string &name);
    void abandoned(); // shows nothing any more

private:
    void arrange();
    void made(const std::string &name); // the policy in the making exists by now
    void edited(); // the operator changed a field
    void submit();
    void askUnset();
    void submitUnset();
    void revert();
    void takeTheirs();
    void keepMine();
    void abandon(); // drops the draft and shows nothing
    void load(); // draft -> fields
    void refresh(); // everything but the fields
    void refreshButtons(const LimitDraft &mine);
    LimitDraft *draft();

    DraftBook m_drafts;
    std::string m_current;
    bool m_selected = false;
    bool m_readOnly;
    std::uint64_t m_nextId;

    TextLabel *m_title;
    QPushButton *m_unset;
    UnsetNotice *m_confirm;
    LimitFields *m_fields;
    TextLabel *m_diff;
    TextLabel *m_hint;
    OvertakenNotice *m_overtaken;
    QPushButton *m_apply;
    QPushButton *m_revert;
    OutcomeLine *m_outcome;
};

} // namespace rateguard
