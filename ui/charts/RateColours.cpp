// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The RateGuard authors
#include "charts/RateColours.h"

namespace rateguard {
namespace {

QColor mixed(const QColor &a, const QColor &b, double share)
{
    const auto part = [share](int x, int y) { return static_cast<int>(x + (y - x) * share); };
    return {part(a.red(), b.red()), part(a.green(), b.green()), part(a.blue(), b.blue())};
}

} // namespace

RateColours RateColours::of(const QPalette &palette)
{
    const bool dark = isDark(palette);
    RateColours colours;
    colours.allowed = dark ? QColor(0x56, 0xB4, 0xE9) : QColor(0x00, 0x72, 0xB2);
    colours.rejected = dark ? QColor(0xF0, 0x71, 0x2C) : QColor(0xD5, 0x5E, 0x00);
    colours.shadow = QColor(0xCC, 0x79, 0xA7);
    colours.unchecked = dark ? QColor(0xE6, 0xC2, 0x29) : QColor(0x8A, 0x6D, 0x00);
    colours.text = palette.color(QPalette::Text);
    colours.surface = palette.color(QPalette::Base);
    colours.limit = mixed(colours.text, colours.surface, 0.25);
    colours.muted = mixed(colours.text, colours.surface, 0.38);
    colours.grid = mixed(colours.text, colours.surface, dark ? 0.84 : 0.90);
    return colours;
}

bool isDark(const QPalette &palette)
{
    return palette.color(QPalette::Base).lightness() < palette.color(QPalette::Text).lightness();
}

} // namespace rateguard
