// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The RateGuard authors
#pragma once

#include "widgets/Card.h"
#include "widgets/TextLabel.h"

namespace rateguard {

// One big figure: what it is, how much, and a remark.
class MetricCard : public Card
{
    Q_OBJECT

public:
    MetricCard(const QString &name, Ink ink, QWidget *parent);

    void display(const QString &value, const QString &remark);

private:
    TextLabel *m_value;
    TextLabel *m_remark;
};

} // namespace rateguard
