// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The RateGuard authors
#pragma once

#include "models/DraftBook.h"
#include "models/Environment.h"
#include "models/UndoOffer.h"

#include <QWidget>

namespace rateguard {

class LimitForm;

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
    void setEnvironment(Environment environment);
    void wish(const LimitEdit &edit); // for the selected policy, as if it had been typed
    bool undo(); // loads what stood before the last edit; false: it cannot
    void focusLimit();
    bool isBusy() const { return m_selected; } // shows a policy or makes one
    bool isTouched() const; // holds a wish that is not in Redis, or waits for an answer
    const std::string &policy() const { return m_current; } // empty: none, or one in the making

signals:
    void editRequested(const rateguard::LimitEdit &edit);
    void sent(QWidget *outcome); // where to look now
    void applied(); // what was sent, and nothing was typed since
    void undoOffered(const rateguard::UndoOffer &offer); // what undo() would do by now
    void policyMade(const std::string &name);
    void abandoned(); // shows nothing any more

private:
    void made(const std::string &name); // the policy in the making exists by now
    void edited(); // the operator changed a field
    void ask(); // before a draft is sent
    void submit(const std::string &policy); // unless it can no longer be
    void askUnset(const std::string &reason = {}); // the reason is used if nothing else is typed
    void submitUnset(const std::string &policy);
    void send(const LimitEdit &edit);
    void discard();
    void takeTheirs();
    void keepMine();
    void abandon(); // drops the draft and shows nothing
    void refresh();
    LimitDraft *draft();

    DraftBook m_drafts;
    std::string m_current;
    bool m_selected = false;
    Environment m_environment = Environment::Unmarked;
    std::uint64_t m_askedVersion = 0; // of the limit that the question about taking it away is about
    std::string m_askedReason; // that goes with a yes to it, and with nothing else
    std::uint64_t m_nextId;
    LimitForm *m_form;
};

} // namespace rateguard
