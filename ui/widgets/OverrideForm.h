// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The RateGuard authors
#pragma once

#include "models/StepSize.h"

#include <QWidget>

#include <optional>

class QComboBox;
class QGridLayout;
class QLineEdit;
class QPushButton;

namespace rateguard {

class SpanChoice;
class TextLabel;

// What one key gets instead of its policy's limit: a ban, an exemption or a limit of its own, for a time or until it is lifted.
// Either for a key that is typed, as UTF-8, or for one that is known: its bytes are kept as they are. Asks before large steps;
// the edit goes against the override that the operator was shown. It stays until the edit was made: after a refusal or a
// conflict what was typed is still there.
class OverrideForm : public QWidget
{
    Q_OBJECT

public:
    explicit OverrideForm(QWidget *parent);

    void apply(const Snapshot &snapshot); // what became of the edit, which policies and overrides there are, and whether anything may be written
    void setReadOnly(bool readOnly) { m_readOnly = readOnly; }
    void setEnvironment(Environment environment);
    void takeFocus(); // in its first field
    void openNew(const std::string &policy); // another may be chosen
    void openFor(const std::string &policy, const std::string &key); // with what it has now

signals:
    void overrideRequested(const rateguard::OverrideEdit &edit);
    void closed(); // made, or let go

protected:
    void keyPressEvent(QKeyEvent *event) override;

private:
    void setUp();
    void arrange();
    int caption(const QString &text, QWidget *field, QGridLayout *grid, int row);
    void listPolicies(const Snapshot &snapshot);
    void choose(const std::string &policy); // empty: the first
    bool isListed() const; // the policy has a limit
    std::string key() const;
    KeyStanding standing() const; // of the key, by what is known now
    OverrideEdit wish() const;
    QString problem() const; // with what is typed
    void display();
    void ask();
    void send(OverrideEdit edit);
    bool settle(const Snapshot &snapshot); // true: the edit was made

    bool m_readOnly = false;
    Environment m_environment = Environment::Unmarked;
    LinkStatus m_link;
    Snapshot m_latest; // what the standing of a key is known by
    std::optional<std::string> m_key; // given, not typed
    std::vector<std::string> m_policies; // as the box lists them
    std::string m_chosen; // policy, whether it is listed or not
    std::uint64_t m_sent = 0; // the id of the latest edit; 0: none
    bool m_pending = false; // it waits for Redis

    TextLabel *m_title;
    QComboBox *m_policy;
    QLineEdit *m_typed;
    TextLabel *m_given;
    QComboBox *m_kind;
    TextLabel *m_limitCaption;
    QLineEdit *m_limit;
    TextLabel *m_problem;
    SpanChoice *m_span;
    QLineEdit *m_reason;
    TextLabel *m_standing;
    QPushButton *m_cancel;
    QPushButton *m_set;
};

} // namespace rateguard
