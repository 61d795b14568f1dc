// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The RateGuard authors
#pragma once

#include "models/Environment.h"

#include <QMetaType>

#include <optional>

namespace rateguard {

// A Redis to go to, as it is saved or was typed. Holds no password.
struct Place
{
    QString id {}; // of a saved one; also names its password in the keyring
    QString name {};
    QString url {}; // of a saved one: without user and password; of one that was typed: as it was
    QString user {};
    Environment environment = Environment::Unmarked;
    bool readOnly = false;
    bool keepsPassword = false; // in the keyring

    bool isSaved() const { return !id.isEmpty(); }
    friend bool operator==(const Place &, const Place &) = default;
};

// What was typed for a password; nothing: leave it as it is.
using TypedPassword = std::optional<QString>;

// The URL without user and password.
QString withoutSecret(const QString &url);

} // namespace rateguard

Q_DECLARE_METATYPE(rateguard::Place)
