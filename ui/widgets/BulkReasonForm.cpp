// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The RateGuard authors
#include "widgets/BulkReasonForm.h"

#include "models/BulkPlan.h"
#include "widgets/TextLabel.h"

#include <QHBoxLayout>
#include <QLineEdit>

namespace rateguard {

BulkReasonForm::BulkReasonForm(std::function<std::vector<BulkStep>(const std::string &reason)> plan, const QString &verb, const Step &step, QWidget *parent)
    : BulkForm(parent), m_plan(std::move(plan)), m_verb(verb), m_step(step), m_reason(makeReason())
{
    auto *row = new QHBoxLayout(this);
    row->setContentsMargins(0, 0, 0, 0);
    row->addWidget(new TextLabel(tr("Reason"), Ink::Muted, this));
    row->addWidget(m_reason, 1);
    setFocusProxy(m_reason);
}

std::vector<BulkStep> BulkReasonForm::steps() const
{
    return m_plan(m_reason->text().toStdString());
}

Step BulkReasonForm::step(const std::vector<BulkStep> &steps) const
{
    Step step = m_step;
    step.typed = QString::number(steps.size());
    step.size = sizeOf(steps);
    return step;
}

} // namespace rateguard
