// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The RateGuard authors
#include "feed/KeyFilter.h"

#include "engine/KeyOrder.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <cmath>
#include <limits>

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
bool contains(std::string_view text, const std::string &needle)
{
    return std::search(text.begin(), text.end(), needle.begin(), needle.end(), same) != text.end();
}

bool equals(std::string_view text, const std::string &wanted)
{
    return std::equal(text.begin(), text.end(), wanted.begin(), wanted.end(), same);
}

std::string lowered(std::string text)
{
    std::transform(text.begin(), text.end(), text.begin(), lower);
    return text;
}

bool isSpace(char c)
{
    return c == ' ' || c == '\t';
}

// As people count them: one outside the basic plane is one, too.
std::uint32_t characters(const QString &text)
{
    return static_cast<std::uint32_t>(text.toUcs4().size());
}

std::uint32_t characters(std::string_view text)
{
    return characters(QString::fromUtf8(text.data(), static_cast<qsizetype>(text.size())));
}

bool isState(const std::string &begin)
{
    constexpr std::array states {KeyState::Quiet, KeyState::Active, KeyState::Near, KeyState::Throttled, KeyState::Shadowed, KeyState::Banned, KeyState::Exempt};
    return std::any_of(states.begin(), states.end(), [&](KeyState state) { return keyStateName(state).starts_with(begin); });
}

// Seconds of "30", "30s", "5m", "5min", "2h".
std::optional<double> scaleOf(std::string_view unit)
{
    return unit.empty() || unit == "s" ? std::optional(1.0) : unit == "ms" ? std::optional(0.001) : unit == "m" || unit == "min" ? std::optional(60.0)
        : unit == "h"                                                                                                        ? std::optional(3600.0)
                                                                                                                             : std::nullopt;
}

} // namespace

std::optional<KeyFilter> KeyFilter::parse(const std::string &text, FilterProblem &problem)
{
    KeyFilter filter;
    for (std::size_t at = 0; at < text.size();) {
        if (isSpace(text[at])) {
            ++at;
            continue;
        }
        const auto end = static_cast<std::size_t>(std::find_if(text.begin() + static_cast<std::ptrdiff_t>(at), text.end(), isSpace) - text.begin());
        bool isWrong = false;
        problem = {FilterProblem::Kind::Pattern, text, text.substr(at, end - at), characters(std::string_view(text).substr(0, at)) + 1, {}};
        auto word = parseWord(problem.word, problem, isWrong);
        if (isWrong) {
            return std::nullopt;
        }
        if (word) {
            filter.m_words.push_back(std::move(*word));
        }
        at = end;
    }
    return filter;
}

std::optional<KeyFilter::Word> KeyFilter::parseWord(std::string text, FilterProblem &problem, bool &isWrong)
{
    Word word;
    if (text.starts_with('!')) {
        word.inverted = true;
        text.erase(0, 1);
        ++problem.at;
    }
    word.text = lowered(text);
    if (word.text.starts_with("re:")) {
        word.kind = Kind::Pattern;
        word.text = text.substr(3);
        problem.at += 3;
        isWrong = !parsePattern(word, problem);
    } else if (word.text.starts_with("policy:")) {
        word.kind = Kind::Policy;
        word.text.erase(0, 7);
    } else if (word.text.starts_with("state:")) {
        word.kind = Kind::State;
        word.text.erase(0, 6);
        isWrong = !isState(word.text);
        problem.kind = FilterProblem::Kind::State;
        problem.at += 6;
    } else if (const auto operation = word.text.find_first_of("<>="); operation != std::string::npos && operation > 0) {
        return parseFigure(word, operation, problem, isWrong);
    }
    if (word.text.empty()) {
        return std::nullopt;
    }
    return word;
}

// Words of the engine itself set how long it may try: a pattern that backtracks without end must not hold up the feed.
bool KeyFilter::parsePattern(Word &word, FilterProblem &problem)
{
    static const QString limits = QStringLiteral("(*LIMIT_MATCH=1000)(*LIMIT_DEPTH=2000)");
    const QString typed = QString::fromStdString(word.text);
    word.pattern.setPattern(limits + typed);
    word.pattern.setPatternOptions(QRegularExpression::CaseInsensitiveOption | QRegularExpression::DontCaptureOption);
    if (word.pattern.isValid()) {
        return true;
    }
    problem.kind = FilterProblem::Kind::Pattern;
    problem.detail = word.pattern.errorString().toStdString();
    // What is missing at the end is missing after the last character, which is the one to look at.
    const auto before = characters(typed.left(std::max<qsizetype>(0, word.pattern.patternErrorOffset() - limits.size())));
    problem.at += std::min(before, std::max(1U, characters(typed)) - 1);
    return false;
}

