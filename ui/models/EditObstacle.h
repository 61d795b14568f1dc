// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The RateGuard authors
#pragma once

#include "models/DraftBook.h"

namespace rateguard {

// Why a draft cannot be applied, in words for the operator; empty when that is no reason.

QString barrierText(const LinkStatus &link, bool readOnly); // no limit can be changed at all
QString keyBarrierText(const LinkStatus &link, bool readOnly); // likewise, nothing of single keys
QString nameProblem(const LimitDraft &draft, const DraftBook &drafts); // of a new policy
QString standstillText(const LimitDraft &draft); // this one, now

} // namespace rateguard
