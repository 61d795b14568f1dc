// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The RateGuard authors
#pragma once

#include "models/BulkPlan.h"
#include "widgets/BulkForm.h"

class QLineEdit;
class QListWidget;

namespace rateguard {

// Ends what lets everything through for a time. Of several policies it can be chosen which; those that were set together are
// to begin with, as one that is in shadow mode for a reason of its own is not part of that. One that begins later is not ended.
class EndNowForm : public BulkForm
{
    Q_OBJECT

public:
    // `latest` is what holds now, whenever that is asked: it must outlive the form.
    EndNowForm(const Snapshot &latest, QWidget *parent);

    std::vector<BulkStep> steps() const override;
    QString problem() const override { return {}; }
    QString verb(std::size_t count) const override;
    Step step(const std::vector<BulkStep> &steps) const override;

private:
    void list();

    const Snapshot &m_latest;
    std::vector<PolicyRow> m_open; // when it was opened
    QListWidget *m_which;
    QLineEdit *m_reason;
};

} // namespace rateguard
