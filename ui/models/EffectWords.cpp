// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The RateGuard authors
#include "models/EffectWords.h"

#include "engine/Limit.h"
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
    const QString after = end.after >= 1s ? lengthText(end.after) : Words::tr("< 1 s");
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
        return Words::tr("use forgotten after %1").arg(after);
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

// What chance alone may make of the two figures: each is of so many rejections as were counted, and those come at random at best.
bool isChance(const EditHistory::Effect &effect)
{
    const auto variance = [](double perMinute, std::chrono::seconds span) { return perMinute * 60 / static_cast<double>(span.count()); };
    const double chance = 2 * std::sqrt(variance(effect.rejectedBefore, effect.before) + variance(effect.rejectedAfter, effect.after));
    return std::abs(effect.rejectedAfter - effect.rejectedBefore) <= chance;
}

// A little up and down there is at all times, however many are counted.
bool isLittle(const EditHistory::Effect &effect)
{
    return std::abs(effect.rejectedAfter - effect.rejectedBefore) <= std::max(0.5, 0.05 * effect.rejectedBefore);
}

// Figures that would read as two, if they were written down.
bool isFarApart(const EditHistory::Effect &effect)
{
    return std::abs(effect.rejectedAfter - effect.rejectedBefore) > std::max(0.5, 0.1 * std::min(effect.rejectedBefore, effect.rejectedAfter));
}

// The longest window of what was set, and nothing where the key's own has none.
Duration windowOf(const std::string &set, const AuditEntry &edit)
{
    if (!edit.key) {
        const auto rule = parseRule(set);
        return rule ? rule->limit.longest() : Duration(0);
    }
    const auto own = parseOverride(set);
    return own && own->kind == Override::Kind::Limit ? own->limit.longest() : Duration(0);
}

// As long as it takes a window to fill, more get through than later. A tenth may be missing: figures are of whole seconds.
bool isShortOf(Duration window, std::chrono::seconds span)
{
    return span > 0s && span * 10 < window * 9;
}

struct Filling
{
    Duration before {0}; // the window that the figures before are short of; 0: of none
    Duration after {0};

    Filling(const EditHistory::Effect &effect, const AuditEntry &edit)
    {
        const Duration old = windowOf(edit.before, edit);
        const Duration now = windowOf(edit.after, edit);
        before = isShortOf(old, effect.before) ? old : Duration(0);
        after = isShortOf(now, effect.after) ? now : Duration(0);
    }

    // Of a window of hours no figures here are ever: what a minute tells is better than nothing.
    static bool hides(Duration window, std::chrono::seconds span) { return isShortOf(std::min<Duration>(window, 1min), span); }
};

QString fillingText(const EditHistory::Effect &effect, const AuditEntry &edit)
{
    const Filling filling(effect, edit);
    if (filling.before > 0s && filling.before == filling.after)
        return Words::tr("both are less than the window of %1, which may still have been filling").arg(lengthText(filling.before));
    QStringList said;
    if (filling.before > 0s)
        said << Words::tr("before is less than the window of %1, which may still have been filling").arg(lengthText(filling.before));
    if (filling.after > 0s)
        said << (effect.before > 0s ? Words::tr("after is less than the window of %1, which may still be filling") : Words::tr("this is less than the window of %1, which may still be filling")).arg(lengthText(filling.after));
    return said.join(QStringLiteral("; "));
}

QString unknownText(const EditHistory::Effect &effect, const AuditEntry &edit)
{
    if (effect.end)
        return endText(*effect.end, edit);
    return !effect.isOpen     ? Words::tr("not known")
        : effect.expected ? Words::tr("too early, known from %1").arg(shortTimeText(*effect.expected, *effect.expected))
                              : Words::tr("too early to tell");
}

// "12/min", "12/min without nightly": a policy without the keys that changed at about the same time.
QString perMinute(const EditHistory::Effect &effect, const QString &figures)
{
    const auto &without = effect.without;
    if (without.empty())
        return Words::tr("%1/min").arg(figures);
    const QString who = without.size() == 1 ? displayText(without.front(), 16) : Words::tr("%1 keys").arg(without.size());
    return Words::tr("%1/min without %2").arg(figures, who);
}

EffectWords comparison(const EditHistory::Effect &effect, const AuditEntry &edit)
{
    using Trend = EffectWords::Trend;
    const QString after = perMinuteText(effect.rejectedAfter);
    const QString before = effect.before > 0s ? perMinuteText(effect.rejectedBefore) : QStringLiteral("?");
    if (edit.key && effect.basis == Basis::Minutes)
        return {Trend::Unknown, Words::tr("whole policy %1 → %2/min").arg(before, after)};
    const QString both = perMinute(effect, QStringLiteral("%1 → %2").arg(before, after));
    if (effect.before == 0s)
        return {Trend::Unknown, isNew(edit) ? perMinute(effect, after) : both};
    const Filling filling(effect, edit);
    if (Filling::hides(filling.before, effect.before) || Filling::hides(filling.after, effect.after))
        return {Trend::Unknown, both};
    if (isLittle(effect) || (isChance(effect) && !isFarApart(effect)))
        return {Trend::Same, Words::tr("= still %1").arg(perMinute(effect, after))};
    if (isChance(effect))
        return {Trend::Same, QStringLiteral("≈ ") + both};
    return effect.rejectedAfter > effect.rejectedBefore ? EffectWords {Trend::More, QStringLiteral("▲ ") + both} : EffectWords {Trend::Fewer, QStringLiteral("▼ ") + both};
}

// What the figures are to be taken with.
QString doubtText(const EditHistory::Effect &effect, const AuditEntry &edit)
{
    QStringList said;
    if (effect.before > 0s && effect.after > 0s && !(edit.key && effect.basis == Basis::Minutes) && isChance(effect) && isFarApart(effect))
        said << Words::tr("so few were rejected that the difference may be chance");
    const QString filling = fillingText(effect, edit);
    if (effect.after > 0s && !filling.isEmpty())
        said << filling;
    return said.join(QStringLiteral("; "));
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
    const QString doubt = doubtText(effect, edit);
    const QString source = sourceText(effect, edit, span);
    const QString text = doubt.isEmpty() ? source : Words::tr("%1; %2").arg(source, doubt);
    if (!isKnown || !effect.end)
        return text;
    return (effect.end->key ? Words::tr("%1; no longer, as %2") : Words::tr("%1; %2")).arg(text, endText(*effect.end, edit));
}

QString perMinuteText(double perMinute)
{
    return perMinute >= 9.95 && std::isfinite(perMinute) ? formatCount(static_cast<std::uint64_t>(std::llround(perMinute))) : formatRate(perMinute);
}

} // namespace rateguard
