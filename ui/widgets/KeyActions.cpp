// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The RateGuard authors
#include "widgets/KeyActions.h"

#include "format/Text.h"
#include "models/Author.h"
#include "models/OverrideWords.h"
#include "widgets/Confirmation.h"
#include "widgets/OutcomeLine.h"
#include "widgets/TextLabel.h"

#include <QComboBox>
#include <QGridLayout>
#include <QLineEdit>
#include <QPushButton>

#include <array>

namespace rateguard {
namespace {

using namespace std::chrono_literals;

constexpr std::array<Duration, 4> spans {5min, 15min, 1h, 24h};

QPushButton *button(const QString &text, const char *name, QWidget *parent)
{
    auto *made = new QPushButton(text, parent);
    made->setObjectName(QLatin1String(name));
    return made;
}

} // namespace

KeyActions::KeyActions(QWidget *parent)
    : Card(parent),
      m_for(new QComboBox(this)),
      m_reason(new QLineEdit(this)),
      m_ban(button(tr("Ban"), "banButton", this)),
      m_exempt(button(tr("Exempt"), "exemptButton", this)),
      m_limitText(new QLineEdit(this)),
      m_limit(button(tr("Set own limit"), "ownLimitButton", this)),
      m_problem(new TextLabel({}, Ink::Danger, this)),
      m_lift(button(tr("Lift"), "liftButton", this)),
      m_reset(button(tr("Reset use…"), "resetButton", this)),
      m_edit(button(tr("Edit the policy's limit…"), "editPolicyButton", this)),
      m_obstacle(new TextLabel({}, Ink::Warning, this)),
      m_outcome(new OutcomeLine(QStringLiteral("keyOutcomeLabel"), tr("Outcome for the key"), this))
{
    m_for->setObjectName(QStringLiteral("overrideForCombo"));
    m_for->setAccessibleName(tr("For how long"));
    for (const Duration span : spans)
        m_for->addItem(forText(span), static_cast<qlonglong>(span.count()));
    m_for->addItem(forText(std::nullopt));
    m_for->setCurrentIndex(1);
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
    connect(m_ban, &QPushButton::clicked, this, &KeyActions::ban);
    connect(m_exempt, &QPushButton::clicked, this, &KeyActions::exempt);
    connect(m_limit, &QPushButton::clicked, this, &KeyActions::limit);
    connect(m_limitText, &QLineEdit::returnPressed, m_limit, &QPushButton::click);
    connect(m_limitText, &QLineEdit::textEdited, m_problem, &QWidget::hide);
    connect(m_lift, &QPushButton::clicked, this, &KeyActions::lift);
    connect(m_reset, &QPushButton::clicked, this, &KeyActions::reset);
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
    grid->addWidget(m_for, 0, 0, 1, 2);
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

void KeyActions::setKey(const std::string &policy, const std::string &key)
{
    m_policy = policy;
    m_key = key;
    m_known = false;
    m_shown.reset();
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
    for (const OverrideOutcome &outcome : outcomes)
        ours = m_edits.settle(outcome) || ours;
    if (ours)
        showOutcome();
}

void KeyActions::display(const Snapshot &snapshot, const KeyDetail *detail, const PolicyRow *policy)
{
    m_watchOnly = watchOnlyText(snapshot.link, m_readOnly);
    m_known = detail != nullptr;
    m_hasLimit = policy && policy->valid;
    const bool holds = detail && detail->override && !detail->override->isOver(snapshot.now);
    m_shown = holds ? detail->override : std::nullopt;
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
    const QString bare = !all.isEmpty() ? all : !m_shown ? tr("Nothing holds for this key alone: there is nothing to lift.") : QString();
    enable(m_ban, unlimited, tr("Reject every request of this key"));
    enable(m_exempt, unlimited, tr("Admit every request of this key, uncounted"));
    enable(m_limit, unlimited, tr("Instead of the policy's limit"));
    enable(m_lift, bare, tr("The policy's limit holds for it again, at once"));
    enable(m_reset, all, tr("Forget what it has used: its windows are empty again"));
    for (QWidget *field : std::initializer_list<QWidget *> {m_for, m_reason, m_limitText})
        field->setEnabled(m_watchOnly.isEmpty());
    // Shortly after a click a line that comes and goes would only flicker.
    m_obstacle->setText(!m_watchOnly.isEmpty() ? m_watchOnly : m_known && !m_hasLimit ? unlimited : QString());
    m_obstacle->setVisible(!m_obstacle->text().isEmpty());
}

void KeyActions::enable(QPushButton *button, const QString &obstacle, const QString &toolTip)
{
    button->setEnabled(obstacle.isEmpty());
    const QString text = obstacle.isEmpty() ? toolTip : obstacle;
    if (text == button->accessibleDescription())
        return;
    button->setToolTip(plainToolTip(text));
    button->setAccessibleDescription(text);
}

std::optional<Duration> KeyActions::span() const
{
    const QVariant chosen = m_for->currentData();
    return chosen.isValid() ? std::optional(Duration(chosen.toLongLong())) : std::nullopt;
}

OverrideEdit KeyActions::draft() const
{
    OverrideEdit edit;
    edit.policy = m_policy;
    edit.key = m_key;
    edit.span = span();
    edit.expectedVersion = m_shown ? m_shown->version : 0;
    edit.author = author();
    edit.reason = m_reason->text().trimmed().toStdString();
    return edit;
}

void KeyActions::ban()
{
    OverrideEdit edit = draft();
    edit.kind = Override::Kind::Ban;
    ask(edit, tr("Ban %1 under %2 %3"), tr("Every request of this key is rejected."));
}

void KeyActions::exempt()
{
    OverrideEdit edit = draft();
    edit.kind = Override::Kind::Exempt;
    ask(edit, tr("Exempt %1 from the limit of %2 %3"), tr("Every request of this key is admitted, however many there are."));
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
    OverrideEdit edit = draft();
    edit.kind = Override::Kind::Limit;
    edit.limit = *typed;
    ask(edit, tr("Give %1 under %2 a limit of its own %3"), tr("%1 instead of the policy's limit.").arg(ownLimitText(*typed)));
}

void KeyActions::lift()
{
    OverrideEdit edit = draft();
    edit.span.reset();
    ask(edit, tr("Lift what holds for %1 under %2"), m_shown ? tr("It is %1 now; then the policy's limit holds for it again.").arg(overrideText(*m_shown)) : QString());
}

void KeyActions::reset()
{
    OverrideEdit edit = draft();
    edit.span.reset();
    edit.expectedVersion.reset(); // forgets what was used, whatever holds
    edit.reset = true;
    ask(edit, tr("Forget what %1 has used under %2"), tr("Its windows are empty again: it may use its whole limit at once. This cannot be taken back."));
}

void KeyActions::ask(const OverrideEdit &edit, const QString &what, const QString &effect)
{
    const QString key = displayText(edit.key, 60);
    Step step;
    step.what = edit.kind ? what.arg(key, displayText(edit.policy, 64), forText(edit.span)) : what.arg(key, displayText(edit.policy, 64));
    step.effect = effect;
    step.typed = displayText(edit.policy, 64); // keys can be too long, or impossible, to type
    step.isLarge = isLargeStep(edit);
    confirm(this, m_environment, step, [this, edit] { send(edit); });
}

void KeyActions::send(const OverrideEdit &edit)
{
    const OverrideEdit sent = m_edits.send(edit);
    if (edit.policy == m_policy && edit.key == m_key) { // else another key was chosen while it was asked
        m_reason->clear();
        showOutcome();
        enable();
    }
    emit overrideRequested(sent);
}

void KeyActions::showOutcome()
{
    const KeyEditBook::Sent *sent = m_edits.of(m_policy, m_key);
    if (sent)
        m_outcome->display(sent->outcome.status, outcomeText(sent->outcome, sent->edit.reset));
    else
        m_outcome->clear();
}

} // namespace rateguard
