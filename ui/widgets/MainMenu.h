// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The RateGuard authors
#pragma once

#include "widgets/Page.h"
#include "widgets/Theme.h"

#include <QObject>

class QAction;
class QMenuBar;

namespace rateguard {

// The menus of the window, and nothing of what they lead to.
class MainMenu : public QObject
{
    Q_OBJECT

public:
    MainMenu(QMenuBar *bar, Theme theme);

    void setWatching(bool watching); // there is a dashboard that entries can act on
    void setPaused(bool paused);
    QAction *copyAction() const { return m_copy; } // its shortcut works in the widgets that it is added to

signals:
    void connectChosen();
    void exportChosen();
    void copyChosen();
    void quitChosen();
    void pageChosen(rateguard::Page page);
    void keysChosen(); // the sheet of all keys
    void pauseToggled();
    void themeChosen(rateguard::Theme theme);
    void aboutChosen();

private:
    void makeView(QMenuBar *bar, Theme theme);

    QAction *m_export;
    QAction *m_copy;
    QAction *m_pause = nullptr;
    QList<QAction *> m_pages;
};

} // namespace rateguard
