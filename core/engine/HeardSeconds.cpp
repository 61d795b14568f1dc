// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The RateGuard authors
#include "engine/HeardSeconds.h"

namespace rateguard {

std::vector<SecondCounts> heardSeconds(KeyRegistry &keys, const std::string &policy, const std::optional<std::string> &key,
    const std::vector<SecondCounts> &all, Instant end)
{
    const auto *known = key ? keys.history(policy, *key) : keys.policyHistory(policy);
    if (!known && (key ? keys.find(policy, *key) != KeySource::none : keys.knowsPolicy(policy))) {
        return {}; // it came, and there was no history left for it
    }
    auto seconds = known ? known->last(all.size(), end) : std::vector<SecondCounts>();
    seconds.resize(all.size());
    for (std::size_t i = 0; i < all.size(); ++i) {
        seconds[i].second = all[i].second;
        seconds[i].gap |= all[i].gap;
    }
    // Of what nobody knows nothing came, unless it was turned away then, or forgotten for others and its history begun anew.
    const auto crowded = (key ? keys.crowded() : keys.policiesCrowded()).time_since_epoch();
    for (auto &second : seconds) {
        if (second.allowed + second.rejected + second.wouldReject > 0 || std::chrono::seconds(second.second) > crowded) {
            break;
        }
        second.gap = true;
    }
    return seconds;
}

} // namespace rateguard
