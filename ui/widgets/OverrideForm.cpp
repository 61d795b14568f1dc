// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The RateGuard authors
#include "widgets/OverrideForm.h"

#include "format/RefusalText.h"
#include "format/Text.h"
#include "models/Author.h"
#include "models/EditObstacle.h"
#include "models/OverrideWords.h"
#include "models/RuleWords.h"
#include "widgets/OverrideStep.h"
#include "widgets/PrimaryButton.h"
#include "widgets/SpanChoice.h"
#include "widgets/TextLabel.h"

#include <QComboBox>
#include <QGridLayout>
#include <QKeyEvent>
#include <QLineEdit>

#include <algorithm>

namespace rateguard {

OverrideForm::OverrideForm(QWidget *parent)
    : QWidget(parent),
      m_title(new TextLabel(tr("New override"), Ink::Normal, this)),
      m_policy(new QComboBox(this)),
      m_typed(new QLineEdit(this)),
      m_given(new TextLabel({}, Ink::Normal, this)),
      m_kind(new QComboBox(this)),
      m_limitCaption(new TextLabel(tr("Limit"), Ink::Muted, this)),
      m_limit(new QLineEdit(this)),
      m_problem(new TextLabel({}, Ink::Danger, this)),
      m_span(overrideSpan(this)),
      m_reason(new QLineEdit(this)),
      m_standing(new TextLabel({}, Ink::Muted, this)),
      m_cancel(new QPushButton(tr("Cancel"), this)),
      m_set(new PrimaryButton(tr("Set override"), this))
{
    setUp();
    arrange();
    connect(m_policy, &QComboBox::activated, this, [this](int index) {
        m_chosen = m_policies[static_cast<std::size_t>(index)];
        display();
    });
    connect(m_typed, &QLineEdit::textChanged, this, &OverrideForm::display);
    connect(m_kind, &QComboBox::currentIndexChanged, this, &OverrideForm::display);
    connect(m_limit, &QLineEdit::textChanged, this, &OverrideForm::display);
    connect(m_reason, &QLineEdit::returnPressed, m_set, &QPushButton::click);
    connect(m_cancel, &QPushButton::clicked, this, &OverrideForm::closed);
    connect(m_set, &QPushButton::clicked, this, &OverrideForm::ask);
    display();
}

void OverrideForm::setUp()
{
    m_title->setScale(1.0, true);
    m_policy->setObjectName(QStringLiteral("overridePolicy"));
    m_policy->setAccessibleName(tr("Policy of the override"));
    m_policy->setSizePolicy(QSizePolicy::Ignored, QSizePolicy::Fixed);
    m_typed->setObjectName(QStringLiteral("overrideKey"));
    m_typed->setAccessibleName(tr("Key of the override"));
    m_typed->setPlaceholderText(tr("As the service sends it: user-17, 203.0.113.9"));
    m_given->setObjectName(QStringLiteral("overrideGivenKey"));
    m_given->setWordWrap(true);
    m_given->hide();
    m_kind->setObjectName(QStringLiteral("overrideKind"));
    m_kind->setAccessibleName(tr("What the key gets"));
    m_kind->addItem(tr("⊘ Ban: reject all it sends"), static_cast<int>(Override::Kind::Ban));
    m_kind->addItem(tr("∞ Exempt: admit all it sends"), static_cast<int>(Override::Kind::Exempt));
    m_kind->addItem(tr("≤ A limit of its own"), static_cast<int>(Override::Kind::Limit));
    m_kind->setSizePolicy(QSizePolicy::Ignored, QSizePolicy::Fixed);
    m_limit->setObjectName(QStringLiteral("overrideLimit"));
    m_limit->setAccessibleName(tr("Limit of its own"));
    m_limit->setPlaceholderText(tr("30/min, or 10/s, 1000/h"));
    m_problem->setObjectName(QStringLiteral("overrideProblem"));
    m_problem->setWordWrap(true);
    m_reason->setObjectName(QStringLiteral("overrideReason"));
    m_reason->setAccessibleName(tr("Reason of the override"));
    m_reason->setMaxLength(200);
    m_reason->setPlaceholderText(tr("For the audit trail"));
    m_standing->setObjectName(QStringLiteral("overrideStanding"));
    m_standing->setWordWrap(true);
    m_cancel->setObjectName(QStringLiteral("overrideCancel"));
    m_set->setObjectName(QStringLiteral("overrideSet"));
}

void OverrideForm::arrange()
{
    auto *grid = new QGridLayout;
    grid->setVerticalSpacing(6);
    grid->setColumnStretch(1, 1);
    int row = 0;
    row = caption(tr("Policy"), m_policy, grid, row);
    row = caption(tr("Key"), m_typed, grid, row);
    grid->addWidget(m_given, row - 1, 1);
    row = caption(tr("What"), m_kind, grid, row);
    m_limitCaption->setBuddy(m_limit);
    grid->addWidget(m_limitCaption, row, 0);
    grid->addWidget(m_limit, row++, 1);
    grid->addWidget(m_problem, row++, 1);
    row = caption(tr("For"), m_span, grid, row);
    row = caption(tr("Reason"), m_reason, grid, row);
    grid->addWidget(m_standing, row, 1);
    auto *buttons = new QHBoxLayout;
    buttons->addStretch(1);
    buttons->addWidget(m_cancel);
    buttons->addWidget(m_set);
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 6, 0); // the scroll bar is near
    column->setSpacing(8);
    column->addWidget(m_title);
    column->addLayout(grid);
    column->addLayout(buttons);
    column->addStretch(1);
}

