// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The RateGuard authors
#include "engine/Decision.h"
#include "redis/EventIntake.h"
#include "redis/ReplyParser.h"

#include <cstdlib>

using namespace rateguard;

// Whatever a stranger or a damaged Redis sends: no decoder may crash, read beyond its input, or give back what it could not
// have read. For libFuzzer (clang: cmake -DRATEGUARD_FUZZ=ON), or for run.cpp, which feeds it changed samples.
namespace {

void require(bool holds)
{
    if (!holds) {
        std::abort();
    }
}

void decode(std::string_view bytes)
{
    EventBatch batch;
    if (decodeEvents(bytes, batch)) {
        for (const auto &event : batch.events) {
            require(event.key.data() >= bytes.data() && event.key.data() + event.key.size() <= bytes.data() + bytes.size());
            require(isPolicyName(event.policy) && event.used <= event.limit.count);
        }
    }
    EventIntake intake;
    intake.pending(bytes);
    intake.published(bytes);
    intake.published(bytes);
}

void parse(std::string_view bytes)
{
    if (const auto rule = parseRule(bytes)) {
        require(rule->limit.isValid() && parseRule(formatRule(*rule)) == rule);
    }
    if (const auto decision = parseDecision(bytes)) {
        require(parseDecision(formatDecision(*decision)).has_value());
    }
    if (const auto limit = parseLimit(bytes)) {
        require(limit->isValid() && parseLimit(formatLimit(*limit)) == limit);
    }
    parseOverride(bytes);
    parseSpan(bytes);
    ReplyParser parser;
    parser.feed(bytes.data(), bytes.size());
    while (parser.next()) {
    }
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t *data, std::size_t size)
{
    const std::string_view bytes(reinterpret_cast<const char *>(data), size);
    decode(bytes);
    parse(bytes);
    return 0;
}
