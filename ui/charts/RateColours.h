// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The RateGuard authors
#pragma once

#include <QColor>
#include <QPalette>

namespace rateguard {

// The colours of traffic, after Okabe and Ito: told apart with any kind of colour sight. Colour is never the only cue.
struct RateColours
{
    QColor allowed;
    QColor rejected;
    QColor shadow; // over the limit, admitted
    QColor unchecked; // admitted by services on their own while Redis was away
    QColor limit;
    QColor text;
    QColor muted;
    QColor grid;
    QColor surface;
    double fineness = 1; // of patterns: how many pixels one of the screen's has

    static RateColours of(const QPalette &palette);
};

bool isDark(const QPalette &palette);

} // namespace rateguard
