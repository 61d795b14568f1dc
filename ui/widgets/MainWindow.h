// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The RateGuard authors
#pragma once

#include "models/FrozenPicture.h"
#include "widgets/Page.h"
#include "widgets/Theme.h"

#include <QMainWindow>

class QStackedWidget;

namespace rateguard {

class Dashboard;
class Exporter;
class MainMenu;
class StartPage;
class StatusLine;

struct MainWindowOptions
{
    bool readOnly = false;
    Theme theme = Theme::System;
    QString url {}; // what the start page suggests
    Page page = Page::Overview;
};

// The dashboard. It draws snapshots and says what the operator wants; it knows nothing of Redis or threads.
class MainWindow : public QMainWindow
{
    Q_OBJECT

public:
    explicit MainWindow(const MainWindowOptions &options, QWidget *parent = nullptr);

    SnapshotRequest wanted() const;
    Dashboard &dashboard() const { return *m_dashboard; }
    bool isPaused() const { return m_frozen.has_value(); }

public slots:
    void apply(const rateguard::SnapshotPtr &snapshot); // paused: kept for later, but for trouble, limits and edits
    void setPaused(bool paused); // of drawing only; only a dashboard that shows something can be paused
    void setDemo(bool demo); // a badge says that this is made-up traffic
    void showConnectError(const QString &error); // on the start page, as plain text

signals:
    void wantedChanged(); // ask wanted() again
    void editRequested(const rateguard::LimitEdit &edit);
    void overrideRequested(const rateguard::OverrideEdit &edit);
    void raised(const QString &title, const QString &text); // an alert, as plain text
    void restoreRequested(const std::vector<std::string> &policies);
    void connectRequested(const QString &url);
    void demoRequested();
    void themeChanged(rateguard::Theme theme);

protected:
    void keyPressEvent(QKeyEvent *event) override;

private:
    void wire();
    void wireDashboard();
    void wireMenu();
    void wireStartPage();
    void draw(const Snapshot &snapshot);
    void showDashboard(bool shown); // else the start page
    void togglePause() { setPaused(!isPaused()); }
    void useTheme(Theme theme);
    void openStartPage();
    void choosePlace();
    void about();

    MainWindowOptions m_options;
    LinkState m_state = LinkState::Idle;
    bool m_demo = false;
    bool m_choosing = false; // the operator opened the start page
    SnapshotPtr m_drawn; // the last one
    std::optional<FrozenPicture> m_frozen; // while paused
    int m_sinceSelected = 0; // snapshots; the first may still be about the key before

    MainMenu *m_menu;
    QStackedWidget *m_places;
    StartPage *m_start;
    Dashboard *m_dashboard;
    StatusLine *m_status;
    Exporter *m_exporter = nullptr;
};

} // namespace rateguard
