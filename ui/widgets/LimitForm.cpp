// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The RateGuard authors
#include "widgets/LimitForm.h"

#include "format/Text.h"
#include "models/EditObstacle.h"
#include "widgets/Confirmation.h"
#include "widgets/DiffView.h"
#include "widgets/EffectNote.h"
#include "widgets/LimitFields.h"
#include "widgets/OutcomeLine.h"
#include "widgets/OvertakenNotice.h"
#include "widgets/PrimaryButton.h"
#include "widgets/TextLabel.h"
#include "widgets/UnsetNotice.h"

#include <QHBoxLayout>
#include <QPushButton>

namespace rateguard {

LimitForm::LimitForm(bool readOnly, QWidget *parent)
    : QWidget(parent),
      m_readOnly(readOnly),
      m_title(new TextLabel({}, Ink::Normal, this)),
      m_unset(new QPushButton(tr("Take awa&y…"), this)),
      m_question(new UnsetNotice(this)),
      m_fields(new LimitFields(this)),
      m_diff(new DiffView(this)),
      m_effect(new EffectNote(this)),
      m_overtaken(new OvertakenNotice(this)),
      m_hint(new TextLabel({}, Ink::Muted, this)),
      m_undo(new QPushButton(tr("Undo last edit"), this)),
      m_discard(new QPushButton(tr("Discard chan&ges"), this)),
      m_apply(new PrimaryButton(tr("&Apply"), this)),
      m_outcome(new OutcomeLine(QStringLiteral("outcomeLabel"), tr("Outcome"), this))
{
    setUp();
    arrange();
    listen();
}

void LimitForm::setUp()
{
    m_title->setScale(1.0, true);
    m_title->setSizePolicy(QSizePolicy::Ignored, QSizePolicy::Preferred);
    m_hint->setWordWrap(true);
    m_unset->setObjectName(QStringLiteral("unsetButton"));
    m_unset->setAccessibleName(tr("Take the limit away…"));
    m_undo->setObjectName(QStringLiteral("undoButton"));
    m_apply->setObjectName(QStringLiteral("applyButton"));
    m_discard->setObjectName(QStringLiteral("discardButton"));
}

void LimitForm::arrange()
{
    auto *top = new QHBoxLayout;
    top->addWidget(m_title, 1);
    top->addWidget(m_unset);
    auto *buttons = new QHBoxLayout;
    buttons->addWidget(m_undo);
    buttons->addStretch(1);
    buttons->addWidget(m_discard);
    buttons->addWidget(m_apply);
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(8);
    column->addLayout(top);
    column->addWidget(m_question);
    column->addWidget(m_fields);
    column->addWidget(m_diff);
    column->addWidget(m_effect);
    column->addWidget(m_overtaken);
    column->addWidget(m_hint);
    column->addLayout(buttons);
    column->addWidget(m_outcome);
    column->addStretch(1);
}

void LimitForm::listen()
{
    connect(m_fields, &LimitFields::edited, this, &LimitForm::edited);
    connect(m_fields, &LimitFields::submitted, m_apply, &QPushButton::click);
    connect(m_apply, &QPushButton::clicked, this, &LimitForm::applyRequested);
    connect(m_discard, &QPushButton::clicked, this, &LimitForm::discardRequested);
    connect(m_undo, &QPushButton::clicked, this, &LimitForm::undoRequested);
    connect(m_unset, &QPushButton::clicked, this, &LimitForm::unsetRequested);
    connect(m_question, &UnsetNotice::confirmed, this, &LimitForm::unsetConfirmed);
    connect(m_overtaken, &OvertakenNotice::takeTheirs, this, &LimitForm::takeTheirs);
    connect(m_overtaken, &OvertakenNotice::keepMine, this, &LimitForm::keepMine);
}

void LimitForm::watch(const Snapshot &snapshot)
{
    m_effect->watch(snapshot);
    m_history = snapshot.history;
}

void LimitForm::display(const LimitDraft *draft, const DraftBook &drafts)
{
    for (QWidget *widget : std::initializer_list<QWidget *> {m_fields, m_diff, m_apply, m_discard, m_undo, m_unset})
        widget->setVisible(draft != nullptr);
    m_effect->display(draft);
    if (!draft) {
        displayNothing(drafts);
        return;
    }
    m_fields->display(*draft);
    m_fields->setEnabled(!m_readOnly && drafts.link().mayEdit);
    m_title->setText(draft->isNew() ? tr("New policy") : tr("Limit of %1").arg(displayText(draft->policy, 64)));
    m_diff->display(*draft);
    if (draft->isOvertaken())
        m_overtaken->display(*draft, m_history.get());
    else
        m_overtaken->hide();
    displayButtons(*draft, drafts);
    if (draft->outcome())
        m_outcome->display(*draft->outcome());
    else
        m_outcome->clear();
}

void LimitForm::displayNothing(const DraftBook &drafts)
{
    m_title->setText({});
    UndoOffer none;
    none.text = tr("Select a policy on the page of limits first.");
    offerUndo(none);
    m_hint->setText(drafts.listsNothing() ? tr("No policies yet. Services register theirs with the first request, or make one here.")
                                          : tr("Select a policy to edit its limit."));
    m_hint->show();
    m_overtaken->hide();
    m_question->hide();
    m_outcome->clear();
}

void LimitForm::displayButtons(const LimitDraft &mine, const DraftBook &drafts)
{
    const QString barrier = barrierText(drafts.link(), m_readOnly);
    const QString hint = barrier.isEmpty() ? nameProblem(mine, drafts) : barrier;
    m_hint->setText(hint);
    m_hint->setVisible(!hint.isEmpty());
    const QString why = hint.isEmpty() ? standstillText(mine) : hint;
    m_apply->setText(askingLabel(tr("&Apply"), m_environment, mine.size()));
    if (!why.isEmpty() && window()->focusWidget() == m_apply)
        setFocus(); // and not whatever comes next
    m_apply->setEnabled(why.isEmpty());
    m_apply->setToolTip(why);
    m_discard->setEnabled(!mine.isPending() && mine.isTouched());
    m_discard->setText(mine.isNew() ? tr("Cance&l") : tr("Discard chan&ges"));
    m_discard->setToolTip(mine.isNew() ? QString() : tr("Back to what Redis holds; nothing is sent"));
    const bool there = !mine.isNew() && !mine.isGone();
    m_unset->setVisible(there);
    m_unset->setEnabled(there && barrier.isEmpty() && !mine.isPending() && !mine.isOvertaken());
    m_unset->setToolTip(barrier.isEmpty() ? tr("Take the limit of this policy away") : barrier);
    m_question->allow(m_unset->isEnabled());
    if (!there)
        m_question->hide();
    displayUndo(mine, barrier);
}

void LimitForm::displayUndo(const LimitDraft &mine, const QString &barrier)
{
    m_undo->setVisible(!mine.isNew());
    UndoOffer offer;
    offer.policy = mine.policy;
    if (!barrier.isEmpty())
        offer.text = barrier;
    else if (mine.isNew())
        offer.text = tr("There is nothing to undo of a policy that is not made yet.");
    else if (mine.isTouched() || mine.isPending() || mine.isOvertaken())
        offer.text = tr("First apply or discard what is in the editor.");
    else
        offer = undoOffer(mine.policy, mine.theirs(), m_history.get(), mine.now());
    offerUndo(offer);
    m_undo->setEnabled(m_offer.edit.has_value());
    m_undo->setAccessibleDescription(m_offer.text);
    m_undo->setToolTip(plainToolTip(m_offer.edit ? tr("%1 (Ctrl+Z)").arg(m_offer.text) : m_offer.text));
}

void LimitForm::offerUndo(const UndoOffer &offer)
{
    const bool isSame = m_offer.saysTheSame(offer);
    m_offer = offer;
    if (!isSame)
        emit undoOffered(m_offer);
}

void LimitForm::readInto(LimitDraft &draft) const
{
    m_fields->readInto(draft);
}

void LimitForm::focusName()
{
    m_fields->focusName();
}

void LimitForm::focusLimit()
{
    m_fields->focusLimit();
}

void LimitForm::askUnset(const QString &policy)
{
    m_question->ask(policy);
}

void LimitForm::hideQuestion()
{
    m_question->hide();
}

bool LimitForm::isAsking() const
{
    return m_question->isVisible();
}

bool LimitForm::mayApply() const
{
    return m_apply->isEnabled();
}

bool LimitForm::mayUnset() const
{
    return m_unset->isEnabled();
}

QWidget *LimitForm::outcome() const
{
    return m_outcome;
}

} // namespace rateguard
