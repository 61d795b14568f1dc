// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The RateGuard authors
#include "widgets/OverrideStep.h"

#include "format/Text.h"
#include "models/OverrideWords.h"
#include "widgets/SpanChoice.h"

#include <QCoreApplication>

namespace rateguard {
namespace {

struct Words
{
    Q_DECLARE_TR_FUNCTIONS(rateguard::OverrideStep)
};

} // namespace

SpanChoice *overrideSpan(QWidget *parent)
{
    using namespace std::chrono_literals;
    auto *choice = new SpanChoice({5min, 15min, 1h, 24h}, Words::tr("until it is lifted"), Words::tr("How long the override holds"), parent);
    choice->setSpan(15min);
    return choice;
}

Step overrideStep(const OverrideEdit &edit, const KeyStanding &now)
{
    const QString key = displayText(edit.key, 60);
    const QString policy = displayText(edit.policy, 64);
    const auto made = [&](const QString &what) { return what.arg(key, policy, forText(edit.span)); };
    Step step;
    step.typed = policy; // keys can be too long, or impossible, to type
    step.size = sizeOf(now, edit);
    if (edit.reset) {
        step.what = Words::tr("Forget what %1 has used under %2").arg(key, policy);
        step.effect = Words::tr("Its windows are empty again: it may use its whole limit at once. This cannot be taken back.");
        return step;
    }
    if (!edit.kind) {
        step.what = Words::tr("Lift what holds for %1 under %2").arg(key, policy);
        step.effect = now.own ? Words::tr("It is %1 now; then the policy's limit holds for it again.").arg(overrideText(*now.own)) : QString();
        return step;
    }
    switch (*edit.kind) {
    case Override::Kind::Ban:
        step.what = made(Words::tr("Ban %1 under %2 %3"));
        step.effect = Words::tr("Every request of this key is rejected.");
        break;
    case Override::Kind::Exempt:
        step.what = made(Words::tr("Exempt %1 from the limit of %2 %3"));
        step.effect = Words::tr("Every request of this key is admitted, however many there are.");
        break;
    case Override::Kind::Limit:
        step.what = made(Words::tr("Give %1 under %2 a limit of its own %3"));
        step.effect = Words::tr("%1 instead of the policy's limit.").arg(ownLimitText(edit.limit));
        break;
    }
    return step;
}

} // namespace rateguard
