// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The RateGuard authors
#include "models/KeyWords.h"

#include "format/Numbers.h"

#include <QCoreApplication>

namespace rateguard {
namespace {

struct Words
{
    Q_DECLARE_TR_FUNCTIONS(rateguard::KeyWords)
};

} // namespace

QString usedText(std::uint32_t used, std::uint32_t limit)
{
    // Of a limit that was lowered, or one of its own that has ended.
    const QString text = used > limit ? Words::tr("%1 used, the limit is %2 now") : Words::tr("%1 of %2 used");
    return text.arg(formatCount(used), formatCount(limit));
}

QString keyStateText(KeyState state)
{
    switch (state) {
    case KeyState::Quiet: return Words::tr("Quiet");
    case KeyState::Active: return Words::tr("Active");
    case KeyState::Near: return Words::tr("Near limit");
    case KeyState::Throttled: return Words::tr("Throttled");
    case KeyState::Shadowed: return Words::tr("Shadow");
    case KeyState::Banned: return Words::tr("Banned");
    case KeyState::Exempt: return Words::tr("Exempt");
    }
    return {};
}

QString keyStateMeaning(KeyState state)
{
    switch (state) {
    case KeyState::Quiet: return Words::tr("No request in the last 5 s.");
    case KeyState::Active: return Words::tr("Requests in the last 5 s, and all were admitted.");
    case KeyState::Near: return Words::tr("Most of the limit was used at its last request, and that still counts. No request in the last 5 s was rejected.");
    case KeyState::Throttled: return Words::tr("At least one request in the last 5 s was rejected.");
    case KeyState::Shadowed: return Words::tr("At least one request in the last 5 s was over the limit, and admitted because the policy only watches (shadow mode).");
    case KeyState::Banned: return Words::tr("Every request is rejected until the ban ends or is lifted.");
    case KeyState::Exempt: return Words::tr("Every request is admitted, and nothing is counted.");
    }
    return {};
}

} // namespace rateguard
