// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The RateGuard authors
#include "redis/LostEdit.h"

#include <QCoreApplication>

namespace rateguard {

namespace {

struct Words
{
    Q_DECLARE_TR_FUNCTIONS(rateguard::LostEdit)
};

} // namespace

QString LostEdit::couldNotAsk(const QString &error)
{
    return Words::tr("The edit may have been made; Redis could not be asked: %1").arg(error);
}

QString LostEdit::notMade()
{
    return Words::tr("The connection broke before the edit was made: nothing was changed. Apply it again.");
}

} // namespace rateguard
