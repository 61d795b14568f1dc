// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The RateGuard authors
#pragma once

#include "engine/Snapshot.h"
#include "widgets/Theme.h"

#include <QMainWindow>

class QStackedWidget;

namespace rateguard {

class AgeVeil;
class Banner;
class HeaderStrip;
class KeyPanel;
class PolicyPanel;
class StartPage;
class StatusLine;
class TrafficPanel;

struct MainWindowOptions
{
    bool readOnly = false;
    Theme theme = Theme::System;
    QString url {}; // what the start page suggests
};

// The dashboard. It draws snapshots and says what the operator wants; it knows nothing of Redis or threads.
class MainWindow : public QMainWindow
{
    Q_OBJECT

public:
    explicit MainWindow(const MainWindowOptions &options, QWidget *parent = nullptr);

    SnapshotRequest wanted() const;

public slots:
    void apply(const rateguard::SnapshotPtr &snapshot);
    void setDemo(bool demo); // a badge says that this is made-up traffic
    void showConnectError(const QString &error); // on the start page, as plain text

signals:
    void wantedChanged(); // ask wanted() again
    void editRequested(const rateguard::LimitEdit &edit);
    void restoreRequested(const std::vector<std::string> &policies);
    void connectRequested(const QString &url);
    void demoRequested();
    void themeChanged(rateguard::Theme theme);

private:
    QWidget *makeDashboard();
    void makeMenus(Theme theme);
    void wire();
    void useTheme(Theme theme);
    void openStartPage();
    void choosePlace();
    void about();

    MainWindowOptions m_options;
    LinkState m_state = LinkState::Idle;
    bool m_started = false; // a snapshot has come
    bool m_demo = false;
    bool m_choosing = false; // the operator opened the start page

    QStackedWidget *m_pages;
    StartPage *m_start;
    HeaderStrip *m_header = nullptr;
    Banner *m_banner = nullptr;
    TrafficPanel *m_traffic = nullptr;
    KeyPanel *m_keys = nullptr;
    PolicyPanel *m_policies = nullptr;
    AgeVeil *m_veil = nullptr;
    StatusLine *m_status;
};

} // namespace rateguard
