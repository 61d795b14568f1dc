// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The RateGuard authors
#pragma once

#include "engine/Snapshot.h"

#include <QWidget>

namespace rateguard {

class KeyPanel;
class TrafficPanel;

// Who is asking: the traffic of all and of one, above the table of the keys.
class KeysPage : public QWidget
{
    Q_OBJECT

public:
    explicit KeysPage(QWidget *parent);

    KeyPanel *keys() const { return m_keys; }
    TrafficPanel *traffic() const { return m_traffic; }
    void apply(const Snapshot &snapshot, std::optional<Instant> still = {});

private:
    TrafficPanel *m_traffic;
    KeyPanel *m_keys;
};

} // namespace rateguard
