// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The RateGuard authors
#pragma once

#include <QString>

#include <array>
#include <cstdint>
#include <optional>

namespace rateguard {

// What the watched Redis is for, as its operator marked it. The more it matters, the more is asked before an edit.
enum class Environment : std::uint8_t { Unmarked, Development, Test, Production };

constexpr std::array<Environment, 4> environments {Environment::Unmarked, Environment::Development, Environment::Test, Environment::Production};

QString environmentName(Environment environment); // for people; of Unmarked: empty

// As options and settings write it: "production"; of Unmarked: empty.
QString environmentWord(Environment environment);
std::optional<Environment> environmentOf(const QString &word);

} // namespace rateguard
