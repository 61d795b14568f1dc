// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The RateGuard authors
#pragma once

#include "models/FrozenPicture.h"
#include "models/Place.h"
#include "widgets/Page.h"
#include "widgets/Theme.h"

#include <QMainWindow>

namespace rateguard {

class Dashboard;
class Exporter;
class MainMenu;
class StartPage;
class StartStack;
class StatusLine;

struct MainWindowOptions
{
    bool readOnly = false;
    Theme theme = Theme::System;
    QString url {}; // what the start page suggests
    Page page = Page::Overview;
    bool remembers = false; // how it was arranged, from one run to the next
};

// The dashboard. It draws snapshots and says what the operator wants; it knows nothing of Redis or threads.
class MainWindow : public QMainWindow
{
    Q_OBJECT

public:
    explicit MainWindow(const MainWindowOptions &options, QWidget *parent = nullptr);

    SnapshotRequest wanted() const;
    Dashboard &dashboard(); // is made when it is first needed: until then the window opens sooner
    StartPage &startPage() const;
    bool wasRestored() const { return m_restored; } // has the place and the size of the run before
    bool isPaused() const { return m_frozen.has_value(); }

public slots:
    void apply(const rateguard::SnapshotPtr &snapshot); // paused: kept for later, but for trouble, limits and edits
    void setPaused(bool paused); // of drawing only; only a dashboard that shows something can be paused
    void setDemo(bool demo); // a badge says that this is made-up traffic
    void showConnectError(const QString &error); // on the start page, as plain text
    void askPassword(const rateguard::Place &place, const QString &reason); // likewise, for this place
    // That is watched from now on: its name and environment. Of another address nothing that was about to be sent may reach it.
    void setPlace(const rateguard::Place &place);
    void leaveStartPage(); // as soon as there is something to be seen
    void warn(const QString &trouble); // in the status bar, as plain text
    void setEnvironment(rateguard::Environment environment); // of the Redis that is watched

signals:
    void wantedChanged(); // ask wanted() again
    void editRequested(const rateguard::LimitEdit &edit);
    void overrideRequested(const rateguard::OverrideEdit &edit);
    void raised(const QString &title, const QString &text); // an alert, as plain text
    void firingChanged(int rules); // alert rules that fire now
    void restoreRequested(const std::vector<std::string> &policies);
    void connectRequested(const rateguard::Place &place, const rateguard::TypedPassword &password);
    void demoRequested();
    void themeChanged(rateguard::Theme theme);

protected:
    void keyPressEvent(QKeyEvent *event) override;
    void closeEvent(QCloseEvent *event) override;

private:
    void wire();
    void makeDashboard();
    void wireDashboard();
    void wireMenu();
    void draw(const Snapshot &snapshot);
    void togglePause() { setPaused(!isPaused()); }
    void useTheme(Theme theme);
    void nameWindow();
    void showKeys();
    void about();

    MainWindowOptions m_options;
    bool m_demo = false;
    Place m_place; // that is watched
    LinkStatus m_link;
    bool m_restored = false;
    SnapshotPtr m_drawn; // the last one
    std::optional<FrozenPicture> m_frozen; // while paused
    int m_sinceSelected = 0; // snapshots; the first may still be about the key before

    MainMenu *m_menu;
    StartStack *m_start;
    Dashboard *m_dashboard = nullptr; // not needed yet
    StatusLine *m_status;
    Exporter *m_exporter = nullptr;
};

} // namespace rateguard
