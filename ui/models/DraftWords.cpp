// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The RateGuard authors
#include "models/DraftWords.h"

#include "models/RuleWords.h"

#include <QCoreApplication>

#include <algorithm>

namespace rateguard {
namespace {

struct Words
{
    Q_DECLARE_TR_FUNCTIONS(rateguard::DraftWords)
};

} // namespace

QString standingText(const LimitDraft &draft)
{
    if (draft.isNew())
        return {};
    if (draft.isGone())
        return Words::tr("no limit");
    return draft.isValid() ? ruleText(draft.shown(), draft.now()) : Words::tr("unreadable");
}

QString wishText(const LimitDraft &draft)
{
    Rule wish {draft.limit, draft.mode, 0};
    wish.until = draft.until;
    return draft.modeFor ? Words::tr("%1 for %2").arg(ruleText(wish), timeLeft(*draft.modeFor)) : ruleText(wish, draft.now());
}

std::uint64_t nextVersion(const LimitDraft &draft)
{
    return std::max(draft.shown().version, draft.theirs().version) + 1;
}

QString diffText(const LimitDraft &draft)
{
    if (draft.isNew())
        return Words::tr("%1, new").arg(wishText(draft));
    const QString standing = standingText(draft);
    if (draft.isGone() || !draft.isValid())
        return Words::tr("%1 → %2").arg(standing, wishText(draft));
    const std::uint64_t version = draft.shown().version;
    if (!draft.isChanged())
        return Words::tr("%1, v%2").arg(standing).arg(version);
    return Words::tr("%1 → %2, v%3 → v%4").arg(standing, wishText(draft)).arg(version).arg(nextVersion(draft));
}

} // namespace rateguard
