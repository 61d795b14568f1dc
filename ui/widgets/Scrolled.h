// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The RateGuard authors
#pragma once

class QScrollArea;
class QWidget;

namespace rateguard {

// Lets what is in it be taller than a small window has room for. The area takes no focus and has no look of its own.
QScrollArea *scrolled(QWidget *inner, QWidget *parent);

} // namespace rateguard
