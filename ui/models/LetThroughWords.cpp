// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The RateGuard authors
#include "models/LetThroughWords.h"

#include "format/Text.h"
#include "models/BulkPlan.h"
#include "models/EditLookup.h"
#include "models/RuleWords.h"
#include "models/TimeWords.h"

#include <QCoreApplication>

#include <algorithm>

namespace rateguard {
namespace {

constexpr std::size_t named = 3; // policies, in the text
constexpr std::size_t mostNamed = 12; // in the longest
constexpr std::size_t detailed = 20;
constexpr int signedBy = 2; // authors

struct Words
{
    Q_DECLARE_TR_FUNCTIONS(rateguard::LetThroughWords)
};

// When it is over for all of them as they are now: when the first ends.
QString endText(const std::vector<PolicyRow> &open, Instant now)
{
    const auto sooner = [](const PolicyRow &a, const PolicyRow &b) { return *a.rule.until < *b.rule.until; };
    const auto [first, last] = std::minmax_element(open.begin(), open.end(), sooner);
    const auto left = [now](const PolicyRow &policy) { return timeLeft(std::chrono::ceil<Duration>(*policy.rule.until - now)); };
    const QString until = Words::tr("until %1 (%2 left)").arg(shortTimeText(*first->rule.until, now), left(*first));
    return left(*first) == left(*last) ? until : Words::tr("%1, the last of them until %2").arg(until, shortTimeText(*last->rule.until, now));
}

// Those of one kind together: "api, upload (off, then enforce); search (shadow, then enforce)".
QString namesText(const std::vector<PolicyRow> &open, std::size_t most)
{
    std::vector<std::pair<QString, QStringList>> kinds;
    for (std::size_t i = 0; i < std::min(most, open.size()); ++i) {
        const QString kind = Words::tr("%1, then %2").arg(modeText(open[i].rule.mode), modeText(open[i].rule.after));
        auto place = std::find_if(kinds.begin(), kinds.end(), [&](const auto &it) { return it.first == kind; });
        if (place == kinds.end())
            place = kinds.insert(kinds.end(), {kind, {}});
        place->second << displayText(open[i].name, 32);
    }
    QStringList groups;
    for (const auto &[kind, names] : kinds)
        groups << Words::tr("%1 (%2)").arg(names.join(QStringLiteral(", ")), kind);
    const QString text = groups.join(QStringLiteral("; "));
    return open.size() > most ? Words::tr("%1; and %2 more").arg(text, QString::number(open.size() - most)) : text;
}

QString authorsText(const std::vector<PolicyRow> &open, const EditHistory *history)
{
    QStringList authors;
    for (const PolicyRow &policy : open) {
        if (const AuditEntry *edit = editOfLimit(history, policy.name, policy.rule.version); edit && !edit->author.empty())
            authors << displayText(edit->author, 40);
    }
    authors.removeDuplicates();
    if (authors.isEmpty())
        return {};
    const QString text = QStringList(authors.mid(0, signedBy)).join(QStringLiteral(", "));
    return authors.size() > signedBy ? Words::tr("Set by %1 and others.").arg(text) : Words::tr("Set by %1.").arg(text);
}

QString lineOf(const PolicyRow &policy, const EditHistory *history, Instant now)
{
    const QString line = Words::tr("%1: %2").arg(displayText(policy.name, 64), modeWithEnd(policy.rule, now));
    const AuditEntry *edit = editOfLimit(history, policy.name, policy.rule.version);
    if (!edit)
        return line;
    const QString by = Words::tr("%1; set by %2 at %3").arg(line, displayText(edit->author, 64), shortTimeText(edit->at, now));
    return edit->reason.empty() ? by : Words::tr("%1: %2").arg(by, displayText(edit->reason, 120));
}

} // namespace

LetThroughWords LetThroughWords::of(const Snapshot &snapshot)
{
    const std::vector<PolicyRow> open = letThrough(snapshot.policies, snapshot.now);
    LetThroughWords words;
    words.count = static_cast<int>(open.size());
    if (open.empty())
        return words;
    const std::size_t all = snapshot.policies.size();
    const QString who = open.size() == 1 ? Words::tr("%1 of %2 policies lets everything through").arg(1).arg(all)
        : open.size() == all             ? Words::tr("All %1 policies let everything through").arg(all)
                                         : Words::tr("%1 of %2 policies let everything through").arg(open.size()).arg(all);
    const QString until = endText(open, snapshot.now);
    const QString authors = authorsText(open, snapshot.history.get());
    const auto naming = [&](std::size_t most) { return Words::tr("⚠ %1 %2: %3. %4").arg(who, until, namesText(open, most), authors).trimmed(); };
    for (std::size_t most = std::min(mostNamed, open.size()); most > named; --most)
        words.longer << naming(most);
    words.text = naming(named);
    QStringList lines;
    for (std::size_t i = 0; i < std::min(detailed, open.size()); ++i)
        lines << lineOf(open[i], snapshot.history.get(), snapshot.now);
    if (open.size() > detailed)
        lines << QStringLiteral("…");
    words.details = lines.join(QLatin1Char('\n'));
    return words;
}

} // namespace rateguard
