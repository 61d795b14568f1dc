// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The RateGuard authors
#include "models/Author.h"

#include <QRandomGenerator>
#include <QString>
#include <QSysInfo>

namespace rateguard {

std::string author()
{
    QString user = qEnvironmentVariable("USER");
    if (user.isEmpty())
        user = qEnvironmentVariable("USERNAME", QStringLiteral("unknown"));
    return (user + QLatin1Char('@') + QSysInfo::machineHostName()).toStdString();
}

std::uint64_t firstEditId()
{
    return QRandomGenerator::global()->generate64() >> 17U | 1U;
}

} // namespace rateguard
