// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The RateGuard authors
#include "widgets/BulkPolicyForm.h"

#include "widgets/SpanChoice.h"
#include "widgets/TextLabel.h"

#include <QComboBox>
#include <QDoubleSpinBox>
#include <QGridLayout>
#include <QLineEdit>

namespace rateguard {

using namespace std::chrono_literals;

BulkPolicyForm::BulkPolicyForm(std::vector<PolicyRow> policies, const Snapshot &latest, QWidget *parent)
    : BulkForm(parent),
      m_policies(std::move(policies)),
      m_latest(latest),
      m_factor(new QDoubleSpinBox(this)),
      m_mode(new QComboBox(this)),
      m_spanCaption(new TextLabel(tr("For"), Ink::Muted, this)),
      m_span(new SpanChoice({10min, 1h, 24h}, tr("until it is changed"), tr("How long the mode holds"), this)),
      m_reason(makeReason())
{
    m_factor->setObjectName(QStringLiteral("bulkFactor"));
    m_factor->setAccessibleName(tr("Counts times"));
    m_factor->setRange(0.01, 100);
    m_factor->setSingleStep(0.25);
    m_factor->setValue(1);
    m_factor->setPrefix(QStringLiteral("× "));
    m_mode->setObjectName(QStringLiteral("bulkMode"));
    m_mode->setAccessibleName(tr("Mode of all"));
    m_mode->addItem(tr("as it is"), -1);
    m_mode->addItem(tr("enforce"), static_cast<int>(Mode::Enforce));
    m_mode->addItem(tr("shadow"), static_cast<int>(Mode::Shadow));
    m_mode->addItem(tr("off"), static_cast<int>(Mode::Off));
    m_spanCaption->hide();
    m_span->hide();
    auto *grid = new QGridLayout(this);
    grid->setContentsMargins(0, 0, 0, 0);
    int column = 0;
    for (QWidget *widget : std::initializer_list<QWidget *> {new TextLabel(tr("Counts"), Ink::Muted, this), m_factor, new TextLabel(tr("Mode"), Ink::Muted, this),
                                                             m_mode, m_spanCaption, m_span})
        grid->addWidget(widget, 0, column++);
    grid->addWidget(new TextLabel(tr("Reason"), Ink::Muted, this), 1, 0);
    grid->addWidget(m_reason, 1, 1, 1, 6);
    grid->setColumnStretch(5, 2);
    grid->setColumnStretch(6, 1);
    connect(m_factor, &QDoubleSpinBox::valueChanged, this, &BulkForm::edited);
    connect(m_mode, &QComboBox::currentIndexChanged, this, [this] {
        const bool ends = m_mode->currentData().toInt() >= 0;
        m_spanCaption->setVisible(ends);
        m_span->setVisible(ends);
        emit edited();
    });
    connect(m_span, &SpanChoice::edited, this, &BulkForm::edited);
}

std::vector<BulkStep> BulkPolicyForm::steps() const
{
    BulkWish wish;
    wish.factor = m_factor->value();
    if (const int mode = m_mode->currentData().toInt(); mode >= 0) {
        wish.mode = static_cast<Mode>(mode);
        wish.modeFor = m_span->span();
    }
    wish.reason = m_reason->text().toStdString();
    return planEdit(m_policies, wish, m_latest.now);
}

QString BulkPolicyForm::verb(std::size_t count) const
{
    return count == 1 ? tr("Change 1 policy") : tr("Change %1 policies").arg(count);
}

Step BulkPolicyForm::step(const std::vector<BulkStep> &steps) const
{
    return {steps.size() == 1 ? tr("Change 1 policy?") : tr("Change %1 policies at once?").arg(steps.size()),
            tr("All services follow at once. Each is changed only if it still is as shown here."),
            QString::number(steps.size()), sizeOf(steps)};
}

} // namespace rateguard
