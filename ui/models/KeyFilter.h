// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The RateGuard authors
#pragma once

#include "models/KeyEntry.h"

#include <QString>

namespace rateguard {

// What the operator typed above the table. Words are ANDed. A word is a piece of the policy or the key, in bytes and with
// ASCII letters of either case; `policy:NAME` the whole policy; `state:throttled` a state. A leading `!` inverts a word.
class KeyFilter
{
public:
    KeyFilter() = default;
    explicit KeyFilter(const QString &text);

    bool isEmpty() const { return m_words.empty(); }
    bool usesState() const;
    bool matches(const KeyEntry &entry) const;

private:
    enum class Kind : std::uint8_t { Piece, Policy, State };
    struct Word
    {
        Kind kind = Kind::Piece;
        bool inverted = false;
        std::string text; // lower case
    };
    static bool holds(const Word &word, const KeyEntry &entry);

    std::vector<Word> m_words;
};

} // namespace rateguard
