// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The RateGuard authors
#include "models/UndoOffer.h"

#include "format/RefusalText.h"
#include "format/Text.h"
#include "models/Author.h"

#include <QCoreApplication>

namespace rateguard {
namespace {

struct Words
{
    Q_DECLARE_TR_FUNCTIONS(rateguard::UndoOffer)
};

QString nameOf(const AuditEntry &edit)
{
    const QString policy = displayText(edit.policy, 64);
    if (!edit.key)
        return edit.after.empty() ? Words::tr("taking away of %1, v%2").arg(policy, QString::number(edit.version))
                                  : Words::tr("edit of %1, v%2").arg(policy, QString::number(edit.version));
    const QString key = displayText(*edit.key, 40);
    if (edit.isReset())
        return Words::tr("reset of %1").arg(key);
    if (edit.after.empty())
        return Words::tr("lift for %1").arg(key);
    const auto made = parseOverride(edit.after);
    if (!made)
        return Words::tr("edit of %1").arg(key);
    switch (made->kind) {
    case Override::Kind::Ban: return Words::tr("ban of %1").arg(key);
    case Override::Kind::Exempt: return Words::tr("exemption of %1").arg(key);
    case Override::Kind::Limit: return Words::tr("own limit of %1").arg(key);
    }
    return {};
}

} // namespace

QString undoneText(const AuditEntry &edit)
{
    const QString name = nameOf(edit);
    if (edit.author == author())
        return name;
    return edit.author.empty() ? Words::tr("somebody's %1").arg(name) : Words::tr("%1's %2").arg(displayText(edit.author, 40), name);
}

UndoOffer undoOffer(const std::string &policy, const Rule &now, const EditHistory *history, Instant time)
{
    if (!history)
        return {std::nullopt, {}, Words::tr("The history of edits has not been read yet."), {}, policy};
    std::vector<AuditEntry> edits;
    for (const AuditEntry &entry : history->entries) {
        if (entry.policy == policy && !entry.key)
            edits.push_back(entry);
    }
    UndoRefusal refusal;
    UndoOffer offer {undoEdit(edits, now, std::nullopt, time, &refusal), {}, {}, {}, policy};
    if (!offer.edit) {
        offer.text = undoRefusalText(refusal);
        return offer;
    }
    const QString version = Words::tr("v%1").arg(edits.front().version);
    offer.edit->reason = Words::tr("undo of %1").arg(version).toStdString();
    const QString by = displayText(edits.front().author, 64);
    offer.what = undoneText(edits.front());
    offer.text = offer.edit->unset
        ? Words::tr("There was no limit before %1 by %2: undoing it takes the limit away.").arg(version, by)
        : Words::tr("Brings back what stood before %1 by %2. You see it here before you apply it.").arg(version, by);
    return offer;
}

} // namespace rateguard
