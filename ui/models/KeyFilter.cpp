// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The RateGuard authors
#include "models/KeyFilter.h"

#include "models/KeyWords.h"

#include <QStringList>

#include <algorithm>

namespace rateguard {
namespace {

char lower(char c)
{
    return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
}

bool same(char a, char b)
{
    return lower(a) == b;
}

// `needle` is lower case already.
bool contains(const std::string &text, const std::string &needle)
{
    return std::search(text.begin(), text.end(), needle.begin(), needle.end(), same) != text.end();
}

bool equals(std::string_view text, const std::string &wanted)
{
    return std::equal(text.begin(), text.end(), wanted.begin(), wanted.end(), same);
}

} // namespace

KeyFilter::KeyFilter(const QString &text)
{
    const QStringList parts = text.simplified().split(QLatin1Char(' '), Qt::SkipEmptyParts);
    for (const QString &part : parts) {
        Word word;
        word.text = part.toStdString();
        std::transform(word.text.begin(), word.text.end(), word.text.begin(), lower);
        if (word.text.starts_with('!')) {
            word.inverted = true;
            word.text.erase(0, 1);
        }
        if (word.text.starts_with("policy:")) {
            word.kind = Kind::Policy;
            word.text.erase(0, 7);
        } else if (word.text.starts_with("state:")) {
            word.kind = Kind::State;
            word.text.erase(0, 6);
        }
        if (!word.text.empty()) // still being typed
            m_words.push_back(std::move(word));
    }
}

bool KeyFilter::usesState() const
{
    return std::any_of(m_words.begin(), m_words.end(), [](const Word &word) { return word.kind == Kind::State; });
}

bool KeyFilter::matches(const KeyEntry &entry) const
{
    return std::all_of(m_words.begin(), m_words.end(),
                       [&entry](const Word &word) { return holds(word, entry) != word.inverted; });
}

bool KeyFilter::holds(const Word &word, const KeyEntry &entry)
{
    switch (word.kind) {
    case Kind::Policy: return equals(entry.policy, word.text);
    case Kind::State: return keyStateName(entry.row.state).starts_with(word.text);
    case Kind::Piece: break;
    }
    return contains(entry.policy, word.text) || contains(entry.key, word.text);
}

} // namespace rateguard
