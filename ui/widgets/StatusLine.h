// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The RateGuard authors
#pragma once

#include "engine/Snapshot.h"

#include "widgets/TextLabel.h"

#include <QStatusBar>
#include <QTimer>

namespace rateguard {

// How far behind we are, what we missed, and for some seconds what was just done or refused. Losses are silent while there are none.
class StatusLine : public QStatusBar
{
    Q_OBJECT

public:
    explicit StatusLine(QWidget *parent);

    void apply(const Snapshot &snapshot);
    void note(const QString &text); // what was done, with its sign, as plain text
    void refuse(const QString &why); // what was not, and what now

private:
    void display(const QString &text, Ink ink, const QString &description);

    TextLabel *m_note;
    QTimer m_noteEnd;
    TextLabel *m_lag;
    TextLabel *m_lost;
    TextLabel *m_malformed;
    TextLabel *m_others;
};

} // namespace rateguard
