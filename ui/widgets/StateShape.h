// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The RateGuard authors
#pragma once

#include "engine/Snapshot.h"
#include "widgets/Theme.h"

class QPainter;
class QRectF;

namespace rateguard {

// The sign of a key's state: a shape and a colour of its own.
QColor stateColour(KeyState state, const ThemeColours &colours);
void drawStateShape(QPainter *painter, KeyState state, const QRectF &box, const ThemeColours &colours);

} // namespace rateguard
