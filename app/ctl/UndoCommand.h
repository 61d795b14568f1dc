// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The RateGuard authors
#pragma once

#include "ctl/EditCommand.h"
#include "redis/AuditLog.h"

namespace rateguard {

// limits undo: an edit that goes back to what stood before the last one, or before --version.
class UndoCommand : public EditCommand
{
public:
    explicit UndoCommand(const Options &options);

private:
    void begin() override;
    void undo(const AuditLog::Page &page);

    AuditLog m_audit;
    Rule m_current;
};

} // namespace rateguard
