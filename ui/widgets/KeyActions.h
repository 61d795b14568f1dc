// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The RateGuard authors
#pragma once

#include "models/KeyEditBook.h"
#include "models/StepSize.h"
#include "widgets/Card.h"

class QLineEdit;
class QPushButton;

namespace rateguard {

class OutcomeLine;
class SpanChoice;
class TextLabel;

// What can be done about one key: ban, exempt, a limit of its own, for a time; lift that; reset what it has used. Each edit
// is against the override that was shown, and its outcome stands below. Reason and time stay until the edit was made.
class KeyActions : public Card
{
    Q_OBJECT

public:
    explicit KeyActions(QWidget *parent);

    void setEnvironment(Environment environment);
    void setReadOnly(bool readOnly) { m_readOnly = readOnly; }
    void forgetEdits(); // another Redis
    void setKey(const std::string &policy, const std::string &key);
    void settle(const std::vector<OverrideOutcome> &outcomes); // also while nobody looks
    void display(const Snapshot &snapshot, const KeyDetail *detail, const PolicyRow *policy); // may be null

signals:
    void overrideRequested(const rateguard::OverrideEdit &edit);
    void policyChosen(const std::string &policy); // its limit is to be edited

private:
    void arrange();
    void limit();
    OverrideEdit draft() const; // of what is shown, signed
    OverrideEdit draft(std::optional<Override::Kind> kind) const; // a lift without one
    OverrideEdit draftReset() const;
    void label(); // dots where something is asked
    void ask(const OverrideEdit &edit);
    void send(const OverrideEdit &edit);
    void showOutcome();
    void forgetTyped(std::uint64_t id); // the reason and the time of the edit that was made; what was typed since stays
    void leaveFields(); // once what was typed was made
    void enable();
    QString obstacle() const; // to all of it
    void enable(QPushButton *button, const QString &obstacle, const QString &toolTip);

    Environment m_environment = Environment::Unmarked;
    bool m_readOnly = false;
    std::string m_policy;
    std::string m_key;
    QString m_watchOnly; // why nothing can be changed
    bool m_known = false; // what holds for the key now
    bool m_hasLimit = false; // its policy
    KeyStanding m_standing; // what the operator was shown
    KeyEditBook m_edits {std::uint64_t {1} << 32};

    SpanChoice *m_for;
    std::optional<Duration> m_usual; // time
    QLineEdit *m_reason;
    QPushButton *m_ban;
    QPushButton *m_exempt;
    QLineEdit *m_limitText;
    QPushButton *m_limit;
    TextLabel *m_problem; // of the limit that was typed
    QPushButton *m_lift;
    QPushButton *m_reset;
    QPushButton *m_edit;
    TextLabel *m_obstacle;
    OutcomeLine *m_outcome;
};

} // namespace rateguard
