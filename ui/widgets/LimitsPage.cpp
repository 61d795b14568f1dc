// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The RateGuard authors
#include "widgets/LimitsPage.h"

#include "widgets/PolicyPanel.h"

#include <QHBoxLayout>

namespace rateguard {

LimitsPage::LimitsPage(bool readOnly, QWidget *parent) : QWidget(parent), m_policies(new PolicyPanel(readOnly, this))
{
    auto *row = new QHBoxLayout(this);
    row->setContentsMargins(0, 0, 0, 0);
    row->addWidget(m_policies);
    connect(m_policies, &PolicyPanel::editRequested, this, &LimitsPage::editRequested);
}

void LimitsPage::apply(const Snapshot &snapshot)
{
    m_policies->apply(snapshot);
}

void LimitsPage::follow(const std::string &policy)
{
    m_policies->follow(policy);
}

void LimitsPage::edit(const std::string &policy)
{
    m_policies->follow(policy);
    m_policies->setFocus(Qt::OtherFocusReason);
}

void LimitsPage::setEnvironment(Environment) { }

} // namespace rateguard
