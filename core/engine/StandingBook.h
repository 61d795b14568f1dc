// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The RateGuard authors
#pragma once

#include "engine/OverrideEdit.h"

#include <map>
#include <string>
#include <vector>

namespace rateguard {

// What a key is told, however much it has used.
enum class Standing : std::uint8_t { None, Banned, Exempt };

// The keys that are banned or exempt, by "POLICY:KEY", as Redis lists them. O(log of their number) to find one.
class StandingBook
{
public:
    StandingBook() = default;
    explicit StandingBook(const std::vector<KeyOverride> &overrides)
    {
        for (const auto &it : overrides) {
            if (it.value.kind != Override::Kind::Limit) {
                const auto standing = it.value.kind == Override::Kind::Ban ? Standing::Banned : Standing::Exempt;
                m_names.emplace_hint(m_names.end(), it.policy + ':' + it.key, standing); // in their order, as a rule
            }
        }
    }

    Standing find(std::string_view name) const
    {
        const auto found = m_names.find(name);
        return found == m_names.end() ? Standing::None : found->second;
    }
    auto begin() const { return m_names.begin(); }
    auto end() const { return m_names.end(); }

private:
    std::map<std::string, Standing, std::less<>> m_names;
};

} // namespace rateguard
