// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The RateGuard authors
#include "widgets/LimitEditor.h"

#include "format/Text.h"
#include "models/EditObstacle.h"
#include "widgets/LimitFields.h"
#include "widgets/OutcomeLine.h"
#include "widgets/OvertakenNotice.h"
#include "widgets/PrimaryButton.h"
#include "widgets/TextLabel.h"
#include "widgets/UnsetNotice.h"

#include <QHBoxLayout>
#include <QPushButton>
#include <QRandomGenerator>
#include <QSysInfo>

namespace rateguard {
namespace {

std::string author()
{
    QString user = qEnvironmentVariable("USER");
    if (user.isEmpty())
        user = qEnvironmentVariable("USERNAME", QStringLiteral("unknown"));
    return (user + QLatin1Char('@') + QSysInfo::machineHostName()).toStdString();
}

} // namespace

LimitEditor::LimitEditor(bool readOnly, QWidget *parent)
    : QWidget(parent),
      m_readOnly(readOnly),
      m_nextId(QRandomGenerator::global()->generate64() >> 17U | 1U), // not that of another window, nor one of a restored limit
      m_title(new TextLabel({}, Ink::Normal, this)),
      m_unset(new QPushButton(tr("Take awa&y…"), this)),
      m_confirm(new UnsetNotice(this)),
      m_fields(new LimitFields(this)),
      m_diff(new TextLabel({}, Ink::Normal, this)),
      m_hint(new TextLabel({}, Ink::Muted, this)),
      m_overtaken(new OvertakenNotice(this)),
      m_apply(new PrimaryButton(tr("&Apply"), this)),
      m_revert(new QPushButton(tr("R&evert"), this)),
      m_outcome(new OutcomeLine(this))
{
    m_title->setScale(1.0, true);
    m_title->setSizePolicy(QSizePolicy::Ignored, QSizePolicy::Preferred);
    m_diff->setObjectName(QStringLiteral("diffLabel"));
    m_diff->setAccessibleDescription(tr("Change"));
    m_diff->setWordWrap(true);
    m_hint->setWordWrap(true);
    m_unset->setObjectName(QStringLiteral("unsetButton"));
    m_unset->setAccessibleName(tr("Take the limit away…"));
    m_unset->setFlat(true);
    m_apply->setObjectName(QStringLiteral("applyButton"));
    m_revert->setObjectName(QStringLiteral("revertButton"));
    arrange();

    connect(m_fields, &LimitFields::edited, this, &LimitEditor::edited);
    connect(m_fields, &LimitFields::submitted, m_apply, &QPushButton::click);
    connect(m_apply, &QPushButton::clicked, this, &LimitEditor::submit);
    connect(m_revert, &QPushButton::clicked, this, &LimitEditor::revert);
    connect(m_unset, &QPushButton::clicked, this, &LimitEditor::askUnset);
    connect(m_confirm, &UnsetNotice::confirmed, this, &LimitEditor::submitUnset);
    connect(m_overtaken, &OvertakenNotice::takeTheirs, this, &LimitEditor::takeTheirs);
    connect(m_overtaken, &OvertakenNotice::keepMine, this, &LimitEditor::keepMine);
    selectNothing();
}

void LimitEditor::arrange()
{
    auto *top = new QHBoxLayout;
    top->addWidget(m_title, 1);
    top->addWidget(m_unset);
    auto *buttons = new QHBoxLayout;
    buttons->addStretch(1);
    buttons->addWidget(m_revert);
    buttons->addWidget(m_apply);
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(8);
    column->addLayout(top);
    column->addWidget(m_confirm);
    column->addWidget(m_fields);
    column->addWidget(m_diff);
    column->addWidget(m_overtaken);
    column->addWidget(m_hint);
    column->addLayout(buttons);
    column->addWidget(m_outcome);
    column->addStretch(1);
}

LimitDraft *LimitEditor::draft()
{
    return m_selected ? m_drafts.find(m_current) : nullptr;
}

void LimitEditor::select(const PolicyRow &policy)
{
    if (policy.name != m_current)
        m_confirm->hide();
    m_selected = true;
    m_current = policy.name;
    m_drafts.open(policy);
    load();
}

bool LimitEditor::isTouched() const
{
    const LimitDraft *mine = m_selected ? m_drafts.find(m_current) : nullptr;
    return mine && (!mine->isIdle() || m_confirm->isVisible());
}

void LimitEditor::selectNothing()
{
    m_selected = false;
    m_current.clear();
    load();
}

void LimitEditor::startNew()
{
    m_selected = true;
    m_current.clear();
    m_drafts.openNew();
    load();
    m_fields->focusName();
}

void LimitEditor::apply(const Snapshot &snapshot)
{
    if (const auto name = m_drafts.apply(snapshot, m_current))
        made(*name);
    if (m_selected && !draft())
        selectNothing();
    else
        load();
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
    m_fields->readInto(*mine);
    mine->touched();
    load();
}

void LimitEditor::submit()
{
    LimitDraft *mine = draft();
    if (!mine || !m_apply->isEnabled())
        return;
    const LimitEdit edit = mine->submit(m_nextId++, author());
    load();
    emit editRequested(edit);
    emit sent(m_outcome);
}

void LimitEditor::askUnset()
{
    if (const LimitDraft *mine = draft())
        m_confirm->ask(displayText(mine->policy, 64));
}

void LimitEditor::submitUnset()
{
    LimitDraft *mine = draft();
    if (!mine || !m_unset->isEnabled())
        return;
    m_confirm->hide();
    const LimitEdit edit = mine->submitUnset(m_nextId++, author());
    load();
    emit editRequested(edit);
    emit sent(m_outcome);
}

void LimitEditor::revert()
{
    LimitDraft *mine = draft();
    if (!mine)
        return;
    if (mine->isNew() || mine->theirs().limit.empty()) {
        abandon();
        return;
    }
    mine->revert();
    load();
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
    load();
}

void LimitEditor::keepMine()
{
    if (LimitDraft *mine = draft())
        mine->keepMine();
    if (const auto name = m_drafts.fileMade())
        made(*name);
    load();
}

void LimitEditor::abandon()
{
    m_drafts.drop(m_current);
    selectNothing();
    emit abandoned();
}

void LimitEditor::load()
{
    const LimitDraft *mine = draft();
    m_fields->setVisible(mine != nullptr);
    if (mine)
        m_fields->display(*mine);
    refresh();
}

void LimitEditor::refresh()
{
    const LimitDraft *mine = draft();
    for (QWidget *widget : std::initializer_list<QWidget *> {m_diff, m_apply, m_revert, m_unset})
        widget->setVisible(mine != nullptr);
    if (!mine) {
        m_title->setText({});
        m_hint->setText(m_drafts.listsNothing() ? tr("No policies yet. Services register theirs with the first request, or make one here.")
                                                : tr("Select a policy to edit its limit."));
        m_hint->show();
        m_overtaken->hide();
        m_confirm->hide();
        m_outcome->clear();
        return;
    }
    const QString name = displayText(mine->policy, 64);
    m_title->setText(mine->isNew() ? tr("New policy") : tr("Limit of %1").arg(name));
    m_diff->setText(name.isEmpty() ? mine->diff() : tr("%1: %2").arg(name, mine->diff()));
    m_diff->setInk(mine->isChanged() ? Ink::Normal : Ink::Muted);
    if (mine->isOvertaken())
        m_overtaken->display(*mine);
    else
        m_overtaken->hide();
    refreshButtons(*mine);
    m_fields->setEnabled(!m_readOnly && m_drafts.link().mayEdit);
    if (mine->outcome())
        m_outcome->display(*mine->outcome());
    else
        m_outcome->clear();
}

void LimitEditor::refreshButtons(const LimitDraft &mine)
{
    const QString barrier = barrierText(m_drafts.link(), m_readOnly);
    const QString hint = barrier.isEmpty() ? nameProblem(mine, m_drafts) : barrier;
    m_hint->setText(hint);
    m_hint->setVisible(!hint.isEmpty());
    const QString why = hint.isEmpty() ? standstillText(mine) : hint;
    m_apply->setEnabled(why.isEmpty());
    m_apply->setToolTip(why);
    m_revert->setEnabled(!mine.isPending() && mine.isTouched());
    m_revert->setText(mine.isNew() ? tr("Cance&l") : tr("R&evert"));
    const bool there = !mine.isNew() && !mine.isGone();
    m_unset->setVisible(there);
    m_unset->setEnabled(there && barrier.isEmpty() && !mine.isPending() && !mine.isOvertaken());
    m_unset->setToolTip(barrier.isEmpty() ? tr("Take the limit of this policy away") : barrier);
    m_confirm->allow(m_unset->isEnabled());
    if (!there)
        m_confirm->hide();
}

} // namespace rateguard
