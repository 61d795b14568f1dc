// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The RateGuard authors
#pragma once

#include "widgets/MainWindow.h"

#include <QAction>
#include <QLabel>

namespace rateguard {

// Finds the parts of a window by their object names, menu entries by their text.

template <typename Widget>
Widget *find(const MainWindow &window, const char *name)
{
    return window.findChild<Widget *>(QString::fromLatin1(name));
}

inline QString text(const MainWindow &window, const char *label)
{
    return find<QLabel>(window, label)->text();
}

inline QAction *entry(const MainWindow &window, const char *text)
{
    const QList<QAction *> actions = window.findChildren<QAction *>();
    for (QAction *action : actions) {
        if (action->text().section(QLatin1Char('\t'), 0, 0) == QString::fromUtf8(text))
            return action;
    }
    return nullptr;
}

} // namespace rateguard
