// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The RateGuard authors
#include "models/Environment.h"

#include <QCoreApplication>

#include <algorithm>

namespace rateguard {
namespace {

struct Words
{
    Q_DECLARE_TR_FUNCTIONS(rateguard::Environment)
};

} // namespace

QString environmentName(Environment environment)
{
    switch (environment) {
    case Environment::Unmarked: return {};
    case Environment::Development: return Words::tr("Development");
    case Environment::Test: return Words::tr("Test");
    case Environment::Production: return Words::tr("Production");
    }
    return {};
}

QString environmentWord(Environment environment)
{
    switch (environment) {
    case Environment::Unmarked: return {};
    case Environment::Development: return QStringLiteral("development");
    case Environment::Test: return QStringLiteral("test");
    case Environment::Production: return QStringLiteral("production");
    }
    return {};
}

std::optional<Environment> environmentOf(const QString &word)
{
    const auto found = std::find_if(environments.begin(), environments.end(),
                                    [&word](Environment one) { return environmentWord(one) == word; });
    return found == environments.end() ? std::nullopt : std::optional(*found);
}

} // namespace rateguard
