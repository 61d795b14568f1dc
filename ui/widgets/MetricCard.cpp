// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The RateGuard authors
#include "widgets/MetricCard.h"

#include <QHBoxLayout>
#include <QVBoxLayout>

#include <algorithm>

namespace rateguard {

MetricCard::MetricCard(const QString &name, Ink ink, QWidget *parent)
    : Card(parent), m_value(new TextLabel(QStringLiteral("–"), ink, this)), m_remark(new TextLabel({}, Ink::Muted, this))
{
    auto *title = new TextLabel(name, Ink::Muted, this);
    title->setScale(0.9);
    m_value->setScale(1.9, true);
    m_value->setAccessibleDescription(name);
    m_remark->setScale(0.9);
    m_remark->setAlignment(Qt::AlignRight | Qt::AlignBottom);
    // Figures change their width all the time; the layout must not follow.
    for (TextLabel *label : {title, m_value, m_remark})
        label->setSizePolicy(QSizePolicy::Ignored, QSizePolicy::Preferred);

    auto *bottom = new QHBoxLayout;
    bottom->setSpacing(4);
    bottom->addWidget(m_value, 5);
    bottom->addWidget(m_remark, 4);
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(12, 6, 10, 6);
    column->setSpacing(0);
    column->addWidget(title);
    column->addLayout(bottom);
    setMinimumWidth(120);
}

void MetricCard::display(const QString &value, const QString &remark)
{
    m_value->setText(value);
    m_remark->setText(remark);
    m_remark->setMinimumWidth(std::max(m_remark->minimumWidth(), m_remark->sizeHint().width())); // grows only: the value has the rest
}

} // namespace rateguard
