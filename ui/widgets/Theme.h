// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The RateGuard authors
#pragma once

#include <QColor>
#include <QPalette>

namespace rateguard {

enum class Theme { System, Light, Dark };

// The look of the whole application, at once: Fusion with our frames, and a palette of our own. Call from the GUI thread.
// Qt before 6.5 does not say what the desktop prefers; System then follows the palette that the program started with.
void applyTheme(Theme theme);

// What a palette has no roles for. Derived from the palette, so that a widget asks with its own.
struct ThemeColours
{
    QColor surface; // of cards
    QColor outline; // of cards: only an ornament
    QColor field; // around fields and buttons, see FieldStyle
    QColor muted; // text of second rank
    QColor allowed;
    QColor rejected;
    QColor near;
    QColor shadow;
    QColor banned;
    QColor ok;
    QColor warning;
    QColor danger;
    QColor selection; // behind table rows, under any of the above

    static ThemeColours of(const QPalette &palette);
};

// `colour` over `ground`, as strong as `share` says (0 to 1).
QColor tinted(const QColor &ground, const QColor &colour, double share);

} // namespace rateguard
