// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The RateGuard authors
#pragma once

#include <QCoreApplication>
#include <QSettings>
#include <QTemporaryDir>

namespace rateguard {

// Settings of this process alone, empty at first: whoever runs the same test beside it has others.
class OwnSettings
{
public:
    explicit OwnSettings(const QString &test)
    {
        QCoreApplication::setOrganizationName(QStringLiteral("rateguard"));
        QCoreApplication::setApplicationName(test);
        QSettings::setPath(QSettings::NativeFormat, QSettings::UserScope, m_folder.path());
    }

private:
    QTemporaryDir m_folder;
};

} // namespace rateguard
