// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The RateGuard authors
#pragma once

#include "engine/Limit.h"

#include <QWidget>

class QComboBox;
class QSpinBox;

namespace rateguard {

// The window of a limit: an amount and a unit. A letter typed after the amount chooses the unit: "10h".
class WindowEdit : public QWidget
{
    Q_OBJECT

public:
    explicit WindowEdit(QWidget *parent);

    // What it is called by screen readers and, with a number or not, by tests: "windowSpin2", "windowUnit2".
    void setNames(const QString &amount, const QString &unit, const QString &objectName, const QString &number = {});

    void setWindow(Duration window); // in the largest unit that says it exactly; emits nothing
    Duration window() const;

signals:
    void edited();

protected:
    bool eventFilter(QObject *watched, QEvent *event) override;

private:
    void fitRange();

    QSpinBox *m_amount;
    QComboBox *m_unit;
};

} // namespace rateguard
