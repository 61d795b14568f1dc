// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The RateGuard authors
#include "models/EditObstacle.h"

#include "format/Text.h"

#include <QCoreApplication>

namespace rateguard {
namespace {

struct Words
{
    Q_DECLARE_TR_FUNCTIONS(rateguard::EditObstacle)
};

QString barrierText(const LinkStatus &link, bool readOnly, bool may)
{
    if (readOnly)
        return Words::tr("Read-only: this session may only watch.");
    if (!may)
        return link.rights.empty() ? Words::tr("This Redis user may only watch.") : displayText(link.rights, 400);
    if (link.state != LinkState::Live)
        return Words::tr("Not connected. Your draft is kept.");
    return {};
}

} // namespace

QString barrierText(const LinkStatus &link, bool readOnly)
{
    return barrierText(link, readOnly, link.mayEdit);
}

QString keyBarrierText(const LinkStatus &link, bool readOnly)
{
    return barrierText(link, readOnly, link.mayOverride);
}

QString nameProblem(const LimitDraft &draft, const DraftBook &drafts)
{
    if (!draft.isNew())
        return {};
    if (!isPolicyName(draft.policy))
        return Words::tr("A name has 1 to 64 of the characters A-Z a-z 0-9 . _ -");
    if (!draft.isNamed() && drafts.lists(draft.policy))
        return Words::tr("There is a policy of that name already.");
    return {};
}

QString standstillText(const LimitDraft &draft)
{
    if (draft.isPending())
        return Words::tr("Waiting for Redis.");
    if (draft.isOvertaken())
        return Words::tr("First choose between theirs and yours.");
    if (const QString problem = limitProblem(draft.limit); !problem.isEmpty())
        return problem;
    return draft.isChanged() ? QString() : Words::tr("Nothing has changed.");
}

} // namespace rateguard
