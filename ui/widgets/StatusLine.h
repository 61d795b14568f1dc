// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The RateGuard authors
#pragma once

#include "engine/Snapshot.h"

#include <QStatusBar>

namespace rateguard {

class TextLabel;

// How far behind we are, and what we missed. Losses are silent while there are none.
class StatusLine : public QStatusBar
{
    Q_OBJECT

public:
    explicit StatusLine(QWidget *parent);

    void apply(const Snapshot &snapshot);

private:
    TextLabel *m_lag;
    TextLabel *m_lost;
    TextLabel *m_malformed;
    TextLabel *m_others;
};

} // namespace rateguard
