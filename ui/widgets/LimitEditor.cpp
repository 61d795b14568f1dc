// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The RateGuard authors
#include "widgets/LimitEditor.h"

#include "format/Text.h"
#include "models/Author.h"
#include "models/DraftWords.h"
#include "widgets/Confirmation.h"
#include "widgets/LimitForm.h"

#include <QVBoxLayout>

namespace rateguard {

LimitEditor::LimitEditor(bool readOnly, QWidget *parent) : QWidget(parent), m_nextId(firstEditId()), m_form(new LimitForm(readOnly, this))
{
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 6, 0); // the scroll bar is near
    column->addWidget(m_form);
    connect(m_form, &LimitForm::edited, this, &LimitEditor::edited);
    connect(m_form, &LimitForm::applyRequested, this, &LimitEditor::ask);
    connect(m_form, &LimitForm::discardRequested, this, &LimitEditor::discard);
    connect(m_form, &LimitForm::undoRequested, this, &LimitEditor::undo);
    connect(m_form, &LimitForm::undoOffered, this, &LimitEditor::undoOffered);
    connect(m_form, &LimitForm::unsetRequested, this, [this] { askUnset(); });
    connect(m_form, &LimitForm::unsetConfirmed, this, [this] { submitUnset(m_current); });
    connect(m_form, &LimitForm::takeTheirs, this, &LimitEditor::takeTheirs);
    connect(m_form, &LimitForm::keepMine, this, &LimitEditor::keepMine);
    selectNothing();
}

LimitDraft *LimitEditor::draft()
{
    return m_selected ? m_drafts.find(m_current) : nullptr;
}

void LimitEditor::select(const PolicyRow &policy)
{
    if (policy.name != m_current)
        m_form->hideQuestion();
    m_selected = true;
    m_current = policy.name;
    m_drafts.open(policy);
    refresh();
}

bool LimitEditor::isTouched() const
{
    const LimitDraft *mine = m_selected ? m_drafts.find(m_current) : nullptr;
    return mine && (!mine->isIdle() || m_form->isAsking());
}

void LimitEditor::selectNothing()
{
    m_selected = false;
    m_current.clear();
    refresh();
}

void LimitEditor::startNew()
{
    m_selected = true;
    m_current.clear();
    m_drafts.openNew();
    refresh();
    m_form->focusName();
}

void LimitEditor::setEnvironment(Environment environment)
{
    m_environment = environment;
    m_form->setEnvironment(environment);
    refresh();
}

void LimitEditor::focusLimit()
{
    m_form->focusLimit();
}

void LimitEditor::apply(const Snapshot &snapshot)
{
    m_form->watch(snapshot);
    const bool waited = draft() && draft()->isPending();
    if (const auto name = m_drafts.apply(snapshot, m_current))
        made(*name);
    if (m_selected && !draft())
        selectNothing();
    else
        refresh();
    const LimitDraft *mine = draft();
    const bool goesOn = mine && (mine->isTouched() || !mine->reason.empty()); // something was typed since
    if (waited && mine && !goesOn && mine->outcome() && mine->outcome()->status == EditOutcome::Status::Applied)
        emit applied();
}

void LimitEditor::made(const std::string &name)
{
    if (!m_selected || !m_current.empty())
        return; // the operator looks at another one
    m_current = name;
    emit policyMade(name);
}

void LimitEditor::edited()
{
    LimitDraft *mine = draft();
    if (!mine)
        return;
    m_form->readInto(*mine);
    mine->touched();
    refresh();
}

void LimitEditor::wish(const LimitEdit &edit)
{
    LimitDraft *mine = draft();
    if (!mine || mine->isPending())
        return;
    mine->wish(edit);
    refresh();
}

bool LimitEditor::undo()
{
    const std::optional<LimitEdit> edit = m_form->undo().edit;
    LimitDraft *mine = draft();
    if (!edit || !mine)
        return false;
    if (edit->unset)
        askUnset(edit->reason);
    else
        wish(*edit);
    return true;
}

void LimitEditor::ask()
{
    const LimitDraft *mine = draft();
    if (!mine || !m_form->mayApply())
        return;
    const QString name = displayText(mine->policy, 64);
    const QString before = mine->isNew() ? tr("a new policy") : standingText(*mine);
    const Step step {tr("Change the limit of %1 to %2?").arg(name, wishText(*mine)), tr("It is now: %1. All services follow at once.").arg(before), name,
                     mine->size()};
    confirm(this, m_environment, step, [this, policy = m_current] { submit(policy); });
}

void LimitEditor::submit(const std::string &policy)
{
    LimitDraft *mine = draft();
    if (!mine || m_current != policy || !m_form->mayApply())
        return;
    send(mine->submit(m_nextId++, author()));
}

void LimitEditor::askUnset(const std::string &reason)
{
    const LimitDraft *mine = draft();
    if (!mine || !m_form->mayUnset())
        return;
    const QString name = displayText(mine->policy, 64);
    m_askedVersion = mine->shown().version;
    m_askedReason = reason;
    if (askingFor(m_environment, StepSize::Large) != Asking::Name) {
        m_form->askUnset(name);
        return;
    }
    const Step step {tr("Take the limit of %1 away?").arg(name),
                     tr("It is now: %1.").arg(standingText(*mine)) + QLatin1Char(' ')
                         + tr("For all services at once. Those with a default register theirs again with the next request; the others get an error for each."),
                     name, StepSize::Large};
    confirm(this, m_environment, step, [this, policy = m_current] { submitUnset(policy); });
}

void LimitEditor::submitUnset(const std::string &policy)
{
    LimitDraft *mine = draft();
    if (!mine || m_current != policy || !m_form->mayUnset())
        return;
    m_form->hideQuestion();
    if (mine->shown().version != m_askedVersion) {
        askUnset(); // somebody has changed it since: that is another question
        return;
    }
    if (mine->reason.empty())
        mine->reason = m_askedReason;
    send(mine->submitUnset(m_nextId++, author()));
}

void LimitEditor::send(const LimitEdit &edit)
{
    refresh();
    emit editRequested(edit);
    emit sent(m_form->outcome());
}

void LimitEditor::discard()
{
    LimitDraft *mine = draft();
    if (!mine)
        return;
    if (mine->isNew() || mine->theirs().limit.empty()) {
        abandon();
        return;
    }
    mine->discard();
    refresh();
}

void LimitEditor::takeTheirs()
{
    LimitDraft *mine = draft();
    if (mine && mine->theirs().limit.empty()) {
        abandon(); // there is none to take
        return;
    }
    if (mine)
        mine->takeTheirs();
    if (const auto name = m_drafts.fileMade())
        made(*name);
    refresh();
}

void LimitEditor::keepMine()
{
    if (LimitDraft *mine = draft())
        mine->keepMine();
    if (const auto name = m_drafts.fileMade())
        made(*name);
    refresh();
}

void LimitEditor::abandon()
{
    m_drafts.drop(m_current);
    selectNothing();
    emit abandoned();
}

void LimitEditor::refresh()
{
    m_form->display(draft(), m_drafts);
}

} // namespace rateguard
