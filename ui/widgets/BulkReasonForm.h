// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The RateGuard authors
#pragma once

#include "widgets/BulkForm.h"

#include <functional>

class QLineEdit;

namespace rateguard {

// Edits that are settled but for their reason.
class BulkReasonForm : public BulkForm
{
    Q_OBJECT

public:
    // `plan` makes the steps of a reason, whenever it is asked; `verb` is what stands on the button, with %1 for their number.
    BulkReasonForm(std::function<std::vector<BulkStep>(const std::string &reason)> plan, const QString &verb, const Step &step, QWidget *parent);

    std::vector<BulkStep> steps() const override;
    QString problem() const override { return {}; }
    QString verb(std::size_t count) const override { return m_verb.arg(count); }
    Step step(const std::vector<BulkStep> &steps) const override; // as large as they are, and typed as their number

private:
    std::function<std::vector<BulkStep>(const std::string &reason)> m_plan;
    QString m_verb;
    Step m_step;
    QLineEdit *m_reason;
};

} // namespace rateguard
