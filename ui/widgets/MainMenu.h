// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The RateGuard authors
#pragma once

#include "models/UndoOffer.h"
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
    void offerUndo(const UndoOffer &offer);
    QAction *copyAction() const { return m_copy; } // its shortcut works in the widgets that it is added to

signals:
    void connectChosen();
    void exportChosen();
    void copyChosen();
    void undoChosen();
    void quitChosen();
    void pageChosen(rateguard::Page page);
    void keysChosen(); // the sheet of all keys
    void pauseToggled();
    void themeChosen(rateguard::Theme theme);
    void aboutChosen();

private:
    void makeEdit(QMenuBar *bar);
    void displayUndo();
    void makeView(QMenuBar *bar, Theme theme);

    QAction *m_export;
    QAction *m_undo = nullptr;
    QAction *m_copy = nullptr;
    QAction *m_pause = nullptr;
    QList<QAction *> m_pages;
    UndoOffer m_offer; // nothing yet
    bool m_watching = false;
};

} // namespace rateguard
