// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The RateGuard authors
#pragma once

#include "engine/KeySource.h"

#include <QRegularExpression>

#include <string>

namespace rateguard {

// What the operator typed above the table. Words are ANDed, a leading `!` inverts one. A word is
//
//   a piece          of the policy or the key, in bytes and with ASCII letters of either case
//   policy:NAME      the whole policy
//   state:NAME       a state, or how one begins
//   re:PATTERN       a regular expression that fits somewhere in POLICY:KEY, in either case; it gives up after a while
//   FIELD OP VALUE   without spaces: `rejected>0`, `used>=80%`, `idle>30s`. OP is one of > >= < <= =;
//                    `tenant=7`, which compares no field of ours, is a piece
//
// Words that are still being typed (`policy:`, `rejected>`) hide nothing. O(words) a key. Not thread-safe.
class KeyFilter
{
public:
    KeyFilter() = default;

    // Nothing, with the problem, when it is none.
    static std::optional<KeyFilter> parse(const std::string &text, FilterProblem &problem);

    bool isEmpty() const { return m_words.empty(); }
    bool matches(const KeyView &key, Instant now) const;

private:
    enum class Kind : std::uint8_t { Piece, Policy, State, Pattern, Figure };
    enum class Field : std::uint8_t { Requests, Rejected, Allowed, Shadow, Used, UsedShare, RejectedShare, Limit, Total, Idle };
    enum class Than : std::uint8_t { More, AtLeast, Less, AtMost, Same };
    struct Word
    {
        Kind kind = Kind::Piece;
        bool inverted = false;
        std::string text; // lower case
        QRegularExpression pattern;
        Field field = Field::Requests;
        Than than = Than::More;
        double value = 0;
    };
    // Nothing when it is still being typed.
    static std::optional<Word> parseWord(std::string word, FilterProblem &problem, bool &isWrong);
    static bool parsePattern(Word &word, FilterProblem &problem);
    static std::optional<Word> parseFigure(const Word &begun, std::size_t operation, FilterProblem &problem, bool &isWrong);
    static bool holds(const Word &word, const KeyView &key, Instant now);
    static double figure(const KeyView &key, Field field, Instant now);

    std::vector<Word> m_words;
};

} // namespace rateguard
