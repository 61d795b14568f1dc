// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The RateGuard authors
#pragma once

#include <span>
#include <string_view>

namespace rateguard {

// What a command of rateguardctl looks like. Arguments in brackets may be left out, and dots say that more may follow.
struct CommandForm
{
    std::string_view name; // one word or two: "limits set"
    std::string_view arguments; // "POLICY KEY LIMIT..."
    std::string_view options; // between blanks; besides those that all have: --url, --prefix, --json, --read-only
    enum class Needs { Reading, Writing, Nothing } needs = Needs::Reading; // of Redis

    std::size_t least() const; // arguments
    std::size_t most() const;
    bool has(std::string_view argument) const { return arguments.find(argument) != std::string_view::npos; }
    bool takes(std::string_view option) const;
};

std::span<const CommandForm> commandForms();

struct OptionForm
{
    std::string_view name;
    std::string_view value; // what to write behind it; empty: nothing
};

std::span<const OptionForm> optionForms();

// For --help: all of it, in 80 columns.
std::string_view helpText();

} // namespace rateguard
