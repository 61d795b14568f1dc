// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The RateGuard authors
#include "models/EffectWords.h"

#include "format/Numbers.h"
#include "format/Text.h"
#include "models/TimeWords.h"

#include <QCoreApplication>
#include <QStringList>

#include <algorithm>
#include <cmath>

namespace rateguard {
namespace {

using namespace std::chrono_literals;
using Basis = EditHistory::Basis;
using Cause = EditHistory::End::Cause;

struct Words
{
    Q_DECLARE_TR_FUNCTIONS(rateguard::EffectWords)
};

// A limit where there was none: it has no time before it.
bool isNew(const AuditEntry &edit)
{
    return !edit.key && edit.before.empty();
}

QString keyName(const std::string &key)
{
    return displayText(key, 40);
}

// What came of another key, of which the policy's figures would tell from then on.
QString otherKeyText(const EditHistory::End &end, const QString &after)
{
    const QString key = keyName(*end.key);
    switch (end.cause) {
    case Cause::Time: return Words::tr("the override of %1 ended after %2").arg(key, after);
    case Cause::Removal: return Words::tr("the override of %1 was lifted after %2").arg(key, after);
    case Cause::Edit: break;
    }
    return end.version == 0 ? Words::tr("the use of %1 was forgotten after %2").arg(key, after)
                            : Words::tr("%1 was edited after %2 (k%3)").arg(key, after, QString::number(end.version));
}

// A key's own outlives edits of the limit and resets, but what it does is another thing from then on.
QString endText(const EditHistory::End &end, const AuditEntry &edit)
{
    const QString after = end.after >= 1s ? lengthText(end.after) : Words::tr("less than 1 s");
    if (end.key)
        return otherKeyText(end, after);
    const bool outlived = edit.isReset() || (edit.key && end.isOfLimit);
    switch (end.cause) {
    case Cause::Time:
        return (!outlived ? Words::tr("ended after %1") : end.isOfLimit ? Words::tr("the limit's mode ended after %1") : Words::tr("the override ended after %1")).arg(after);
    case Cause::Removal: return (end.isOfLimit ? Words::tr("the limit was taken away after %1") : Words::tr("lifted after %1")).arg(after);
    case Cause::Edit: break;
    }
    if (end.version == 0)
        return Words::tr("its use was forgotten after %1").arg(after);
    const QString label = (end.isOfLimit ? QStringLiteral("v%1") : QStringLiteral("k%1")).arg(end.version);
    return (!outlived           ? Words::tr("overtaken by %1 after %2")
            : end.isOfLimit ? Words::tr("the limit became %1 after %2")
                            : Words::tr("the override became %1 after %2"))
        .arg(label, after);
}

// "nightly", "nightly, cron and 3 more keys"; empty: of all.
QString withoutText(const EditHistory::Effect &effect)
{
    constexpr std::size_t most = 2;
    QStringList names;
    for (std::size_t i = 0; i < std::min(most, effect.without.size()); ++i)
        names << keyName(effect.without[i]);
    const QString all = names.join(QStringLiteral(", "));
    return effect.without.size() <= most ? all : Words::tr("%1 and %2 more").arg(all, QString::number(effect.without.size() - most));
}

// What the two figures may differ by without any edit: by chance, as the rejections that were counted are few, or a little at all times.
double noise(const EditHistory::Effect &effect)
{
    const auto variance = [](double perMinute, std::chrono::seconds span) { return perMinute * 60 / static_cast<double>(span.count()); };
    const double chance = 2 * std::sqrt(variance(effect.rejectedBefore, effect.before) + variance(effect.rejectedAfter, effect.after));
    return std::max({0.5, 0.05 * effect.rejectedBefore, chance});
}

QString unknownText(const EditHistory::Effect &effect, const AuditEntry &edit)
{
    if (effect.end)
        return endText(*effect.end, edit);
    return !effect.isOpen     ? Words::tr("not known")
        : effect.expected ? Words::tr("too early, known from %1").arg(shortTimeText(*effect.expected, *effect.expected))
                              : Words::tr("too early to tell");
}

EffectWords comparison(const EditHistory::Effect &effect, const AuditEntry &edit)
{
    using Trend = EffectWords::Trend;
    const QString after = perMinuteText(effect.rejectedAfter);
    const QString before = effect.before > 0s ? perMinuteText(effect.rejectedBefore) : QStringLiteral("?");
    if (edit.key && effect.basis == Basis::Minutes)
        return {Trend::Unknown, Words::tr("whole policy %1 → %2/min").arg(before, after)};
    const bool ofAll = effect.without.empty();
    if (effect.before == 0s)
        return {Trend::Unknown, (!ofAll ? Words::tr("others ? → %1 per min") : isNew(edit) ? Words::tr("rejections %1 per min") : Words::tr("rejections ? → %1 per min")).arg(after)};
    const double change = effect.rejectedAfter - effect.rejectedBefore;
    if (std::abs(change) <= noise(effect))
        return {Trend::Same, (ofAll ? Words::tr("= rejections still %1 per min") : Words::tr("= others still %1 per min")).arg(after)};
    if (change > 0)
        return {Trend::More, (ofAll ? Words::tr("▲ rejections %1 → %2 per min") : Words::tr("▲ others %1 → %2 per min")).arg(before, after)};
    return {Trend::Fewer, (ofAll ? Words::tr("▼ rejections %1 → %2 per min") : Words::tr("▼ others %1 → %2 per min")).arg(before, after)};
}

// All names at once: a key may be called %1.
QString sourceText(const EditHistory::Effect &effect, const AuditEntry &edit, const QString &span)
{
    if (effect.basis == Basis::Key)
        return Words::tr("This key alone, heard by this window: %1").arg(span);
    if (effect.basis == Basis::Minutes)
        return (edit.key ? Words::tr("Whole policy, from Redis' minutes, as the key's own decisions are not known: %1") : Words::tr("Whole policy, from Redis' minutes: %1")).arg(span);
    return effect.without.empty() ? Words::tr("Whole policy, heard by this window: %1").arg(span)
                                  : Words::tr("Whole policy without %1, changed at about the same time; heard by this window: %2").arg(withoutText(effect), span);
}

} // namespace

EffectWords EffectWords::of(const EditHistory::Effect &effect, const AuditEntry &edit)
{
    return effect.after == 0s ? EffectWords {Trend::Unknown, unknownText(effect, edit)} : comparison(effect, edit);
}

QString effectBasis(const EditHistory::Effect &effect, const AuditEntry &edit)
{
    const bool isKnown = effect.after > 0s;
    if (!isKnown && edit.key && !effect.isOpen && effect.basis == Basis::Minutes)
        return Words::tr("The key's own decisions of then are not known here, and Redis keeps minutes of whole policies only.");
    if (!isKnown && effect.before == 0s)
        return {};
    const QString before = lengthText(effect.before);
    const QString after = lengthText(effect.after);
    const QString span = !isKnown  ? Words::tr("%1 before").arg(before)
        : effect.before > 0s       ? Words::tr("%1 before, %2 after").arg(before, after)
        : isNew(edit)              ? Words::tr("%1 after").arg(after)
                                   : Words::tr("%1 after, before not known").arg(after);
    const QString text = sourceText(effect, edit, span);
    if (!isKnown || !effect.end)
        return text;
    return (effect.end->key ? Words::tr("%1; no longer, as %2") : Words::tr("%1; %2")).arg(text, endText(*effect.end, edit));
}

QString perMinuteText(double perMinute)
{
    return perMinute >= 9.95 && std::isfinite(perMinute) ? formatCount(static_cast<std::uint64_t>(std::llround(perMinute))) : formatRate(perMinute);
}

} // namespace rateguard