std::optional<KeyFilter::Word> KeyFilter::parseFigure(const Word &begun, std::size_t operation, FilterProblem &problem, bool &isWrong)
{
    static constexpr std::array<std::pair<std::string_view, Field>, 9> fields {{{"requests", Field::Requests}, {"rejected", Field::Rejected},
        {"allowed", Field::Allowed}, {"shadow", Field::Shadow}, {"used", Field::Used}, {"share", Field::RejectedShare}, {"limit", Field::Limit},
        {"total", Field::Total}, {"idle", Field::Idle}}};
    Word word = begun;
    word.kind = Kind::Figure;
    const auto name = std::string_view(begun.text).substr(0, operation);
    const auto field = std::find_if(fields.begin(), fields.end(), [name](const auto &it) { return it.first == name; });
    if (field == fields.end() && begun.text[operation] == '=') {
        return begun; // keys are often called so
    }
    if (field == fields.end()) {
        problem.kind = FilterProblem::Kind::Field;
        problem.word = name;
        isWrong = true;
        return std::nullopt;
    }
    word.field = field->second;
    const bool orSame = operation + 1 < begun.text.size() && begun.text[operation + 1] == '=' && begun.text[operation] != '=';
    word.than = begun.text[operation] == '=' ? Than::Same : begun.text[operation] == '>' ? (orSame ? Than::AtLeast : Than::More) : orSame ? Than::AtMost : Than::Less;
    const auto from = operation + (orSame ? 2 : 1);
    const auto value = std::string_view(begun.text).substr(from);
    if (value.empty()) {
        return std::nullopt;
    }
    const auto [end, error] = std::from_chars(value.data(), value.data() + value.size(), word.value);
    const std::string_view unit(end, static_cast<std::size_t>(value.data() + value.size() - end));
    if (word.field == Field::Used && unit == "%") {
        word.field = Field::UsedShare;
    } else if (const auto scale = word.field == Field::Idle ? scaleOf(unit) : std::nullopt) {
        word.value *= *scale;
    } else if (!(unit.empty() || (word.field == Field::RejectedShare && unit == "%"))) {
        isWrong = true;
    }
    if (word.field == Field::UsedShare || word.field == Field::RejectedShare) {
        word.value /= 100; // not the share times 100: 29 of 100 are to be 29 %
    }
    isWrong |= error != std::errc() || !std::isfinite(word.value);
    if (isWrong) {
        problem.kind = FilterProblem::Kind::Number;
        problem.word = value;
        problem.at += static_cast<std::uint32_t>(from);
    }
    return word;
}

bool KeyFilter::matches(const KeyView &key, Instant now) const
{
    return std::all_of(m_words.begin(), m_words.end(), [&](const Word &word) { return holds(word, key, now) != word.inverted; });
}

bool KeyFilter::holds(const Word &word, const KeyView &key, Instant now)
{
    switch (word.kind) {
    case Kind::Policy: return equals(key.policy, word.text);
    case Kind::State: return keyStateName(key.row.state).starts_with(word.text);
    case Kind::Pattern: {
        constexpr qsizetype enough = 1000; // of a name that a stranger made long
        const auto text = QString::fromUtf8(key.policy.data(), std::min(enough, static_cast<qsizetype>(key.policy.size()))) + QLatin1Char(':')
            + QString::fromUtf8(key.key.data(), std::min(enough, static_cast<qsizetype>(key.key.size())));
        return word.pattern.match(text).hasMatch();
    }
    case Kind::Figure: {
        const auto value = figure(key, word.field, now);
        switch (word.than) {
        case Than::More: return value > word.value;
        case Than::AtLeast: return value >= word.value;
        case Than::Less: return value < word.value;
        case Than::AtMost: return value <= word.value;
        case Than::Same: return value == word.value;
        }
        return false;
    }
    case Kind::Piece: break;
    }
    return contains(key.policy, word.text) || contains(key.key, word.text);
}

double KeyFilter::figure(const KeyView &key, Field field, Instant now)
{
    const auto &row = key.row;
    switch (field) {
    case Field::Requests: return row.rates.requests();
    case Field::Rejected: return row.rates.rejected;
    case Field::Allowed: return row.rates.allowed;
    case Field::Shadow: return row.rates.wouldReject;
    case Field::Used: return row.used;
    case Field::UsedShare: return row.usedShare();
    case Field::RejectedShare: return row.rejectedShare().value_or(std::numeric_limits<double>::quiet_NaN()); // compares with nothing
    case Field::Limit: return row.limit;
    case Field::Total: return static_cast<double>(row.total.requests());
    case Field::Idle: return std::chrono::duration<double>(now - row.lastSeen).count();
    }
    return 0;
}

} // namespace rateguard
