// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The RateGuard authors
#pragma once

#include "models/RevertPlan.h"
#include "widgets/Card.h"
#include "models/Environment.h"

class QLineEdit;
class QPushButton;

namespace rateguard {

class EditComparison;
class EffectBars;
class OutcomeLine;
class TextLabel;

// One edit of the history: what it changed, who made it and why, what it did, and the way back. Reverting is an edit like
// any other, against what Redis holds now; what would be sent is shown before it is.
class EditDetail : public Card
{
    Q_OBJECT

public:
    explicit EditDetail(QWidget *parent);

    void setEnvironment(Environment environment) { m_environment = environment; }
    void setReadOnly(bool readOnly) { m_readOnly = readOnly; }
    void display(const AuditEntry &edit, const EditHistory::Effect &effect, const Snapshot &snapshot);
    void settle(const Snapshot &snapshot); // outcomes; also while nobody looks
    void focusRevert(); // once it is displayed, if it can be reverted
    QWidget *outcome() const; // of the last revert, when it is of this edit

public slots:
    void open(const AuditEntry &edit); // the key or the policy that it is about

signals:
    void announced(const QString &what); // that Enter would revert it, as plain text
    void editRequested(const rateguard::LimitEdit &edit);
    void overrideRequested(const rateguard::OverrideEdit &edit);
    void keyChosen(const std::string &policy, const std::string &key);
    void policyChosen(const std::string &policy);

private:
    struct Sent // the last revert
    {
        std::uint64_t id = 0;
        AuditEntry reverted;
        QString typed {}; // as the reason
        bool isPending = true;
        std::optional<Instant> made {}; // when that became known
    };
    void arrange();
    void displayEdit(const AuditEntry &edit);
    void displayPlan(const Snapshot &snapshot);
    void enable();
    void ask();
    void send(const AuditEntry &edit, RevertPlan plan);
    void made(Instant now); // the revert was; its reason goes, one typed since stays
    void forgetSent(Instant now); // some time after it was made

    Environment m_environment = Environment::Unmarked;
    bool m_readOnly = false;
    bool m_focusesRevert = false;
    std::optional<AuditEntry> m_edit;
    RevertPlan m_plan;
    QString m_watchOnly; // why nothing can be changed
    // What the plan was made of.
    std::shared_ptr<const EditHistory> m_history;
    std::shared_ptr<const OverrideList> m_overrides;
    Instant m_planned;
    std::uint64_t m_nextId = std::uint64_t {1} << 33;
    std::optional<Sent> m_sent;

    TextLabel *m_title;
    TextLabel *m_author;
    TextLabel *m_reason;
    EditComparison *m_comparison;
    EffectBars *m_bars;
    TextLabel *m_effect;
    TextLabel *m_diff;
    QLineEdit *m_why;
    QPushButton *m_revert;
    QPushButton *m_open;
    OutcomeLine *m_outcome;
};

} // namespace rateguard
