// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The RateGuard authors
#include "widgets/LimitEditor.h"

#include "format/Text.h"
#include "widgets/LimitFields.h"
#include "widgets/OutcomeLine.h"
#include "widgets/OvertakenNotice.h"
#include "widgets/PrimaryButton.h"
#include "widgets/TextLabel.h"

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
    m_apply->setObjectName(QStringLiteral("applyButton"));
    m_revert->setObjectName(QStringLiteral("revertButton"));

    auto *buttons = new QHBoxLayout;
    buttons->addStretch(1);
    buttons->addWidget(m_revert);
    buttons->addWidget(m_apply);
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(8);
    column->addWidget(m_title);
    column->addWidget(m_fields);
    column->addWidget(m_diff);
    column->addWidget(m_overtaken);
    column->addWidget(m_hint);
    column->addLayout(buttons);
    column->addWidget(m_outcome);
    column->addStretch(1);

    connect(m_fields, &LimitFields::edited, this, &LimitEditor::edited);
    connect(m_fields, &LimitFields::submitted, m_apply, &QPushButton::click);
    connect(m_apply, &QPushButton::clicked, this, &LimitEditor::submit);
    connect(m_revert, &QPushButton::clicked, this, &LimitEditor::revert);
    connect(m_overtaken, &OvertakenNotice::takeTheirs, this, [this] {
        if (LimitDraft *mine = draft())
            mine->takeTheirs();
        fileMade();
        load();
    });
    connect(m_overtaken, &OvertakenNotice::keepMine, this, [this] {
        if (LimitDraft *mine = draft())
            mine->keepMine();
        fileMade();
        load();
    });
    selectNothing();
}

LimitDraft *LimitEditor::draft()
{
    const auto found = m_selected ? m_drafts.find(m_current) : m_drafts.end();
    return found == m_drafts.end() ? nullptr : &found->second;
}

void LimitEditor::select(const PolicyRow &policy)
{
    m_selected = true;
    m_current = policy.name;
    m_drafts.try_emplace(policy.name, policy);
    load();
}

bool LimitEditor::isTouched() const
{
    const auto shown = m_drafts.find(m_current);
    return m_selected && shown != m_drafts.end() && !shown->second.isIdle();
}

void LimitEditor::selectNothing()
{
    m_selected = false;
    load();
}

void LimitEditor::startNew()
{
    m_selected = true;
    m_current.clear();
    m_drafts.try_emplace(m_current, LimitDraft::forNewPolicy());
    load();
    m_fields->focusName();
}

void LimitEditor::apply(const Snapshot &snapshot)
{
    if (snapshot.link.endpoint != m_link.endpoint && !m_link.endpoint.empty()) {
        m_drafts.clear(); // another Redis, other limits
        m_selected = false;
    }
    m_link = snapshot.link;
    for (const EditOutcome &outcome : snapshot.edits)
        settle(outcome);
    m_policies.clear();
    for (const PolicyRow &policy : snapshot.policies) {
        m_policies[policy.name] = policy.rule.version;
        const auto found = m_drafts.find(policy.name);
        if (found != m_drafts.end())
            found->second.observe(policy);
        if (const auto making = m_drafts.find({}); making != m_drafts.end() && making->second.policy == policy.name)
            making->second.observe(policy);
    }
    fileMade();
    if (m_link.state != LinkState::Live) {
        for (auto &[name, mine] : m_drafts)
            mine.observeAway();
    } else {
        for (auto &[name, mine] : m_drafts) {
            if (!m_policies.contains(name))
                mine.observeGone();
        }
        std::erase_if(m_drafts, [this](const auto &entry) {
            return entry.second.isIdle() && !m_policies.contains(entry.first);
        });
        m_selected = draft() != nullptr;
    }
    load();
}

void LimitEditor::settle(const EditOutcome &outcome)
{
    for (auto &[name, mine] : m_drafts) {
        if (mine.settle(outcome))
            break;
    }
    fileMade();
}

void LimitEditor::fileMade()
{
    const auto made = m_drafts.find({});
    if (made == m_drafts.end() || made->second.isNew())
        return;
    const std::string name = made->second.policy;
    m_drafts.insert_or_assign(name, std::move(made->second));
    m_drafts.erase(made);
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
    refresh();
}

void LimitEditor::submit()
{
    LimitDraft *mine = draft();
    if (!mine || !m_apply->isEnabled())
        return;
    const LimitEdit edit = mine->submit(m_nextId++, author());
    load();
    emit editRequested(edit);
}

void LimitEditor::revert()
{
    LimitDraft *mine = draft();
    if (!mine)
        return;
    if (mine->isNew()) {
        m_drafts.erase(m_current);
        selectNothing();
        emit newAbandoned();
        return;
    }
    mine->revert();
    load();
}

void LimitEditor::load()
{
    const LimitDraft *mine = draft();
    m_fields->setVisible(mine != nullptr);
    if (mine)
        m_fields->display(*mine);
    refresh();
}

QString LimitEditor::obstacle() const
{
    if (m_readOnly)
        return tr("Read-only: this session may only watch.");
    if (!m_link.mayEdit)
        return tr("This Redis user may only watch.");
    if (m_link.state != LinkState::Live)
        return tr("Not connected. Your draft is kept.");
    return {};
}

void LimitEditor::refresh()
{
    const LimitDraft *mine = draft();
    for (QWidget *widget : std::initializer_list<QWidget *> {m_diff, m_apply, m_revert})
        widget->setVisible(mine != nullptr);
    if (!mine) {
        m_title->setText({});
        m_hint->setText(m_policies.empty() ? tr("No policies yet. Services register theirs with the first request, or make one here.")
                                           : tr("Select a policy to edit its limit."));
        m_hint->show();
        m_overtaken->hide();
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

    QString why = obstacle();
    if (why.isEmpty() && mine->isNew() && !isPolicyName(mine->policy))
        why = tr("A name has 1 to 64 of the characters A-Z a-z 0-9 . _ -");
    else if (why.isEmpty() && mine->isNew() && !mine->isNamed() && m_policies.contains(mine->policy))
        why = tr("There is a policy of that name already.");
    m_hint->setText(why);
    m_hint->setVisible(!why.isEmpty());
    if (why.isEmpty() && mine->isPending())
        why = tr("Waiting for Redis.");
    else if (why.isEmpty() && mine->isOvertaken())
        why = tr("First choose between theirs and yours.");
    else if (why.isEmpty() && !mine->isChanged())
        why = tr("Nothing has changed.");
    m_apply->setEnabled(why.isEmpty());
    m_apply->setToolTip(why);
    m_revert->setEnabled(!mine->isPending() && mine->isTouched());
    m_revert->setText(mine->isNew() ? tr("Cance&l") : tr("R&evert"));
    m_fields->setEnabled(!m_readOnly && m_link.mayEdit);

    if (mine->outcome())
        m_outcome->display(*mine->outcome());
    else
        m_outcome->clear();
}

} // namespace rateguard
