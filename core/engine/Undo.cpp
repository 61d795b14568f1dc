// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The RateGuard authors
#include "engine/Undo.h"

#include <algorithm>

namespace rateguard {

namespace {

using Edits = std::vector<const AuditEntry *>;

// The edit that is to be undone; nothing, with the reason, when the audit does not know it.
const AuditEntry *findEdit(const Edits &edits, const Rule &now, std::optional<std::uint64_t> version, std::string *why)
{
    if (edits.empty()) {
        *why = "the audit knows no edit of its limit: there is nothing to undo";
        return nullptr;
    }
    const auto &last = *edits.front();
    if (!version) {
        if (last.version == now.version || (now.version == 0 && last.after.empty())) {
            return &last;
        }
        *why = "the last edit that the audit knows made version " + std::to_string(last.version) + ", but Redis holds "
            + (now.version == 0 ? std::string("no limit") : "version " + std::to_string(now.version))
            + ", which no edit made (a service may have registered its default); set what you want instead";
        return nullptr;
    }
    const auto found = std::find_if(edits.begin(), edits.end(), [&](const AuditEntry *edit) { return edit->version == *version; });
    if (found != edits.end()) {
        return *found;
    }
    *why = *version > last.version ? "there is no edit to version " + std::to_string(*version) + "; the last is version " + std::to_string(last.version)
                                   : "the audit does not know version " + std::to_string(*version) + "; the oldest edit it knows made version "
            + std::to_string(edits.back()->version);
    return nullptr;
}

} // namespace

std::optional<LimitEdit> undoEdit(const std::vector<AuditEntry> &edits, const Rule &now, std::optional<std::uint64_t> version, Instant time, std::string *why)
{
    Edits ofLimit;
    for (const auto &edit : edits) {
        if (!edit.key) {
            ofLimit.push_back(&edit);
        }
    }
    const auto *const undone = findEdit(ofLimit, now, version, why);
    if (!undone) {
        return std::nullopt;
    }
    LimitEdit edit;
    edit.policy = undone->policy;
    edit.expectedVersion = now.version;
    if (undone->before.empty()) {
        edit.unset = true;
        if (now.version == 0) {
            *why = "there was no limit before version " + std::to_string(undone->version) + ", and there is none now: there is nothing to undo";
            return std::nullopt;
        }
        return edit;
    }
    const auto before = parseRule(undone->before);
    if (!before) {
        *why = "what stood before version " + std::to_string(undone->version) + " cannot be read; set what you want instead";
        return std::nullopt;
    }
    edit.limit = before->limit;
    edit.mode = before->modeAt(time);
    if (before->until && time < *before->until) {
        edit.modeFor = std::max(Duration(1), std::chrono::ceil<Duration>(*before->until - time));
    }
    if (!edit.modeFor && edit.limit == now.limit && edit.mode == now.modeAt(time) && !(now.until && time < *now.until)) {
        *why = "it is already as it was before version " + std::to_string(undone->version) + ": there is nothing to undo";
        return std::nullopt;
    }
    return edit;
}

} // namespace rateguard
