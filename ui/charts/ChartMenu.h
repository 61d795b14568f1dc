// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The RateGuard authors
#pragma once

class QPoint;

namespace rateguard {

class RateChart;

// What can be done with a chart: as a table, live again, copied, saved. Does not stop the window.
void popUpMenu(RateChart &chart, const QPoint &global);

} // namespace rateguard
