// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The RateGuard authors
#include "widgets/LimitsPage.h"

#include "format/Numbers.h"
#include "models/BulkPlan.h"
#include "models/KeyStanding.h"
#include "widgets/BulkDialog.h"
#include "widgets/BulkPolicyForm.h"
#include "widgets/BulkReasonForm.h"
#include "widgets/EndNowForm.h"
#include "widgets/KillSwitchForm.h"
#include "widgets/OverrideForm.h"
#include "widgets/OverridePanel.h"
#include "widgets/PolicyPanel.h"

#include <QVBoxLayout>

namespace rateguard {

LimitsPage::LimitsPage(bool readOnly, QWidget *parent)
    : QWidget(parent),
      m_readOnly(readOnly),
      m_policies(new PolicyPanel(readOnly, this)),
      m_overrides(new OverridePanel(readOnly, this))
{
    m_policies->addBelow(m_overrides);
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->addWidget(m_policies, 1);
    setFocusProxy(m_policies);
    wire();
}

void LimitsPage::wire()
{
    connect(m_policies, &PolicyPanel::editRequested, this, &LimitsPage::editRequested);
    connect(m_policies, &PolicyPanel::bulkRequested, this, &LimitsPage::editMany);
    connect(m_policies, &PolicyPanel::killRequested, this, &LimitsPage::letEverythingThrough);
    connect(m_overrides, &OverridePanel::newRequested, this, [this] { openForm(m_policies->current(), std::nullopt); });
    connect(m_overrides, &OverridePanel::changeRequested, this, [this](const std::string &policy, const std::string &key) { openForm(policy, key); });
    connect(m_overrides, &OverridePanel::liftRequested, this, &LimitsPage::lift);
    connect(m_overrides, &OverridePanel::keyChosen, this, &LimitsPage::keyChosen);
    connect(m_policies, &PolicyPanel::undoOffered, this, &LimitsPage::undoOffered);
}

void LimitsPage::apply(const Snapshot &snapshot)
{
    m_latest.link = snapshot.link;
    keepStandings(m_latest, snapshot);
    m_policies->apply(snapshot);
    m_overrides->apply(snapshot);
    if (m_form)
        m_form->apply(snapshot);
    if (m_bulk)
        m_bulk->apply(snapshot);
}

void LimitsPage::follow(const std::string &policy)
{
    m_policies->follow(policy);
}

void LimitsPage::edit(const std::string &policy)
{
    m_policies->edit(policy);
}

void LimitsPage::editShown()
{
    if (m_form)
        m_form->takeFocus();
    else
        m_policies->focusLimit();
}

void LimitsPage::leaveRedis()
{
    if (m_form)
        m_policies->closeAside();
    m_overrides->forgetOutcome();
}

void LimitsPage::setEnvironment(Environment environment)
{
    m_environment = environment;
    m_policies->setEnvironment(environment);
    if (m_form)
        m_form->setEnvironment(environment);
}

void LimitsPage::openForm(const std::string &policy, const std::optional<std::string> &key)
{
    m_form = new OverrideForm(this);
    m_form->setReadOnly(m_readOnly);
    m_form->setEnvironment(m_environment);
    m_form->apply(m_latest);
    m_policies->showAside(m_form);
    if (key)
        m_form->openFor(policy, *key);
    else
        m_form->openNew(policy);
    m_form->apply(m_latest);
    connect(m_form, &OverrideForm::closed, this, [this] {
        const QWidget *focus = window()->focusWidget();
        const bool hadFocus = focus == m_form || m_form->isAncestorOf(focus);
        m_policies->closeAside();
        if (hadFocus)
            m_overrides->setFocus(Qt::OtherFocusReason); // where it was opened
    });
    connect(m_form, &OverrideForm::overrideRequested, this, [this](const OverrideEdit &edit) {
        m_overrides->sent(edit);
        emit overrideRequested(edit);
    });
}

void LimitsPage::editMany(const std::vector<PolicyRow> &policies)
{
    openBulk(tr("Edit %1 policies").arg(policies.size()), new BulkPolicyForm(policies, m_latest, this));
}

void LimitsPage::letEverythingThrough()
{
    openBulk(tr("Let everything through"), new KillSwitchForm(m_latest, this));
}

bool LimitsPage::undo(const std::string &policy)
{
    return (m_policies->current() == policy || m_policies->edit(policy)) && m_policies->undo();
}

void LimitsPage::endNow()
{
    openBulk(tr("End letting through"), new EndNowForm(m_latest, this));
}

void LimitsPage::lift(const std::vector<KeyOverride> &overrides)
{
    const auto plan = [this, overrides](const std::string &reason) { return planLift(overrides, reason, m_latest); };
    const Step step {overrides.size() == 1 ? tr("Lift 1 override?") : tr("Lift %1 overrides?").arg(formatCount(overrides.size())),
                     tr("These keys get the limits of their policies again, at once and everywhere.")};
    openBulk(overrides.size() == 1 ? tr("Lift an override") : tr("Lift %1 overrides").arg(formatCount(overrides.size())),
             new BulkReasonForm(plan, tr("Lift %1"), step, this));
}

void LimitsPage::openBulk(const QString &title, BulkForm *form)
{
    m_bulk = new BulkDialog(title, form, m_environment, this);
    connect(m_bulk, &BulkDialog::editRequested, this, &LimitsPage::editRequested);
    connect(m_bulk, &BulkDialog::overrideRequested, this, &LimitsPage::overrideRequested);
    m_bulk->apply(m_latest);
    m_bulk->open();
    form->setFocus(Qt::OtherFocusReason);
}

} // namespace rateguard
