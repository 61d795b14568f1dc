// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The RateGuard authors
#pragma once

#include "charts/ChartFlag.h"
#include "engine/Snapshot.h"

#include <vector>

namespace rateguard {

// The edits of the last hours as flags for a chart, with the labels that the history lists them by. Made anew only when the history,
// or whose edits are wanted, is another. GUI thread.
class EditFlags
{
public:
    // Whose: of the policy, and of this key alone. Nothing: all.
    void setKey(const std::string &policy, const std::string &key);
    void setNone();

    // The flags, when they are not those that were told last.
    std::optional<std::vector<ChartFlag>> take(const Snapshot &snapshot);

private:
    enum class Whose { All, Key, None };

    Whose m_whose = Whose::All;
    std::string m_policy;
    std::string m_key;
    std::shared_ptr<const EditHistory> m_history; // that was told
    bool m_again = true;
};

} // namespace rateguard
