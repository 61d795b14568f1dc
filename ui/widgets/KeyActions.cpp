// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The RateGuard authors
#include "widgets/KeyActions.h"

#include "format/Text.h"
#include "models/Author.h"
#include "models/OverrideWords.h"
#include "widgets/OutcomeLine.h"
#include "widgets/OverrideStep.h"
#include "widgets/SpanChoice.h"
#include "widgets/TextLabel.h"

#include <QGridLayout>
#include <QLineEdit>
#include <QPushButton>

namespace rateguard {
namespace {

QPushButton *button(const QString &text, const char *name, QWidget *parent)
{
    auto *made = new QPushButton(text, parent);
    made->setObjectName(QLatin1String(name));
    return made;
}

} // namespace

KeyActions::KeyActions(QWidget *parent)
    : Card(parent),
      m_for(overrideSpan(this)),
      m_usual(m_for->span()),
      m_reason(new QLineEdit(this)),
      m_ban(button(tr("Ban"), "banButton", this)),
      m_exempt(button(tr("Exempt"), "exemptButton", this)),
      m_limitText(new QLineEdit(this)),
      m_limit(button(tr("Set own limit"), "ownLimitButton", this)),
      m_problem(new TextLabel({}, Ink::Danger, this)),
      m_lift(button(tr("Lift"), "liftButton", this)),
      m_reset(button(tr("Reset use"), "resetButton", this)),
      m_edit(button(tr("Edit the policy's limit…"), "editPolicyButton", this)),
      m_obstacle(new TextLabel({}, Ink::Warning, this)),
      m_outcome(new OutcomeLine(QStringLiteral("keyOutcomeLabel"), tr("Outcome for the key"), this))
{
    m_for->setToolTip(tr("A ban, an exemption or a limit of its own ends by itself after so long."));
    m_reason->setObjectName(QStringLiteral("overrideReasonEdit"));
    m_reason->setAccessibleName(tr("Reason"));
    m_reason->setPlaceholderText(tr("Reason, for the history"));
    m_reason->setMaxLength(200);
    m_limitText->setObjectName(QStringLiteral("ownLimitEdit"));
    m_limitText->setAccessibleName(tr("A limit of its own"));
    m_limitText->setPlaceholderText(tr("30/min"));
    m_limitText->setMaxLength(120);
    m_problem->setObjectName(QStringLiteral("ownLimitProblem"));
    m_problem->setWordWrap(true);
    m_problem->hide();
    m_obstacle->setObjectName(QStringLiteral("keyObstacleLabel"));
    m_obstacle->setWordWrap(true);
    arrange();
    connect(m_ban, &QPushButton::clicked, this, [this] { ask(draft(Override::Kind::Ban)); });
    connect(m_exempt, &QPushButton::clicked, this, [this] { ask(draft(Override::Kind::Exempt)); });
    connect(m_limit, &QPushButton::clicked, this, &KeyActions::limit);
    connect(m_limitText, &QLineEdit::returnPressed, m_limit, &QPushButton::click);
    connect(m_limitText, &QLineEdit::textEdited, m_problem, &QWidget::hide);
    connect(m_limitText, &QLineEdit::textChanged, this, &KeyActions::label);
    connect(m_lift, &QPushButton::clicked, this, [this] { ask(draft(std::nullopt)); });
    connect(m_reset, &QPushButton::clicked, this, [this] { ask(draftReset()); });
    connect(m_edit, &QPushButton::clicked, this, [this] { emit policyChosen(m_policy); });
    enable();
}

void KeyActions::arrange()
{
    auto *title = new TextLabel(tr("For this key alone"), Ink::Normal, this);
    title->setScale(1.0, true);
    auto *grid = new QGridLayout;
    grid->setHorizontalSpacing(6);
    grid->setVerticalSpacing(6);
    grid->setColumnStretch(0, 1);
    grid->setColumnStretch(1, 1);
    auto *time = new QHBoxLayout;
    time->setSpacing(6);
    time->addWidget(new TextLabel(tr("For"), Ink::Muted, this));
    time->addWidget(m_for, 1);
    grid->addLayout(time, 0, 0, 1, 2);
    grid->addWidget(m_reason, 1, 0, 1, 2);
    grid->addWidget(m_ban, 2, 0);
    grid->addWidget(m_exempt, 2, 1);
    grid->addWidget(m_limitText, 3, 0);
    grid->addWidget(m_limit, 3, 1);
    grid->addWidget(m_problem, 4, 0, 1, 2);
    grid->addWidget(m_lift, 5, 0);
    grid->addWidget(m_reset, 5, 1);
    auto *others = new TextLabel(tr("For all keys of the policy"), Ink::Normal, this);
    others->setScale(1.0, true);
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(12, 9, 10, 10);
    column->setSpacing(7);
    column->addWidget(title);
    column->addLayout(grid);
    column->addWidget(m_obstacle);
    column->addWidget(m_outcome);
    column->addSpacing(4);
    column->addWidget(others);
    column->addWidget(m_edit);
    column->addStretch(1);
}

void KeyActions::setEnvironment(Environment environment)
{
    m_environment = environment;
    label();
}

void KeyActions::setKey(const std::string &policy, const std::string &key)
{
    m_policy = policy;
    m_key = key;
    m_known = false;
    m_standing = {};
    m_for->setSpan(m_usual);
    m_limitText->clear();
    m_reason->clear();
    m_problem->hide();
    showOutcome();
    enable();
}

void KeyActions::forgetEdits()
{
    m_edits.clear();
    setKey(m_policy, m_key);
}

void KeyActions::settle(const std::vector<OverrideOutcome> &outcomes)
{
    bool ours = false;
    for (const OverrideOutcome &outcome : outcomes) {
        if (!m_edits.settle(outcome))
            continue;
        ours = true;
        if (outcome.status == OverrideOutcome::Status::Applied) {
            forgetTyped(outcome.id);
            leaveFields();
        }
    }
    if (ours)
        showOutcome();
}

void KeyActions::forgetTyped(std::uint64_t id)
{
    const KeyEditBook::Sent *sent = m_edits.of(m_policy, m_key);
    if (!sent || sent->edit.id != id)
        return;
    if (m_reason->text().trimmed().toStdString() == sent->edit.reason)
        m_reason->clear();
    if (sent->edit.kind && m_for->span() == sent->edit.span)
        m_for->setSpan(m_usual); // a time is meant for one act
}

// They would keep Ctrl+Z to themselves; where something was typed since, that goes on.
void KeyActions::leaveFields()
{
    QString problem;
    const KeyEditBook::Sent *sent = m_edits.of(m_policy, m_key);
    const QWidget *focus = window()->focusWidget();
    const bool limitStands = sent && parseOwnLimit(m_limitText->text(), &problem) == sent->edit.limit;
    if ((focus == m_limitText && limitStands) || (focus == m_reason && m_reason->text().isEmpty()))
        setFocus();
}

void KeyActions::display(const Snapshot &snapshot, const KeyDetail *detail, const PolicyRow *policy)
{
    m_watchOnly = watchOnlyText(snapshot.link, m_readOnly);
    m_known = detail != nullptr;
    m_hasLimit = policy && policy->valid;
    m_standing = keyStanding(snapshot, m_policy, m_key);
    const bool holds = detail && detail->override && !detail->override->isOver(snapshot.now);
    m_standing.own = holds ? detail->override : std::nullopt;
    if (detail && m_edits.forgetOver(*detail))
        showOutcome();
    enable();
}

QString KeyActions::obstacle() const
{
    if (!m_watchOnly.isEmpty())
        return m_watchOnly;
    if (!m_known)
        return tr("Waiting for what Redis says of this key.");
    const KeyEditBook::Sent *sent = m_edits.of(m_policy, m_key);
    return sent && sent->isPending() ? tr("Waiting for Redis to answer the last edit.") : QString();
}

void KeyActions::enable()
{
    const QString all = obstacle();
    const QString unlimited = !all.isEmpty() ? all : !m_hasLimit ? tr("The policy has no limit: set one first.") : QString();
    const QString bare = !all.isEmpty() ? all : !m_standing.own ? tr("Nothing holds for this key alone: there is nothing to lift.") : QString();
    enable(m_ban, unlimited, tr("Reject every request of this key"));
    enable(m_exempt, unlimited, tr("Admit every request of this key, uncounted"));
    enable(m_limit, unlimited, tr("Instead of the policy's limit"));
    enable(m_lift, bare, tr("The policy's limit holds for it again, at once"));
    enable(m_reset, all, tr("Forget what it has used: its windows are empty again"));
    label();
    for (QWidget *field : std::initializer_list<QWidget *> {m_for, m_reason, m_limitText})
        field->setEnabled(m_watchOnly.isEmpty());
    // Shortly after a click a line that comes and goes would only flicker.
    m_obstacle->setText(!m_watchOnly.isEmpty() ? m_watchOnly : m_known && !m_hasLimit ? unlimited : QString());
    m_obstacle->setVisible(!m_obstacle->text().isEmpty());
}

void KeyActions::enable(QPushButton *button, const QString &obstacle, const QString &toolTip)
{
    if (!obstacle.isEmpty() && window()->focusWidget() == button)
        setFocus(); // and not the next button, which does something else
    button->setEnabled(obstacle.isEmpty());
    const QString text = obstacle.isEmpty() ? toolTip : obstacle;
    if (text == button->accessibleDescription())
        return;
    button->setToolTip(plainToolTip(text));
    button->setAccessibleDescription(text);
}

OverrideEdit KeyActions::draft() const
{
    OverrideEdit edit;
    edit.policy = m_policy;
    edit.key = m_key;
    edit.author = author();
    edit.reason = m_reason->text().trimmed().toStdString();
    return edit;
}

OverrideEdit KeyActions::draft(std::optional<Override::Kind> kind) const
{
    OverrideEdit edit = draft();
    edit.kind = kind;
    if (kind)
        edit.span = m_for->span();
    edit.expectedVersion = m_standing.own ? m_standing.own->version : 0;
    return edit;
}

// Forgets what was used, whatever holds.
OverrideEdit KeyActions::draftReset() const
{
    OverrideEdit edit = draft();
    edit.reset = true;
    return edit;
}

void KeyActions::limit()
{
    QString problem;
    const auto typed = parseOwnLimit(m_limitText->text(), &problem);
    m_problem->setText(problem);
    m_problem->setVisible(!typed);
    if (!typed) {
        m_limitText->setFocus();
        return;
    }
    OverrideEdit edit = draft(Override::Kind::Limit);
    edit.limit = *typed;
    ask(edit);
}

void KeyActions::label()
{
    const auto label = [this](QPushButton *button, const QString &verb, const OverrideEdit &edit) {
        button->setText(askingLabel(verb, m_environment, sizeOf(m_standing, edit)));
    };
    OverrideEdit limit = draft(Override::Kind::Limit);
    QString problem; // is told when it is to be set
    const auto typed = parseOwnLimit(m_limitText->text(), &problem);
    limit.limit = typed.value_or(Limits());
    label(m_ban, tr("Ban"), draft(Override::Kind::Ban));
    label(m_exempt, tr("Exempt"), draft(Override::Kind::Exempt));
    m_limit->setText(askingLabel(tr("Set own limit"), m_environment, typed ? sizeOf(m_standing, limit) : StepSize::Small));
    label(m_lift, tr("Lift"), draft(std::nullopt));
    label(m_reset, tr("Reset use"), draftReset());
}

void KeyActions::ask(const OverrideEdit &edit)
{
    confirm(this, m_environment, overrideStep(edit, m_standing), [this, edit] { send(edit); });
}

void KeyActions::send(const OverrideEdit &edit)
{
    const OverrideEdit sent = m_edits.send(edit);
    if (edit.policy == m_policy && edit.key == m_key) { // else another key was chosen while it was asked
        showOutcome();
        enable();
    }
    emit overrideRequested(sent);
}

void KeyActions::showOutcome()
{
    const KeyEditBook::Sent *sent = m_edits.of(m_policy, m_key);
    if (sent)
        m_outcome->display(sent->outcome, outcomeText(sent->outcome, sent->edit.reset));
    else
        m_outcome->clear();
}

} // namespace rateguard
