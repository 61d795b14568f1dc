// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The RateGuard authors
#include "models/LimitPreview.h"

#include "format/Numbers.h"
#include "format/Text.h"
#include "models/StepSize.h"

#include <QCoreApplication>

#include <algorithm>
#include <set>

namespace rateguard {
namespace {

struct Words
{
    Q_DECLARE_TR_FUNCTIONS(rateguard::LimitPreview)
};

constexpr std::size_t named = 3; // keys in a sentence

bool hasOwn(const Snapshot &snapshot, const RankedKey &key)
{
    if (!snapshot.overrides)
        return false;
    const auto &all = snapshot.overrides->all;
    return std::any_of(all.begin(), all.end(), [&](const KeyOverride &it) {
        return it.policy == key.policy && it.key == key.key && !it.value.isOver(snapshot.now);
    });
}

// A key of the policy is exempt or has a limit of its own.
bool mayMore(const std::string &policy, const Snapshot &snapshot)
{
    if (!snapshot.overrides)
        return true; // not known yet
    const auto &all = snapshot.overrides->all;
    return snapshot.overrides->isCut || std::any_of(all.begin(), all.end(), [&](const KeyOverride &it) {
        return it.policy == policy && it.value.kind != Override::Kind::Ban && !it.value.isOver(snapshot.now);
    });
}

QString names(const std::vector<LimitPreview::Hit> &hits)
{
    QStringList list;
    for (std::size_t i = 0; i < std::min(named, hits.size()); ++i)
        list.append(Words::tr("%1 at %2/s").arg(displayText(hits[i].key, 40), formatRate(hits[i].rate)));
    const QString all = list.join(QStringLiteral(", "));
    return hits.size() > named ? Words::tr("%1 and %2 more").arg(all, formatCount(hits.size() - named)) : all;
}

QString overText(const LimitPreview &preview)
{
    const QString over = names(preview.over);
    const QString allowed = preview.allowed < 1 ? formatRough(preview.allowed) : formatRate(preview.allowed);
    if (preview.over.empty())
        return {};
    const auto fresh = static_cast<std::size_t>(std::count_if(preview.over.begin(), preview.over.end(), [](const auto &hit) { return !hit.isRejected; }));
    const QString admits = Words::tr("This limit admits %1/s of each key.").arg(allowed);
    if (preview.over.size() == 1)
        return (fresh == 0 ? Words::tr("%1 would still be rejected. %2") : Words::tr("%1 would be rejected. It is admitted now. %2")).arg(over, admits);
    const QString keys = (preview.othersFit ? Words::tr("%1 keys") : Words::tr("At least %1 keys")).arg(formatCount(preview.over.size()));
    if (fresh == 0)
        return Words::tr("%1 would still be rejected: %2. %3").arg(keys, over, admits);
    if (fresh == preview.over.size())
        return Words::tr("%1 would be rejected: %2. They are admitted now. %3").arg(keys, over, admits);
    const QString already = formatCount(preview.over.size() - fresh);
    return Words::tr("%1 would be rejected: %2 (rejected already: %3). %4").arg(keys, over, preview.isCut ? Words::tr("at least %1").arg(already) : already, admits);
}

// When that is less than half of what they send.
QString wholeText(const LimitPreview &preview)
{
    if (!preview.most || *preview.most > preview.requests / 2)
        return {};
    const double share = 100 * (1 - *preview.most / preview.requests);
    return Words::tr("At least %1 % of all requests of this policy would be rejected: of %2/s it would admit %3/s at most.")
        .arg(QString::number(static_cast<int>(share)), formatRate(preview.requests), *preview.most < 1 ? formatRough(*preview.most) : formatRate(*preview.most));
}

} // namespace

LimitPreview previewLimit(const PolicyRow &policy, const Limits &wish, Mode mode, const Snapshot &snapshot)
{
    LimitPreview preview;
    preview.mode = mode;
    preview.allowed = sustained(wish);
    preview.rejectedNow = policy.rates.rejected;
    std::set<std::string> seen;
    for (const auto *list : {&snapshot.offenders, &snapshot.nearLimit}) {
        for (const RankedKey &key : *list) {
            if (key.policy != policy.name || hasOwn(snapshot, key) || !seen.insert(key.key).second)
                continue;
            ++preview.looked;
            const LimitPreview::Hit hit {key.key, key.row.rates.requests(), key.row.rates.rejected > 0};
            if (mode == Mode::Enforce && hit.rate > preview.allowed)
                preview.over.push_back(hit);
            else if (hit.isRejected)
                preview.freed.push_back(hit);
        }
    }
    const auto busier = [](const auto &a, const auto &b) { return a.rate > b.rate; };
    std::stable_sort(preview.over.begin(), preview.over.end(), busier);
    std::stable_sort(preview.freed.begin(), preview.freed.end(), busier);
    // Who is in neither list fits into the limit of now, and so into one that is nowhere stricter; unless the list is cut.
    const auto isLooser = [&policy](const Limit &one) {
        return std::any_of(policy.rule.limit.begin(), policy.rule.limit.end(),
                           [&one](const Limit &now) { return now.window >= one.window && now.count <= one.count; });
    };
    constexpr std::size_t longest = 10; // list
    preview.isCut = snapshot.offenders.size() >= longest;
    preview.othersFit = mode != Mode::Enforce
        || (!preview.isCut && policy.rule.modeAt(snapshot.now) == Mode::Enforce
            && std::all_of(wish.begin(), wish.end(), isLooser));
    preview.requests = policy.rates.requests();
    // Keys of other policies count, too: it is a bound. Not with keys that are counted together, or that may send more.
    if (mode == Mode::Enforce && snapshot.otherRates.requests() <= 0 && !mayMore(policy.name, snapshot))
        preview.most = static_cast<double>(snapshot.keysKnown) * preview.allowed;
    return preview;
}

QString previewText(const LimitPreview &preview)
{
    if (preview.mode != Mode::Enforce) {
        const QString text = preview.mode == Mode::Off ? Words::tr("Nobody would be rejected, and nothing counted.")
                                                       : Words::tr("Nobody would be rejected: what is over the limit is only reported.");
        return preview.rejectedNow > 0
            ? text + QLatin1Char(' ') + Words::tr("The %1/s that are rejected now would come through.").arg(formatRate(preview.rejectedNow))
            : text;
    }
    const QString whole = wholeText(preview);
    if (preview.looked == 0)
        return !whole.isEmpty() ? whole : Words::tr("No key of this policy is over or near its limit now.");
    QStringList parts;
    if (!whole.isEmpty())
        parts.append(whole);
    if (!preview.over.empty())
        parts.append(overText(preview));
    if (preview.freed.size() == 1)
        parts.append(Words::tr("%1 is rejected now, and would be admitted.").arg(names(preview.freed)));
    else if (!preview.freed.empty())
        parts.append(Words::tr("%1 keys that are rejected now would be admitted: %2.").arg(formatCount(preview.freed.size()), names(preview.freed)));
    if (preview.over.empty() && preview.freed.empty())
        parts.append(preview.looked == 1 ? Words::tr("The 1 key that is over or near its limit now would be admitted.")
                                         : Words::tr("All %1 keys that are over or near their limit now would be admitted.").arg(preview.looked));
    return parts.join(QLatin1Char(' '));
}

QString previewBasis(const LimitPreview &preview)
{
    if (preview.mode != Mode::Enforce)
        return Words::tr("That is, if traffic goes on as in the last 5 s.");
    const QString base = preview.looked == 1
        ? Words::tr("That is, if the 1 key that is over or near its limit goes on as in the last 5 s.")
        : Words::tr("That is, if the %1 keys that are over or near their limit go on as in the last 5 s.").arg(preview.looked);
    if (preview.othersFit)
        return base;
    return base + QLatin1Char(' ') + Words::tr("Quieter keys were not looked at: those that send more than this would be rejected, too.");
}

} // namespace rateguard
