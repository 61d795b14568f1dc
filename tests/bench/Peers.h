// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The RateGuard authors
#pragma once

#include "Contender.h"

#include <QString>

namespace rateguard {

// The scripts of other limiters, read at run time from their own packages: nothing of theirs is in this source tree.
// Needs npm and node, apt-get and dpkg, python3, and the network when the packages are not there yet; no root.
class Peers
{
public:
    // Installs into `folder`; what is there already stays as it is.
    explicit Peers(QString folder);

    // Those that can be had, deciding by this allowance, which must be whole seconds.
    std::vector<Contender> contenders(BenchServer &server, Allowance allowance);

    // Why somebody is missing, and what was changed about whom, each once.
    const std::vector<std::string> &missing() const { return m_missing; }
    const std::vector<std::string> &changed() const { return m_changed; }

private:
    void installPackages();
    Contender contender(BenchServer &server, const class QJsonObject &captured);

    QString m_folder;
    std::vector<std::string> m_missing;
    std::vector<std::string> m_changed;
};

} // namespace rateguard