int OverrideForm::caption(const QString &text, QWidget *field, QGridLayout *grid, int row)
{
    auto *label = new TextLabel(text, Ink::Muted, this);
    label->setBuddy(field);
    grid->addWidget(label, row, 0);
    grid->addWidget(field, row, 1);
    return row + 1;
}

void OverrideForm::setEnvironment(Environment environment)
{
    m_environment = environment;
    display();
}

void OverrideForm::takeFocus()
{
    (m_key ? static_cast<QWidget *>(m_kind) : m_typed)->setFocus(Qt::OtherFocusReason);
}

void OverrideForm::openNew(const std::string &policy)
{
    choose(policy);
    takeFocus();
    display();
}

void OverrideForm::openFor(const std::string &policy, const std::string &key)
{
    choose(policy);
    m_key = key;
    m_title->setText(tr("Override of %1").arg(displayText(key, 40)));
    m_given->setText(displayText(key, 300));
    m_given->show();
    m_typed->hide();
    m_policy->setEnabled(false);
    if (const auto now = standing().own) {
        m_kind->setCurrentIndex(static_cast<int>(now->kind));
        m_limit->setText(now->kind == Override::Kind::Limit ? ownLimitText(now->limit) : QString());
        m_span->setSpan(now->until ? std::optional(std::chrono::ceil<std::chrono::minutes>(*now->until - m_latest.now)) : std::nullopt);
    }
    takeFocus();
    display();
}

void OverrideForm::apply(const Snapshot &snapshot)
{
    if (settle(snapshot)) {
        emit closed();
        return;
    }
    m_link = snapshot.link;
    keepStandings(m_latest, snapshot);
    listPolicies(snapshot);
    display();
}

void OverrideForm::listPolicies(const Snapshot &snapshot)
{
    std::vector<std::string> names;
    for (const PolicyRow &row : snapshot.policies)
        names.push_back(row.name);
    if (names == m_policies)
        return;
    m_policies = std::move(names);
    m_policy->clear();
    for (const std::string &name : m_policies)
        m_policy->addItem(displayText(name, 64));
    choose(m_chosen);
}

// Stays chosen, and none is shown in its place while it is not there.
void OverrideForm::choose(const std::string &policy)
{
    m_chosen = policy.empty() && !m_policies.empty() ? m_policies.front() : policy;
    const auto found = std::find(m_policies.begin(), m_policies.end(), m_chosen);
    m_policy->setCurrentIndex(found == m_policies.end() ? -1 : static_cast<int>(found - m_policies.begin()));
}

