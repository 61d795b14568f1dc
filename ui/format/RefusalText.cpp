// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The RateGuard authors
#include "format/RefusalText.h"

#include "engine/Limit.h"
#include "format/Text.h"

#include <QCoreApplication>

namespace rateguard {
namespace {

struct Words
{
    Q_DECLARE_TR_FUNCTIONS(rateguard::RefusalText)
};

// Counts as they are to be typed, without signs between the digits.
QString remedy(LimitFault::Why why)
{
    switch (why) {
    case LimitFault::Why::NoLimit: return Words::tr("write COUNT/WINDOW, for example 10/s, 100/min, 1000/h or 5/250ms");
    case LimitFault::Why::CountTooSmall: return Words::tr("the smallest count is 1");
    case LimitFault::Why::CountTooLarge:
        return Words::tr("the largest count is %1; for more write bucket before it").arg(maxCount(Algorithm::Log));
    case LimitFault::Why::CountFarTooLarge: return Words::tr("the largest count is %1").arg(maxCount(Algorithm::Bucket));
    case LimitFault::Why::NoUnit: return Words::tr("end the window in ms, s, min, h or d, for example 10/s or 5/250ms");
    case LimitFault::Why::WindowOutOfRange: return Words::tr("the window's number is out of range; it goes from 1ms to 24d");
    case LimitFault::Why::WindowTooLong: return Words::tr("the longest window is 24d");
    case LimitFault::Why::WindowTwice: return Words::tr("each window may stand only once");
    case LimitFault::Why::TooManyWindows: return Words::tr("a policy has up to four windows");
    }
    return {};
}

} // namespace

QString limitFaultText(const LimitFault &fault)
{
    return Words::tr("'%1' is not a limit: %2").arg(displayText(fault.text, 80), remedy(fault.why));
}

QString undoRefusalText(const UndoRefusal &refusal)
{
    const auto version = QString::number(refusal.version);
    const auto known = QString::number(refusal.known);
    switch (refusal.why) {
    case UndoRefusal::Why::NoEdit: return Words::tr("Nothing to undo: the history knows no edit of this limit.");
    case UndoRefusal::Why::NotItsEdit:
        return refusal.known == 0
            ? Words::tr("The last edit in the history made version %1, but Redis holds no limit, and no edit took it away. Set what you want instead.").arg(version)
            : Words::tr("The last edit in the history made version %1, but Redis holds version %2, which no edit made (a service may have registered "
                        "its default). Set what you want instead.")
                  .arg(version, known);
    case UndoRefusal::Why::NotMade: return Words::tr("There is no edit to version %1; the last is version %2.").arg(version, known);
    case UndoRefusal::Why::Forgotten:
        return Words::tr("The history does not know version %1; the oldest edit it knows made version %2.").arg(version, known);
    case UndoRefusal::Why::NothingBefore:
        return Words::tr("Nothing to undo: there was no limit before version %1, and there is none now.").arg(version);
    case UndoRefusal::Why::Unreadable: return Words::tr("What stood before version %1 cannot be read. Set what you want instead.").arg(version);
    case UndoRefusal::Why::AlreadySo: return Words::tr("Nothing to undo: the limit is already as it was before version %1.").arg(version);
    }
    return {};
}

} // namespace rateguard
