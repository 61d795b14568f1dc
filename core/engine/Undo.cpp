// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The RateGuard authors
#include "engine/Undo.h"

#include <algorithm>

namespace rateguard {

namespace {

using Why = UndoRefusal::Why;
using Edits = std::vector<const AuditEntry *>;

// The edit that is to be undone; nothing, with the reason, when the audit does not know it.
const AuditEntry *findEdit(const Edits &edits, const Rule &now, std::optional<std::uint64_t> version, UndoRefusal *refusal)
{
    if (edits.empty()) {
        *refusal = {Why::NoEdit, 0, 0};
        return nullptr;
    }
    const auto &last = *edits.front();
    if (!version) {
        if (last.version == now.version || (now.version == 0 && last.after.empty())) {
            return &last;
        }
        *refusal = {Why::NotItsEdit, last.version, now.version};
        return nullptr;
    }
    const auto found = std::find_if(edits.begin(), edits.end(), [&](const AuditEntry *edit) { return edit->version == *version; });
    if (found != edits.end()) {
        return *found;
    }
    *refusal = *version > last.version ? UndoRefusal {Why::NotMade, *version, last.version}
                                       : UndoRefusal {Why::Forgotten, *version, edits.back()->version};
    return nullptr;
}

} // namespace

std::optional<LimitEdit> undoEdit(const std::vector<AuditEntry> &edits, const Rule &now, std::optional<std::uint64_t> version, Instant time,
    UndoRefusal *refusal)
{
    Edits ofLimit;
    for (const auto &edit : edits) {
        if (!edit.key) {
            ofLimit.push_back(&edit);
        }
    }
    const auto *const undone = findEdit(ofLimit, now, version, refusal);
    if (!undone) {
        return std::nullopt;
    }
    LimitEdit edit;
    edit.policy = undone->policy;
    edit.expectedVersion = now.version;
    if (undone->before.empty()) {
        edit.unset = true;
        if (now.version == 0) {
            *refusal = {Why::NothingBefore, undone->version, 0};
            return std::nullopt;
        }
        return edit;
    }
    const auto before = parseRule(undone->before);
    if (!before) {
        *refusal = {Why::Unreadable, undone->version, 0};
        return std::nullopt;
    }
    edit.limit = before->limit;
    edit.mode = before->modeAt(time);
    if (before->until && time < *before->until) {
        edit.modeFor = std::max(Duration(1), std::chrono::ceil<Duration>(*before->until - time));
    }
    if (!edit.modeFor && edit.limit == now.limit && edit.mode == now.modeAt(time) && !(now.until && time < *now.until)) {
        *refusal = {Why::AlreadySo, undone->version, 0};
        return std::nullopt;
    }
    return edit;
}

} // namespace rateguard
