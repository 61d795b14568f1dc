// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The RateGuard authors
#pragma once

#include "engine/Snapshot.h"

class QColor;
class QPainter;
class QRectF;

namespace rateguard {

struct ThemeColours;

// The state of a key as a shape of its own in its colour.
QColor stateColour(KeyState state, const ThemeColours &colours);
void drawStateShape(QPainter *painter, KeyState state, const QRectF &box, const ThemeColours &colours);

} // namespace rateguard
