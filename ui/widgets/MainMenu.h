// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The RateGuard authors
#pragma once

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

signals:
    void connectChosen();
    void quitChosen();
    void pauseToggled();
    void themeChosen(rateguard::Theme theme);
    void aboutChosen();

private:
    void makeView(QMenuBar *bar, Theme theme);

    QAction *m_pause = nullptr;
};

} // namespace rateguard
