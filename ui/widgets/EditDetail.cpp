// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The RateGuard authors
#include "widgets/EditDetail.h"

#include "format/Text.h"
#include "models/EditObstacle.h"
#include "models/EditWords.h"
#include "models/EffectWords.h"
#include "models/Author.h"
#include "models/OverrideWords.h"
#include "models/TimeWords.h"
#include "widgets/Confirmation.h"
#include "widgets/EditComparison.h"
#include "widgets/EffectBars.h"
#include "widgets/OutcomeLine.h"
#include "widgets/TextLabel.h"

#include <QHBoxLayout>
#include <QLineEdit>
#include <QPushButton>

#include <algorithm>
#include <utility>

namespace rateguard {

EditDetail::EditDetail(QWidget *parent)
    : Card(parent),
      m_title(new TextLabel({}, Ink::Normal, this)),
      m_author(new TextLabel({}, Ink::Muted, this)),
      m_reason(new TextLabel({}, Ink::Normal, this)),
      m_comparison(new EditComparison(this)),
      m_bars(new EffectBars(this)),
      m_effect(new TextLabel({}, Ink::Muted, this)),
      m_diff(new TextLabel({}, Ink::Normal, this)),
      m_why(new QLineEdit(this)),
      m_revert(new QPushButton(tr("Revert"), this)),
      m_open(new QPushButton(this)),
      m_outcome(new OutcomeLine(QStringLiteral("revertOutcomeLabel"), tr("Outcome of the revert"), this))
{
    m_title->setObjectName(QStringLiteral("editTitle"));
    m_title->setScale(1.1, true);
    m_author->setObjectName(QStringLiteral("editAuthor"));
    m_reason->setObjectName(QStringLiteral("editReason"));
    m_effect->setObjectName(QStringLiteral("editEffect"));
    m_diff->setObjectName(QStringLiteral("revertDiff"));
    m_diff->setAccessibleDescription(tr("What a revert would do"));
    m_why->setObjectName(QStringLiteral("revertReasonEdit"));
    m_why->setAccessibleName(tr("Reason for the revert"));
    m_why->setPlaceholderText(tr("Reason for the revert"));
    m_why->setMaxLength(200);
    m_revert->setObjectName(QStringLiteral("revertEditButton"));
    m_open->setObjectName(QStringLiteral("openEditButton"));
    m_open->setMinimumWidth(fontMetrics().horizontalAdvance(tr("Open policy")) + 28);
    for (TextLabel *label : {m_title, m_author})
        label->setSizePolicy(QSizePolicy::Ignored, QSizePolicy::Preferred);
    for (TextLabel *label : {m_reason, m_effect, m_diff})
        label->setWordWrap(true);
    arrange();
    connect(m_revert, &QPushButton::clicked, this, &EditDetail::ask);
    connect(m_open, &QPushButton::clicked, this, [this] {
        if (m_edit)
            open(*m_edit);
    });
}

void EditDetail::arrange()
{
    auto *top = new QHBoxLayout;
    top->setSpacing(10);
    top->addWidget(m_title, 2);
    top->addWidget(m_author, 3);
    top->addWidget(m_open);
    m_author->setAlignment(Qt::AlignRight | Qt::AlignVCenter);
    auto *right = new QVBoxLayout;
    right->setSpacing(4);
    // Room for what they say when it is long: the bars would pay for it.
    m_effect->setMinimumHeight(3 * m_effect->fontMetrics().lineSpacing());
    m_diff->setMinimumHeight(2 * m_diff->fontMetrics().lineSpacing());
    m_effect->setAlignment(Qt::AlignLeft | Qt::AlignTop);
    right->addWidget(m_bars);
    right->addWidget(m_effect);
    right->addStretch(1);
    auto *middle = new QHBoxLayout;
    middle->setSpacing(24);
    middle->addWidget(m_comparison, 1);
    middle->addLayout(right, 1);
    auto *bottom = new QHBoxLayout;
    bottom->setSpacing(8);
    bottom->addWidget(m_diff, 5);
    bottom->addWidget(m_why, 3);
    bottom->addWidget(m_revert);
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(12, 8, 10, 9);
    column->setSpacing(6);
    column->addLayout(top);
    column->addWidget(m_reason);
    column->addLayout(middle, 1);
    column->addLayout(bottom);
    column->addWidget(m_outcome);
}

void EditDetail::display(const AuditEntry &edit, const EditHistory::Effect &effect, const Snapshot &snapshot)
{
    const bool other = m_edit != edit;
    const auto age = snapshot.now - m_planned;
    forgetSent(snapshot.now);
    m_watchOnly = edit.key ? watchOnlyText(snapshot.link, m_readOnly) : barrierText(snapshot.link, m_readOnly);
    if (other)
        displayEdit(edit);
    m_author->setText(tr("%1 by %2, %3").arg(localTimeText(edit.at), edit.author.empty() ? tr("somebody") : displayText(edit.author, 60), agoText(snapshot.now - edit.at)));
    // A plan reads the whole history: not ten times a second.
    if (other || snapshot.policiesChanged || m_history != snapshot.history || m_overrides != snapshot.overrides || age >= std::chrono::seconds(1)
        || age < Duration(0))
        displayPlan(snapshot);
    m_bars->display(effect);
    const QString basis = effectBasis(effect, edit);
    m_effect->setText(EffectWords::of(effect, edit).text + (basis.isEmpty() ? QString() : QLatin1Char('\n') + basis));
    enable();
    if (std::exchange(m_focusesRevert, false) && m_revert->isEnabled()) {
        m_revert->setFocus(Qt::ShortcutFocusReason); // the style frames it then
        emit announced(tr("Press Enter to revert: %1 → %2").arg(m_plan.now, m_plan.then));
    }
}

void EditDetail::displayEdit(const AuditEntry &edit)
{
    m_edit = edit;
    const QString subject = editSubject(edit);
    m_title->setText(edit.version > 0 ? tr("%1, %2").arg(subject, editLabel(edit)) : subject);
    const QString name = edit.key ? displayText(*edit.key, 1000) : displayText(edit.policy, 400);
    m_title->setToolTip(plainToolTip(name));
    m_title->setAccessibleDescription(name);
    const QString author = tr("%1 by %2").arg(utcTimeText(edit.at), displayText(edit.author, 300));
    m_author->setToolTip(plainToolTip(author));
    m_author->setAccessibleDescription(author);
    m_reason->setText(edit.reason.empty() ? tr("No reason was given.") : tr("“%1”").arg(displayText(edit.reason, 300)));
    m_reason->setInk(edit.reason.empty() ? Ink::Muted : Ink::Normal);
    m_comparison->display(edit);
    m_open->setText(edit.key ? tr("Open key") : tr("Open policy"));
    m_why->clear();
    m_outcome->setVisible(m_sent && m_sent->reverted == edit);
}

void EditDetail::displayPlan(const Snapshot &snapshot)
{
    m_history = snapshot.history;
    m_overrides = snapshot.overrides;
    m_planned = snapshot.now;
    m_plan = RevertPlan::of(*m_edit, snapshot);
    m_diff->setText(m_plan.isPossible() ? tr("Revert: %1 → %2").arg(m_plan.now, m_plan.then) : m_plan.why);
    m_diff->setToolTip(m_plan.key && m_plan.key->expectedVersion.value_or(0) > 0 ? keyVersionMeaning(*m_plan.key->expectedVersion) : QString());
    m_diff->setInk(m_plan.isPossible() ? Ink::Normal : Ink::Muted);
}

void EditDetail::enable()
{
    const QString obstacle = !m_watchOnly.isEmpty() ? m_watchOnly
        : m_sent && m_sent->isPending              ? tr("Waiting for Redis to answer the last revert.")
                                                    : m_plan.why;
    m_revert->setText(askingLabel(tr("Revert"), m_environment, m_plan.size));
    m_revert->setEnabled(obstacle.isEmpty());
    const QString tip = obstacle.isEmpty() ? tr("Sends an edit of its own, which stands in the history like any other") : obstacle;
    m_revert->setToolTip(plainToolTip(tip));
    m_revert->setAccessibleDescription(tip);
    m_why->setEnabled(m_watchOnly.isEmpty() && m_plan.isPossible());
    m_why->setToolTip(m_why->isEnabled() ? QString() : m_revert->toolTip());
    m_why->setAccessibleDescription(m_why->isEnabled() ? QString() : tip);
    if (!m_watchOnly.isEmpty()) {
        m_diff->setText(m_watchOnly);
        m_diff->setInk(Ink::Warning);
        m_planned = {}; // it comes back when there is no obstacle any more
    }
}

void EditDetail::ask()
{
    const QString policy = displayText(m_edit->policy, 64);
    Step step;
    step.what = m_edit->key ? tr("Revert what was set for %1").arg(editSubject(*m_edit)) : tr("Revert the limit of %1 to what it was before v%2").arg(policy, QString::number(m_edit->version));
    step.effect = tr("%1 → %2").arg(m_plan.now, m_plan.then);
    step.typed = policy;
    step.size = m_plan.size;
    confirm(this, m_environment, step, [this, edit = *m_edit, plan = m_plan] { send(edit, plan); });
}

void EditDetail::send(const AuditEntry &edit, RevertPlan plan)
{
    std::string reason = m_why->text().trimmed().toStdString();
    if (reason.empty())
        reason = edit.version > 0 ? "reverts " + editLabel(edit).toStdString() : "reverts an edit";
    m_sent = {m_nextId++, edit, m_why->text(), true};
    m_outcome->display(OverrideOutcome(), outcomeText(OverrideOutcome(), false));
    m_outcome->setVisible(m_edit == edit);
    enable();
    const auto sign = [&](auto &made) {
        made.id = m_sent->id;
        made.author = author();
        made.reason = reason;
    };
    if (plan.limit) {
        sign(*plan.limit);
        emit editRequested(*plan.limit);
    } else {
        sign(*plan.key);
        emit overrideRequested(*plan.key);
    }
}

// It stands in the history by then.
void EditDetail::forgetSent(Instant now)
{
    if (!m_sent || !m_sent->made || now - *m_sent->made < std::chrono::minutes(1))
        return;
    m_sent.reset();
    m_outcome->clear();
}

void EditDetail::settle(const Snapshot &snapshot)
{
    if (!m_sent)
        return;
    const auto ours = [this](const auto &outcome) { return outcome.id == m_sent->id; };
    const auto limit = std::find_if(snapshot.edits.rbegin(), snapshot.edits.rend(), ours);
    const auto key = std::find_if(snapshot.keyEdits.rbegin(), snapshot.keyEdits.rend(), ours);
    if (limit != snapshot.edits.rend()) {
        m_outcome->display(*limit);
        m_sent->isPending = limit->status == EditOutcome::Status::Pending;
        if (limit->status == EditOutcome::Status::Applied)
            made(snapshot.now);
    } else if (key != snapshot.keyEdits.rend()) {
        m_outcome->display(*key, outcomeText(*key, false));
        m_sent->isPending = key->status == EditOutcome::Status::Pending;
        if (key->status == EditOutcome::Status::Applied)
            made(snapshot.now);
    } else {
        return;
    }
    m_outcome->setVisible(m_edit == m_sent->reverted);
}

void EditDetail::focusRevert()
{
    m_focusesRevert = true;
}

QWidget *EditDetail::outcome() const
{
    return m_outcome;
}

void EditDetail::made(Instant now)
{
    if (!m_sent->made)
        m_sent->made = now;
    if (m_edit == m_sent->reverted && m_why->text() == m_sent->typed)
        m_why->clear();
}

void EditDetail::open(const AuditEntry &edit)
{
    if (edit.key)
        emit keyChosen(edit.policy, *edit.key);
    else
        emit policyChosen(edit.policy);
}

} // namespace rateguard
