// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The RateGuard authors
#pragma once

#include "engine/Snapshot.h"

#include <QString>

namespace rateguard {

// What a limit that is only wished for would do to the keys that the window knows to be over or near their limit now, if they
// went on as in the last seconds. A request counts as 1; keys with an override of their own are left out.
struct LimitPreview
{
    struct Hit
    {
        std::string key; // bytes
        double rate = 0; // requests per second
        bool isRejected = false; // already, at present
    };

    Mode mode = Mode::Enforce;
    double allowed = 0; // per second and key, in the long run
    std::vector<Hit> over; // of the keys looked at: those that send more than that, the busiest first
    std::vector<Hit> freed; // those that are rejected now and would fit
    std::size_t looked = 0; // keys of this policy in the lists
    bool othersFit = false; // no key beyond those looked at can be over it
    bool isCut = false; // more keys may be rejected already than those looked at
    double rejectedNow = 0; // per second, of the whole policy
    double requests = 0; // likewise
    std::optional<double> most {}; // of them that all keys that are known would get through, if each sent as much as it may
};

LimitPreview previewLimit(const PolicyRow &policy, const Limits &wish, Mode mode, const Snapshot &snapshot);

QString previewText(const LimitPreview &preview); // what would happen
QString previewBasis(const LimitPreview &preview); // what that is based on

} // namespace rateguard
