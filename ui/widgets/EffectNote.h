// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The RateGuard authors
#pragma once

#include "engine/Snapshot.h"
#include "models/LimitDraft.h"

#include <QWidget>

namespace rateguard {

class TextLabel;

// While a draft differs from what holds: what it would do to the traffic of now, and what that is based on.
class EffectNote : public QWidget
{
    Q_OBJECT

public:
    explicit EffectNote(QWidget *parent);

    // The figures; those of keys are kept by copy, at most twenty.
    void watch(const Snapshot &snapshot);
    void display(const LimitDraft *draft);

private:
    Snapshot m_figures; // only what a preview needs
    TextLabel *m_text;
    TextLabel *m_basis;
};

} // namespace rateguard
