// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The RateGuard authors
#pragma once

#include "models/LimitDraft.h"

#include <QWidget>

#include <map>

class QPushButton;

namespace rateguard {

class LimitFields;
class OutcomeLine;
class OvertakenNotice;
class TextLabel;

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

signals:
    void editRequested(const rateguard::LimitEdit &edit);
    void policyMade(const std::string &name);
    void newAbandoned();

private:
    void settle(const EditOutcome &outcome);
    void fileMade(); // the policy in the making exists by now: its draft goes under its name
    void edited(); // the operator changed a field
    void submit();
    void revert();
    void load(); // draft -> fields
    void refresh(); // everything but the fields
    QString obstacle() const; // why nothing can be applied; empty when it can
    LimitDraft *draft();

    std::map<std::string, LimitDraft> m_drafts; // by policy; the one in the making has no name
    std::map<std::string, std::uint64_t> m_policies; // name -> version, of the latest snapshot
    std::string m_current;
    bool m_selected = false;
    bool m_readOnly;
    LinkStatus m_link;
    std::uint64_t m_nextId;

    TextLabel *m_title;
    LimitFields *m_fields;
    TextLabel *m_diff;
    TextLabel *m_hint;
    OvertakenNotice *m_overtaken;
    QPushButton *m_apply;
    QPushButton *m_revert;
    OutcomeLine *m_outcome;
};

} // namespace rateguard
