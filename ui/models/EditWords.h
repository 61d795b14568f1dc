// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The RateGuard authors
#pragma once

#include "engine/Snapshot.h"

#include <QString>

namespace rateguard {

// Edits of the audit in words. What cannot be read is shown as it stands.

QString editLabel(const AuditEntry &edit); // for flags: "v12" of a limit, "k7" of a key, "reset"; stays as long as the edit
QString editMeaning(const AuditEntry &edit); // what its label says: "v12: version 12 of the limit of search"
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

} // namespace rateguard
