// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The RateGuard authors
#include "widgets/KeyHead.h"

#include "format/Numbers.h"
#include "format/Text.h"
#include "models/KeyWords.h"
#include "models/OverrideWords.h"
#include "models/RejectionWords.h"
#include "models/RuleWords.h"
#include "models/TimeWords.h"
#include "widgets/ByteClip.h"
#include "widgets/StateMark.h"
#include "widgets/TextLabel.h"

#include <QHBoxLayout>
#include <QPushButton>
#include <QTimer>

#include <algorithm>

namespace rateguard {
namespace {

QString limitText(const PolicyRow *policy, Instant now)
{
    if (!policy)
        return KeyHead::tr("The policy has no limit that Redis knows of.");
    const QString name = displayText(policy->name, 64);
    if (!policy->valid)
        return KeyHead::tr("What Redis holds for %1 is no limit: services get an error. Set it anew.").arg(name);
    return KeyHead::tr("Policy %1: %2, %3, v%4")
        .arg(name, QString::fromStdString(formatLimit(policy->rule.limit)), modeWithEnd(policy->rule, now), QString::number(policy->rule.version));
}

} // namespace

KeyHead::KeyHead(QWidget *parent)
    : Card(parent),
      m_mark(new StateMark(this)),
      m_name(new TextLabel({}, Ink::Normal, this)),
      m_state(new TextLabel({}, Ink::Normal, this)),
      m_figures(new TextLabel({}, Ink::Muted, this)),
      m_limit(new TextLabel({}, Ink::Normal, this)),
      m_override(new TextLabel({}, Ink::Warning, this)),
      m_copy(new QPushButton(tr("Copy key"), this)),
      m_copied(new QTimer(this))
{
    m_copied->setSingleShot(true);
    m_copied->setInterval(2000);
    connect(m_copied, &QTimer::timeout, this, [this] { m_copy->setText(tr("Copy key")); });
    m_name->setObjectName(QStringLiteral("keyNameLabel"));
    m_name->setScale(1.25, true);
    m_state->setObjectName(QStringLiteral("keyStateLabel"));
    m_figures->setObjectName(QStringLiteral("keyFiguresLabel"));
    m_limit->setObjectName(QStringLiteral("keyLimitLabel"));
    m_override->setObjectName(QStringLiteral("keyOverrideLabel"));
    m_override->setScale(1.0, true);
    m_copy->setObjectName(QStringLiteral("copyKeyButton"));
    m_copy->setMinimumWidth(m_copy->fontMetrics().horizontalAdvance(tr("✓ Copied")) + 32);
    m_copy->setToolTip(tr("All bytes of the key, as it is in Redis (Ctrl+C)"));
    for (TextLabel *label : {m_name, m_state, m_figures, m_limit, m_override})
        label->setSizePolicy(QSizePolicy::Ignored, QSizePolicy::Preferred); // figures change; the layout must not

    auto *top = new QHBoxLayout;
    top->setSpacing(8);
    top->addWidget(m_mark);
    top->addWidget(m_name, 1);
    top->addWidget(m_copy);
    auto *left = new QVBoxLayout;
    left->setSpacing(2);
    left->addWidget(m_state);
    left->addWidget(m_figures);
    auto *right = new QVBoxLayout;
    right->setSpacing(2);
    right->addWidget(m_limit);
    right->addWidget(m_override);
    auto *bottom = new QHBoxLayout;
    bottom->setSpacing(16);
    bottom->addLayout(left, 5); // the longer texts
    bottom->addLayout(right, 4);
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(12, 8, 10, 8);
    column->setSpacing(4);
    column->addLayout(top);
    column->addLayout(bottom);
    connect(m_copy, &QPushButton::clicked, this, &KeyHead::copyKey);
}

void KeyHead::setKey(const std::string &policy, const std::string &key)
{
    m_key = key;
    m_name->setText(displayText(policy, 64) + QStringLiteral(" · ") + displayText(key, 60));
    const QString whole = displayText(policy, 64) + QStringLiteral(" · ") + displayText(key, 1000);
    m_name->setToolTip(plainToolTip(whole));
    m_name->setAccessibleDescription(whole);
    m_mark->setState(std::nullopt);
    m_state->setText(tr("Asking Redis…"));
    m_figures->clear();
    m_limit->clear();
    m_override->clear();
}

void KeyHead::displayLimit(const PolicyRow *policy, Instant now)
{
    m_limit->setText(limitText(policy, now));
    m_limit->setInk(policy && policy->valid ? Ink::Normal : Ink::Danger);
    m_limit->setToolTip(plainToolTip(m_limit->text()));
    m_limit->setAccessibleDescription(tr("Limit of the policy"));
}

void KeyHead::displayOverride(const KeyDetail &detail, Instant now)
{
    const bool holds = detail.override && !detail.override->isOver(now);
    m_override->setText(holds ? tr("◆ Instead of that: %1, %2").arg(overrideText(*detail.override, now), keyVersionText(detail.override->version))
                    : detail.next ? tr("No override of its own")
                                  : tr("Whether it has an override of its own is not known"));
    m_override->setToolTip(plainToolTip(holds ? m_override->text() + QLatin1Char('\n') + keyVersionMeaning(detail.override->version) : m_override->text()));
    m_override->setInk(holds ? Ink::Warning : Ink::Muted);
    m_override->setScale(1.0, holds);
}

void KeyHead::displayState(const KeyDetail &detail, const KeyNow &now)
{
    m_mark->setState(now.state);
    const QString state = keyStateText(now.state);
    const bool isFull = std::any_of(now.fills.begin(), now.fills.end(), [](const WindowFill &fill) { return fill.isFull(); });
    const QString meaning = now.state != KeyState::Near ? keyStateMeaning(now.state)
        : isFull                                        ? tr("All of the limit is used now. No request in the last 4 s was rejected.")
                                                        : tr("Most of the limit is used now. No request in the last 4 s was rejected.");
    const auto &last = detail.lastRejection;
    const bool goesOn = last && now.state == (last->shadow ? KeyState::Shadowed : KeyState::Throttled) && last->at - last->since > Rejection::calm / 10;
    const QString run = goesOn ? runText(*last, now.at) : QString();
    const bool isSeen = detail.row.total.requests() > 0;
    const bool isTold = now.state == KeyState::Banned || now.state == KeyState::Exempt; // whether it comes or not
    m_state->setText(!isSeen && !isTold                   ? tr("Not seen: no request of it was heard since this window began to listen.")
                     : run.isEmpty()                      ? tr("%1: %2").arg(state, meaning)
                     : now.state == KeyState::Shadowed    ? tr("%1: over the limit again and again %2").arg(state, run)
                                                          : tr("%1: rejected again and again %2").arg(state, run));
    m_state->setToolTip(plainToolTip(run.isEmpty() ? m_state->text() : m_state->text() + QLatin1Char('\n') + meaning
        + QLatin1Char('\n') + tr("“Again and again” means: under the same limit, never a minute without one, and never let in for a whole window of the limit while it went on asking.")));
}

void KeyHead::displayFigures(const KeyDetail &detail, const KeyNow &now)
{
    displayState(detail, now);
    const KeyRow &row = detail.row;
    if (row.total.requests() == 0) {
        m_figures->clear();
        m_figures->setToolTip({});
        return;
    }
    const bool shadow = row.rates.wouldReject > 0;
    const QString rates = shadow ? tr("%1 admitted, %2 would be rejected per s") : tr("%1 admitted, %2 rejected per s");
    const QString sum = shadow || row.total.wouldReject > 0 ? tr("%1 of %2 requests over the limit so far") : tr("%1 of %2 requests rejected so far");
    QString figures = tr("%1 · %2").arg(rates.arg(formatRate(row.rates.allowed), formatRate(shadow ? row.rates.wouldReject : row.rates.rejected)),
                                        sum.arg(formatCount(row.total.rejected + row.total.wouldReject), formatCount(row.total.requests())));
    if (now.at - row.lastSeen >= std::chrono::seconds(10))
        figures += tr(" · last seen %1").arg(agoText(now.at - row.lastSeen));
    m_figures->setText(figures);
    m_figures->setToolTip(plainToolTip(figures + QLatin1Char('\n') + tr("Per s: over the last 4 to 5 s. So far: since this window began to listen.")));
    m_figures->setAccessibleDescription(tr("Figures"));
}

void KeyHead::copyKey()
{
    copyBytes(m_key);
    m_copy->setText(tr("✓ Copied"));
    m_copied->start();
}

} // namespace rateguard
