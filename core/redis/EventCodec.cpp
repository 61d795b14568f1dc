// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The RateGuard authors
#include "redis/EventCodec.h"

#include <QCoreApplication>

#include <algorithm>
#include <charconv>

namespace rateguard {

namespace {

struct Words
{
    Q_DECLARE_TR_FUNCTIONS(rateguard::EventCodec)
};

constexpr std::size_t longestName = 4096; // the library cuts keys after 256 bytes; prefix and policy are short

// Takes words and texts off the front; once it could not, it says so.
class WordReader
{
public:
    explicit WordReader(std::string_view bytes) : m_rest(bytes) { }

    // Up to the next space, which goes as well.
    std::string_view word()
    {
        const auto end = m_rest.substr(0, 32).find(' ');
        if (end == std::string_view::npos) {
            m_failed = true;
            return {};
        }
        const auto word = m_rest.substr(0, end);
        m_rest.remove_prefix(end + 1);
        return word;
    }

    template <typename T>
    T number()
    {
        return numberOf<T>(word());
    }

    // Behind a mark of one character.
    template <typename T>
    T marked()
    {
        text(1);
        return number<T>();
    }

    std::string_view text(std::size_t size)
    {
        if (size > m_rest.size()) {
            m_failed = true;
            return {};
        }
        const auto text = m_rest.substr(0, size);
        m_rest.remove_prefix(size);
        return text;
    }

    char next() const { return m_rest.empty() ? '\0' : m_rest.front(); }
    bool failed() const { return m_failed; }
    bool atEnd() const { return m_rest.empty(); }

private:
    template <typename T>
    T numberOf(std::string_view word)
    {
        T value = 0;
        const auto [end, error] = std::from_chars(word.data(), word.data() + word.size(), value);
        m_failed = m_failed || error != std::errc() || end != word.data() + word.size();
        return value;
    }

    std::string_view m_rest;
    bool m_failed = false;
};

bool fail(std::string *error, const QString &text)
{
    if (error) {
        *error = text.toStdString();
    }
    return false;
}

// "{PREFIX:P}:log:POLICY:KEY"
bool readName(std::string_view name, DecisionEvent &event)
{
    constexpr std::string_view mark = "}:log:";
    const auto from = name.find(mark);
    if (name.empty() || name.front() != '{' || from == std::string_view::npos) {
        return false;
    }
    name.remove_prefix(from + mark.size());
    const auto colon = name.find(':');
    event.policy = name.substr(0, colon);
    event.key = colon == std::string_view::npos ? std::string_view() : name.substr(colon + 1);
    return colon != std::string_view::npos && isPolicyName(event.policy);
}

// What the caller was told, and the name. Read word by word: this happens a million times a second.
bool readEvent(WordReader &in, DecisionEvent &event)
{
    const auto allowed = in.number<std::uint32_t>();
    const auto remaining = in.number<std::uint32_t>();
    const auto retry = in.number<std::int64_t>();
    in.number<std::int64_t>(); // reset after
    event.limit.count = in.number<std::uint32_t>();
    event.limit.window = Duration(in.number<std::int64_t>());
    event.version = in.number<std::uint64_t>();
    event.why = parseWhy(in.word()).value_or(Why::Limit);
    const auto size = in.number<std::size_t>();
    event.verdict = allowed == 0 ? Verdict::Rejected : retry == 0 ? Verdict::Allowed : Verdict::WouldReject;
    event.retryAfter = retry < 0 ? std::nullopt : std::optional(Duration(retry));
    event.used = event.limit.count - std::min(event.limit.count, remaining);
    return !in.failed() && allowed <= 1 && retry >= -1 && event.limit.window.count() >= 0 && size <= longestName && readName(in.text(size), event);
}

} // namespace

bool decodeEvents(std::string_view message, EventBatch &batch, std::string *error)
{
    WordReader in(message);
    batch.events.clear();
    if (in.text(2) != "RG") {
        return fail(error, Words::tr("this is not a message of RateGuard"));
    }
    if (in.next() != ' ') {
        return fail(error, Words::tr("events of an older format: update the services and what watches them"));
    }
    in.text(1);
    if (const auto format = in.word(); format != "2") {
        return fail(error, Words::tr("events of format '%1' need a newer RateGuard; this one reads format 2").arg(QString::fromUtf8(format)));
    }
    batch.epoch = in.number<std::uint32_t>();
    batch.sequence = in.number<std::uint64_t>();
    const auto count = in.number<std::uint32_t>();
    const auto base = in.number<std::int64_t>();
    if (in.failed()) {
        return fail(error, Words::tr("the beginning of a message is damaged"));
    }
    if (base < 0 || base >> 50) {
        return fail(error, Words::tr("the time of a message is out of range"));
    }
    auto at = Instant(Duration(base));
    for (std::uint32_t i = 0; i < count && !in.atEnd(); ++i) {
        auto &event = batch.events.emplace_back();
        if (in.next() == '+') {
            at = Instant(Duration(base + in.marked<std::uint32_t>()));
        }
        if (in.next() == '*') {
            event.cost = in.marked<std::uint32_t>();
        }
        event.at = at;
        if (!readEvent(in, event)) {
            return fail(error, Words::tr("decision %1 of %2 in a message is damaged").arg(i + 1).arg(count));
        }
    }
    return batch.events.size() == count && in.atEnd() ? true : fail(error, Words::tr("a message is cut short or has bytes left over"));
}

} // namespace rateguard
