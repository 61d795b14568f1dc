// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The RateGuard authors
#pragma once

#include "models/BulkPlan.h"
#include "widgets/BulkForm.h"

class QComboBox;
class QDoubleSpinBox;
class QLineEdit;

namespace rateguard {

class SpanChoice;
class TextLabel;

// One change for many policies: their counts by a factor, their mode, for a time.
class BulkPolicyForm : public BulkForm
{
    Q_OBJECT

public:
    // `latest` says what time it is, and must outlive the form.
    BulkPolicyForm(std::vector<PolicyRow> policies, const Snapshot &latest, QWidget *parent);

    std::vector<BulkStep> steps() const override;
    QString problem() const override { return {}; }
    QString verb(std::size_t count) const override;
    Step step(const std::vector<BulkStep> &steps) const override;

private:
    std::vector<PolicyRow> m_policies; // as they were shown
    const Snapshot &m_latest;
    QDoubleSpinBox *m_factor;
    QComboBox *m_mode;
    TextLabel *m_spanCaption;
    SpanChoice *m_span;
    QLineEdit *m_reason;
};

} // namespace rateguard
