// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The RateGuard authors
#pragma once

#include <QByteArray>

class QWidget;

namespace rateguard {

// Charts as they are drawn now, in the colours of now, with their titles and legends. Empty when Qt cannot make the picture.
QByteArray chartsAsPng(QWidget &charts); // twice as fine as a plain screen, and never coarser than this one
QByteArray chartsAsSvg(QWidget &charts); // the visible rate charts in it, each at its place; empty: there are none

} // namespace rateguard
