// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The RateGuard authors
#pragma once

#include "widgets/Dashboard.h"
#include "widgets/MainWindow.h"

#include <functional>

namespace rateguard {

// A window in a state worth looking at: its picture is called by this name.
struct Scene
{
    using Change = std::function<void(MainWindow &, Snapshot &)>; // of the last snapshot

    QString name;
    Theme theme;
    QSize size;
    Change change;
};
using Change = Scene::Change;

std::vector<Scene> trafficScenes(); // the table of keys and its curves, in calm and in trouble
std::vector<Scene> timeScenes(); // spans of time, and what is under the pointer
std::vector<Scene> placeScenes(); // the page of connections, and connections that fail
std::vector<Scene> detailScenes(); // all about one key
std::vector<Scene> historyScenes(); // edits, and what they did
std::vector<Scene> overviewScenes(); // the first page, and alerts
std::vector<Scene> limitScenes(); // limits, overrides, and what asks before it acts

// What several of them have in common.
void selectKey(MainWindow &window, int row);
void draft(MainWindow &window);
Dashboard *dashboard(MainWindow &window);
Change details(const char *policy, const char *key);
void overtaken(MainWindow &window, Snapshot &snapshot);
void quiet(MainWindow &window, Snapshot &snapshot);
void windows(MainWindow &window, Snapshot &snapshot);
void wishes(MainWindow &window, Snapshot &snapshot);

} // namespace rateguard
