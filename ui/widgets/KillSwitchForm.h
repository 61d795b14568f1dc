// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The RateGuard authors
#pragma once

#include "models/BulkPlan.h"
#include "widgets/BulkForm.h"

class QComboBox;
class QLineEdit;

namespace rateguard {

class SpanChoice;

// Lets everything through under all policies that there are by now, for a time that must be given, and with a reason.
class KillSwitchForm : public BulkForm
{
    Q_OBJECT

public:
    // `latest` is what holds now, whenever that is asked: it must outlive the form.
    KillSwitchForm(const Snapshot &latest, QWidget *parent);

    std::vector<BulkStep> steps() const override;
    QString problem() const override;
    QString remark() const override;
    QString verb(std::size_t count) const override;
    Step step(const std::vector<BulkStep> &steps) const override;

private:
    const Snapshot &m_latest;
    QComboBox *m_mode;
    SpanChoice *m_span;
    QLineEdit *m_reason;
};

} // namespace rateguard
