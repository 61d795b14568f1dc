// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The RateGuard authors
#pragma once

class QMainWindow;

namespace rateguard {

// Remembers in QSettings how the operator had arranged a window: its place and size, every splitter that has a name, the page
// and the filter. GUI thread.
namespace WindowMemory {

void save(const QMainWindow &window);
// The place and the size; true when they were known. What does not fit the screens any more, or cannot be read, is left out.
bool restore(QMainWindow &window);
void arrange(QMainWindow &window); // what is in it

} // namespace WindowMemory

} // namespace rateguard
