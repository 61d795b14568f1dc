// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The RateGuard authors
#include "ctl/SetCommand.h"

namespace rateguard {

void SetCommand::begin()
{
    LimitEdit edit;
    edit.policy = m_options.policy;
    edit.unset = m_options.command() == "limits unset";
    edit.limit = m_options.limit;
    edit.mode = m_options.mode.value_or(Mode::Enforce);
    edit.modeFor = m_options.span;
    edit.keepMode = !m_options.mode;
    edit.expectedVersion = m_options.ifVersion;
    submit(edit);
}

} // namespace rateguard
