// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The RateGuard authors
#pragma once

#include "engine/Snapshot.h"

#include <QString>

#include <map>

namespace rateguard {

// Lost limits that could not be written back, until they are, or the operator asks again or lets them go. The feed makes
// these edits itself and numbers them from LimitEdit::firstRestoreId on; those of the editor are below.
class RestoreFailures
{
public:
    void apply(const Snapshot &snapshot);
    void clear() { m_failures.clear(); }
    bool isEmpty() const { return m_failures.empty(); }
    QString text() const; // a sentence for each; plain text

private:
    std::map<std::string, EditOutcome> m_failures; // by policy
    std::string m_endpoint;
};

} // namespace rateguard
