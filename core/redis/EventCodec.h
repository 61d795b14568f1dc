// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The RateGuard authors
#pragma once

#include "engine/Decision.h"

#include <string>
#include <vector>

namespace rateguard {

// The batches of decisions that rateguard.lua publishes; the format stands in resources/redis/README.md.
struct EventBatch
{
    std::uint32_t epoch = 0;
    std::uint64_t sequence = 0;
    std::vector<DecisionEvent> events; // their texts point into the message
};

// Decodes into `batch`, whose memory is used again. False, with the reason in `error`, when the message is damaged or of a
// format that this version does not know; `batch` is then not to be used. O(size), any bytes are safe.
bool decodeEvents(std::string_view message, EventBatch &batch, std::string *error = nullptr);

} // namespace rateguard
