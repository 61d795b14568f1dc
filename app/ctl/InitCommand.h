// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The RateGuard authors
#pragma once

#include "ctl/LinkedCommand.h"
#include "redis/OverrideStore.h"

namespace rateguard {

// init: loads the library, and writes down in how many partitions a prefix has its keys. Whatever was there moves along: limits
// get copied, overrides go to the new partition of their key. Done twice it changes nothing.
class InitCommand : public LinkedCommand
{
public:
    explicit InitCommand(const Options &options);

private:
    void connected() override;
    void begin() override;
    void look();
    void decide(const LimitStore::Listed &limits, const OverrideStore::Listed &overrides);
    void copyLimits(const std::map<std::string, std::string> &texts);
    void moveNext();
    void writeConfig();
    void redirect();
    void report(const QString &note);

    LimitStore m_limits;
    OverrideStore m_overrides;
    OverrideStore m_moved; // under the new number of partitions
    Partitions m_wanted;
    std::string m_count; // as the configuration holds it
    std::string m_pointer; // the prefix that rateguard:config names
    std::size_t m_limitCount = 0;
    std::vector<KeyOverride> m_moving;
    std::size_t m_movedCount = 0;
    std::size_t m_leftCount = 0; // stay where they are
    bool m_hasRedirect = false;
};

} // namespace rateguard
