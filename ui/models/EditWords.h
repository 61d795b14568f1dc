// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The RateGuard authors
#pragma once

#include "engine/Snapshot.h"

#include <QString>

namespace rateguard {

// Edits of the audit in words. What cannot be read is shown as it stands.

QString editLabel(const AuditEntry &edit); // for flags: "v12" of a limit, "k7" of a key, "reset"; stays as long as the edit
QString editSubject(const AuditEntry &edit); // "limit of search", "scraper 198.51.100.23 of search"
QString editChange(const AuditEntry &edit); // only what changed: "100/min → 60/min", "enforce → shadow", "new: 60/min enforce"

// One line of the comparison of before and after.
struct EditField
{
    QString name;
    QString before;
    QString after;

    bool isChanged() const { return before != after; }
};
std::vector<EditField> editFields(const AuditEntry &edit);

// What an edit did to the rejections.
struct EffectWords
{
    enum class Trend : std::uint8_t { Unknown, Fewer, Same, More };

    Trend trend = Trend::Unknown;
    QString text; // begins with the sign of its trend: "▲ rejections 12 → 840 per min", "too early to tell"
};
EffectWords effectWords(const EditHistory::Effect &effect, const AuditEntry &edit, Instant now);
// Of whom, from where and of how long those figures are, and how the edit came to its end; empty: there are no figures.
QString effectBasis(const EditHistory::Effect &effect, const AuditEntry &edit);
QString perMinuteText(double perMinute); // "840", "0.4"

} // namespace rateguard