bool OverrideForm::isListed() const
{
    return std::find(m_policies.begin(), m_policies.end(), m_chosen) != m_policies.end();
}

std::string OverrideForm::key() const
{
    return m_key ? *m_key : m_typed->text().toStdString();
}

KeyStanding OverrideForm::standing() const
{
    return keyStanding(m_latest, m_chosen, key());
}

OverrideEdit OverrideForm::wish() const
{
    OverrideEdit edit;
    QString problem; // was told before
    edit.policy = m_chosen;
    edit.key = key();
    edit.kind = static_cast<Override::Kind>(m_kind->currentData().toInt());
    if (edit.kind == Override::Kind::Limit)
        edit.limit = parseOwnLimit(m_limit->text(), &problem).value_or(Limits());
    edit.span = m_span->span();
    const auto now = standing().own;
    edit.expectedVersion = now ? now->version : 0;
    edit.author = author();
    edit.reason = m_reason->text().toStdString();
    return edit;
}

QString OverrideForm::problem() const
{
    if (const QString barrier = keyBarrierText(m_link, m_readOnly); !barrier.isEmpty())
        return barrier;
    if (m_pending)
        return tr("Waiting for Redis to answer the last edit.");
    if (m_policies.empty())
        return tr("There is no policy yet.");
    if (!isListed())
        return tr("%1 has no limit any more. Choose another policy, or set its limit anew first.").arg(displayText(m_chosen, 64));
    if (key().empty())
        return tr("Type the key.");
    if (!m_key && m_typed->text() != m_typed->text().trimmed())
        return tr("The key begins or ends with a blank or a line break, which no service sends by itself. Take it away.");
    LimitFault fault;
    if (m_kind->currentData().toInt() == static_cast<int>(Override::Kind::Limit) && !parseLimit(m_limit->text().toStdString(), &fault))
        return m_limit->text().isEmpty() ? tr("Type a limit, such as 30/min.") : limitFaultText(fault);
    return {};
}

void OverrideForm::display()
{
    const bool limited = m_kind->currentData().toInt() == static_cast<int>(Override::Kind::Limit);
    m_limitCaption->setVisible(limited);
    m_limit->setVisible(limited);
    const QString why = problem();
    m_problem->setText(why);
    m_problem->setInk(limited && !m_limit->text().isEmpty() && !key().empty() ? Ink::Danger : Ink::Muted);
    m_problem->setVisible(!why.isEmpty());
    const KeyStanding standing = this->standing();
    const auto &now = standing.own;
    if (now) {
        m_standing->setText(tr("Replaces what it has: %1, %2, ends: %3.").arg(overrideText(*now), keyVersionText(now->version), overrideEnd(*now, m_latest.now)));
        m_standing->setToolTip(keyVersionMeaning(now->version));
    }
    m_standing->setVisible(now.has_value());
    m_set->setText(askingLabel(tr("Set override"), m_environment, sizeOf(standing, wish())));
    if (!why.isEmpty() && window()->focusWidget() == m_set)
        setFocus(); // and not whatever comes next
    m_set->setEnabled(why.isEmpty());
    m_set->setToolTip(why);
}

void OverrideForm::ask()
{
    if (!problem().isEmpty())
        return;
    const OverrideEdit edit = wish();
    confirm(this, m_environment, overrideStep(edit, standing()), [this, edit] { send(edit); });
}

void OverrideForm::send(OverrideEdit edit)
{
    edit.id = firstEditId();
    m_sent = edit.id;
    m_pending = true;
    display();
    emit overrideRequested(edit);
}

bool OverrideForm::settle(const Snapshot &snapshot)
{
    for (const OverrideOutcome &outcome : snapshot.keyEdits) {
        if (m_sent == 0 || outcome.id != m_sent)
            continue;
        if (outcome.status == OverrideOutcome::Status::Applied)
            return true;
        m_pending = outcome.status == OverrideOutcome::Status::Pending;
    }
    return false;
}

void OverrideForm::keyPressEvent(QKeyEvent *event)
{
    if (event->key() == Qt::Key_Escape)
        emit closed();
    else
        QWidget::keyPressEvent(event);
}

} // namespace rateguard
