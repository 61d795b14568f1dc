// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The RateGuard authors
#include "widgets/KillSwitchForm.h"

#include "format/Text.h"
#include "models/RuleWords.h"
#include "models/TimeWords.h"
#include "widgets/SpanChoice.h"
#include "widgets/TextLabel.h"

#include <QComboBox>
#include <QGridLayout>
#include <QLineEdit>

namespace rateguard {

using namespace std::chrono_literals;

KillSwitchForm::KillSwitchForm(const Snapshot &latest, QWidget *parent)
    : BulkForm(parent),
      m_latest(latest),
      m_mode(new QComboBox(this)),
      m_span(new SpanChoice({15min, 5min, 30min, 1h}, {}, tr("How long everything comes through"), this)),
      m_reason(new QLineEdit(this))
{
    m_mode->setObjectName(QStringLiteral("killMode"));
    m_mode->setAccessibleName(tr("How everything comes through"));
    m_mode->addItem(tr("off: nothing is counted"), static_cast<int>(Mode::Off));
    m_mode->addItem(tr("shadow: go on counting and reporting"), static_cast<int>(Mode::Shadow));
    m_reason->setObjectName(QStringLiteral("killReason"));
    m_reason->setAccessibleName(tr("Reason for letting everything through"));
    m_reason->setMaxLength(200);
    m_reason->setPlaceholderText(tr("Required: for whoever reads the audit trail tomorrow"));
    auto *note = new TextLabel(tr("No policy rejects anything for that time. It ends by itself, inside Redis, even if this window is closed: each policy "
                                  "then goes back to the mode it has now."),
                               Ink::Muted, this);
    note->setWordWrap(true);
    auto *grid = new QGridLayout(this);
    grid->setContentsMargins(0, 0, 0, 0);
    grid->addWidget(note, 0, 0, 1, 4);
    grid->addWidget(new TextLabel(tr("Mode"), Ink::Muted, this), 1, 0);
    grid->addWidget(m_mode, 1, 1);
    grid->addWidget(new TextLabel(tr("For"), Ink::Muted, this), 1, 2);
    grid->addWidget(m_span, 1, 3);
    grid->addWidget(new TextLabel(tr("Reason"), Ink::Muted, this), 2, 0);
    grid->addWidget(m_reason, 2, 1, 1, 3);
    grid->setColumnStretch(3, 1);
    connect(m_mode, &QComboBox::currentIndexChanged, this, &BulkForm::edited);
    connect(m_span, &SpanChoice::edited, this, &BulkForm::edited);
    connect(m_reason, &QLineEdit::textChanged, this, &BulkForm::edited);
    setFocusProxy(m_reason);
}

std::vector<BulkStep> KillSwitchForm::steps() const
{
    const auto mode = static_cast<Mode>(m_mode->currentData().toInt());
    return planKillSwitch(m_latest.policies, mode, m_span->span().value_or(15min), m_reason->text().trimmed().toStdString(), m_latest.now);
}

QString KillSwitchForm::problem() const
{
    return m_reason->text().trimmed().isEmpty() ? tr("Say why: a reason is required for this.") : QString();
}

QString KillSwitchForm::remark() const
{
    constexpr int named = 4;
    const std::vector<PolicyRow> open = openLonger(m_latest.policies, m_span->span().value_or(15min), m_latest.now);
    QStringList names;
    for (const PolicyRow &policy : open) {
        const Rule standing = inForce(policy.rule, m_latest.now);
        names << (standing.until ? tr("%1 (%2 until %3)").arg(displayText(policy.name, 48), modeText(standing.mode), shortTimeText(*standing.until, m_latest.now))
                                 : tr("%1 (%2)").arg(displayText(policy.name, 48), modeText(standing.mode)));
        if (names.size() == named && open.size() > named) {
            names << QStringLiteral("…");
            break;
        }
    }
    return names.isEmpty() ? QString() : tr("Not changed, as it lets everything through for longer already: %1").arg(names.join(QStringLiteral(", ")));
}

QString KillSwitchForm::verb(std::size_t count) const
{
    return count == 1 ? tr("Let everything through 1 policy") : tr("Let everything through %1 policies").arg(count);
}

Step KillSwitchForm::step(const std::vector<BulkStep> &steps) const
{
    const QString span = timeLeft(m_span->span().value_or(15min));
    return {steps.size() == 1 ? tr("Let everything through 1 policy for %1?").arg(span) : tr("Let everything through %1 policies for %2?").arg(steps.size()).arg(span),
            tr("Nothing is rejected until then, under any of them: what the limits protect gets all the traffic. It ends by itself after %1.").arg(span),
            tr("everything"), sizeOf(steps)};
}

} // namespace rateguard
