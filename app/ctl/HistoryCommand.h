// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The RateGuard authors
#pragma once

#include "ctl/LinkedCommand.h"
#include "redis/AuditLog.h"

namespace rateguard {

// limits history: who edited what, newest first.
class HistoryCommand : public LinkedCommand
{
public:
    explicit HistoryCommand(const Options &options);

private:
    void begin() override;
    void print(const AuditLog::Page &page);
    QString lineOf(const AuditEntry &entry) const;

    AuditLog m_audit;
};

} // namespace rateguard
