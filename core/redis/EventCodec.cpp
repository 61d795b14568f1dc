// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The RateGuard authors
#include "redis/EventCodec.h"

namespace rateguard {

namespace {

constexpr std::uint32_t never = 0xffffffff;
constexpr std::uint16_t maxKey = 256; // the library cuts longer ones

// Takes big-endian numbers and texts off the front; once it has run short it gives zeros and says so.
class ByteReader
{
public:
    explicit ByteReader(std::string_view bytes) : m_rest(bytes) { }

    template <typename T>
    T number()
    {
        T value = 0;
        for (const char byte : text(sizeof(T))) {
            value = static_cast<T>((static_cast<std::uint64_t>(value) << 8) | static_cast<unsigned char>(byte));
        }
        return value;
    }

    std::string_view text(std::size_t size)
    {
        if (size > m_rest.size()) {
            m_short = true;
            m_rest = {};
            return {};
        }
        const auto head = m_rest.substr(0, size);
        m_rest.remove_prefix(size);
        return head;
    }

    bool ranShort() const { return m_short; }
    bool atEnd() const { return m_rest.empty(); }

private:
    std::string_view m_rest;
    bool m_short = false;
};

bool fail(std::string *error, std::string text)
{
    if (error) {
        *error = std::move(text);
    }
    return false;
}

bool readEvent(ByteReader &in, std::uint64_t base, DecisionEvent &event)
{
    const auto verdict = in.number<std::uint8_t>();
    event.at = Instant(std::chrono::microseconds(static_cast<std::int64_t>(base) + in.number<std::uint32_t>()));
    event.cost = in.number<std::uint32_t>();
    event.used = in.number<std::uint32_t>();
    const auto retry = in.number<std::uint32_t>();
    event.retryAfter = retry == never ? std::nullopt : std::optional(Duration(retry));
    const auto keySize = in.number<std::uint16_t>();
    event.rule.version = in.number<std::uint32_t>();
    event.rule.limit.count = in.number<std::uint32_t>();
    event.rule.limit.window = Duration(in.number<std::uint32_t>());
    const auto mode = in.number<std::uint8_t>();
    event.policy = in.text(in.number<std::uint8_t>());
    event.key = in.text(keySize);
    event.verdict = static_cast<Verdict>(verdict);
    event.rule.mode = static_cast<Mode>(mode);
    return !in.ranShort() && keySize <= maxKey && verdict <= 2 && mode <= 2 && isPolicyName(event.policy);
}

} // namespace

bool decodeEvents(std::string_view message, EventBatch &batch, std::string *error)
{
    ByteReader in(message);
    batch.events.clear();
    if (in.text(2) != "RG") {
        return fail(error, "this is not a message of RateGuard");
    }
    if (const auto format = in.number<std::uint8_t>(); format != 1) {
        return fail(error, "events of format " + std::to_string(format) + " need a newer RateGuard; this one reads format 1");
    }
    in.number<std::uint8_t>();
    batch.epoch = in.number<std::uint32_t>();
    batch.sequence = in.number<std::uint32_t>();
    const auto count = in.number<std::uint16_t>();
    const auto base = in.number<std::uint64_t>();
    if (base >> 60) {
        return fail(error, "the time of a message is out of range");
    }
    for (unsigned i = 0; i < count; ++i) {
        if (!readEvent(in, base, batch.events.emplace_back())) {
            return fail(error, "decision " + std::to_string(i + 1) + " of " + std::to_string(count) + " in a message is damaged");
        }
    }
    return !in.ranShort() && in.atEnd() ? true : fail(error, "a message is cut short or has bytes left over");
}

} // namespace rateguard
