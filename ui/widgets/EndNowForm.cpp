// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The RateGuard authors
#include "widgets/EndNowForm.h"

#include "format/Text.h"
#include "models/RuleWords.h"
#include "models/TimeWords.h"
#include "widgets/TextLabel.h"

#include <QGridLayout>
#include <QLineEdit>
#include <QListWidget>

#include <algorithm>

namespace rateguard {

EndNowForm::EndNowForm(const Snapshot &latest, QWidget *parent)
    : BulkForm(parent), m_latest(latest), m_open(letThrough(latest.policies, latest.now)), m_which(new QListWidget(this)), m_reason(makeReason())
{
    m_which->setObjectName(QStringLiteral("endWhich"));
    m_which->setAccessibleName(tr("Policies to end it for"));
    auto *caption = new TextLabel(tr("End"), Ink::Muted, this);
    auto *grid = new QGridLayout(this);
    grid->setContentsMargins(0, 0, 0, 0);
    grid->addWidget(new TextLabel(tr("Reason"), Ink::Muted, this), 0, 0);
    grid->addWidget(m_reason, 0, 1);
    grid->addWidget(caption, 1, 0, Qt::AlignTop);
    grid->addWidget(m_which, 1, 1);
    grid->setColumnStretch(1, 1);
    list();
    caption->setVisible(m_open.size() > 1);
    m_which->setVisible(m_open.size() > 1);
    setFocusProxy(m_reason);
    connect(m_which, &QListWidget::itemChanged, this, &BulkForm::edited);
}

void EndNowForm::list()
{
    constexpr std::size_t most = 5; // rows; the rest scrolls
    const std::vector<bool> together = setTogether(m_open);
    for (std::size_t i = 0; i < m_open.size(); ++i) {
        const Rule &rule = m_open[i].rule;
        auto *item = new QListWidgetItem(tr("%1: %2 until %3").arg(displayText(m_open[i].name, 64), modeText(rule.mode), shortTimeText(*rule.until, m_latest.now)), m_which);
        item->setFlags(Qt::ItemIsEnabled | Qt::ItemIsSelectable | Qt::ItemIsUserCheckable);
        item->setCheckState(together[i] ? Qt::Checked : Qt::Unchecked);
    }
    m_which->setFixedHeight(static_cast<int>(std::min(m_open.size(), most)) * m_which->sizeHintForRow(0) + 2 * m_which->frameWidth() + 2);
}

std::vector<BulkStep> EndNowForm::steps() const
{
    std::vector<PolicyRow> chosen;
    for (const PolicyRow &policy : m_latest.policies) {
        const auto open = std::find_if(m_open.begin(), m_open.end(), [&policy](const PolicyRow &it) { return it.name == policy.name; });
        if (open != m_open.end() && m_which->item(static_cast<int>(open - m_open.begin()))->checkState() == Qt::Checked)
            chosen.push_back(policy);
    }
    return planEndNow(chosen, m_reason->text().toStdString(), m_latest.now);
}

QString EndNowForm::verb(std::size_t count) const
{
    return tr("End %1 now").arg(count);
}

Step EndNowForm::step(const std::vector<BulkStep> &steps) const
{
    return {tr("Back to the modes from before, now?"), tr("What is over its limit is rejected again, at once and everywhere."),
            QString::number(steps.size()), sizeOf(steps)};
}

} // namespace rateguard
