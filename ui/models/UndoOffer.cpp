// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The RateGuard authors
#include "models/UndoOffer.h"

#include "format/RefusalText.h"
#include "format/Text.h"

#include <QCoreApplication>

namespace rateguard {
namespace {

struct Words
{
    Q_DECLARE_TR_FUNCTIONS(rateguard::UndoOffer)
};

} // namespace

UndoOffer undoOffer(const std::string &policy, const Rule &now, const EditHistory *history, Instant time)
{
    if (!history)
        return {std::nullopt, Words::tr("The history of edits has not been read yet."), {}};
    std::vector<AuditEntry> edits;
    for (const AuditEntry &entry : history->entries) {
        if (entry.policy == policy && !entry.key)
            edits.push_back(entry);
    }
    UndoRefusal refusal;
    UndoOffer offer {undoEdit(edits, now, std::nullopt, time, &refusal), {}, {}};
    if (!offer.edit) {
        offer.text = undoRefusalText(refusal);
        return offer;
    }
    const QString version = Words::tr("v%1").arg(edits.front().version);
    offer.edit->reason = Words::tr("undo of %1").arg(version).toStdString();
    const QString by = displayText(edits.front().author, 64);
    offer.what = Words::tr("%1 %2 by %3").arg(displayText(policy, 64), version, by);
    offer.text = offer.edit->unset
        ? Words::tr("There was no limit before %1 by %2: undoing it takes the limit away.").arg(version, by)
        : Words::tr("Brings back what stood before %1 by %2. You see it here before you apply it.").arg(version, by);
    return offer;
}

} // namespace rateguard
