// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The RateGuard authors
#pragma once

#include "engine/Snapshot.h"

#include <QStatusBar>
#include <QTimer>

namespace rateguard {

class TextLabel;

// How far behind we are, what we missed, and for some seconds what was just done. Losses are silent while there are none.
class StatusLine : public QStatusBar
{
    Q_OBJECT

public:
    explicit StatusLine(QWidget *parent);

    void apply(const Snapshot &snapshot);
    void note(const QString &text); // plain text

private:
    TextLabel *m_note;
    QTimer m_noteEnd;
    TextLabel *m_lag;
    TextLabel *m_lost;
    TextLabel *m_malformed;
    TextLabel *m_others;
};

} // namespace rateguard
