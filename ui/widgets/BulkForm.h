// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The RateGuard authors
#pragma once

#include "models/BulkRun.h"
#include "widgets/Confirmation.h"

#include <QWidget>

class QLineEdit;

namespace rateguard {

// What is asked before many edits are made together. The dialog shows the steps that come of it.
class BulkForm : public QWidget
{
    Q_OBJECT

public:
    using QWidget::QWidget;

    virtual std::vector<BulkStep> steps() const = 0; // of what is typed and what holds now
    virtual QString problem() const = 0; // why it cannot be done yet; empty when it can
    virtual QString remark() const { return {}; } // what is left out, and why
    virtual QString verb(std::size_t count) const = 0; // on the button: "Change 3 policies"
    virtual Step step(const std::vector<BulkStep> &steps) const = 0; // what is confirmed

signals:
    void edited();

protected:
    QLineEdit *makeReason(); // one for all edits, which may be left out
};

} // namespace rateguard
