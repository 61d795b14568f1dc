// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The RateGuard authors
#include "models/OperatorName.h"

#include <QString>
#include <QSysInfo>

namespace rateguard {

std::string operatorName()
{
    QString user = qEnvironmentVariable("USER");
    if (user.isEmpty())
        user = qEnvironmentVariable("USERNAME", QStringLiteral("unknown"));
    return (user + QLatin1Char('@') + QSysInfo::machineHostName()).toStdString();
}

} // namespace rateguard
