// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The RateGuard authors
#include "Scene.h"

#include "charts/ChartCursor.h"
#include "charts/RateChart.h"
#include "widgets/TrafficPanel.h"

#include <QApplication>
#include <QComboBox>
#include <QKeyEvent>
#include <QPushButton>

namespace rateguard {

using namespace std::chrono_literals;

namespace {

void point(MainWindow &window)
{
    auto *view = window.findChild<QWidget *>(QStringLiteral("allChart"))->findChild<QWidget *>(QStringLiteral("chartView"));
    view->setFocus();
    QKeyEvent last(QEvent::KeyPress, Qt::Key_End, Qt::NoModifier);
    QApplication::sendEvent(view, &last);
    for (int i = 0; i < 28; ++i) {
        QKeyEvent left(QEvent::KeyPress, Qt::Key_Left, Qt::NoModifier);
        QApplication::sendEvent(view, &left);
    }
}

Change range(int index, bool hover)
{
    return [index, hover](MainWindow &window, Snapshot &) {
        window.dashboard().showPage(Page::Keys);
        selectKey(window, 0);
        window.findChild<QComboBox *>(QStringLiteral("timeRange"))->setCurrentIndex(index);
        if (hover)
            point(window);
    };
}

Change keyRange(int index)
{
    return [index](MainWindow &window, Snapshot &snapshot) { // its limit has changed, and it was banned for a while
        dashboard(window)->showKey("search", "scraper 198.51.100.23");
        window.findChild<QComboBox *>(QStringLiteral("timeRange"))->setCurrentIndex(index);
        auto history = std::make_shared<EditHistory>(*snapshot.history);
        auto own = history->entries[2];
        own.at = snapshot.now - std::chrono::minutes(3);
        own.before = "3 ban 0";
        auto ban = own;
        ban.at = snapshot.now - std::chrono::minutes(4);
        ban.version = 3;
        ban.before = "";
        ban.after = "3 ban 0";
        history->entries = {history->entries[0], own, ban, history->entries.back()};
        history->effects.resize(history->entries.size());
        snapshot.history = history;
    };
}

void zoomed(MainWindow &window, Snapshot &snapshot)
{
    window.dashboard().showPage(Page::Keys);
    selectKey(window, 0);
    window.dashboard().traffic()->chartCursor()->zoomTo(
        TimePiece {snapshot.now - std::chrono::seconds(100), snapshot.now - std::chrono::seconds(45)});
}

void asTable(MainWindow &window, Snapshot &)
{
    window.dashboard().showPage(Page::Keys);
    selectKey(window, 0);
    window.findChild<RateChart *>(QStringLiteral("allChart"))->showTable(true);
    window.findChild<RateChart *>(QStringLiteral("selectedChart"))->findChildren<QAbstractButton *>().constLast()->click();
}

} // namespace

std::vector<Scene> timeScenes()
{
    const QSize usual(1280, 800);
    return {{QStringLiteral("time-2min-light"), Theme::Light, usual, range(2, true)},
            {QStringLiteral("time-2min-dark"), Theme::Dark, {1024, 640}, range(2, false)},
            {QStringLiteral("time-1h-light"), Theme::Light, {1024, 640}, range(6, false)},
            {QStringLiteral("time-1h-dark"), Theme::Dark, {1440, 900}, range(6, true)},
            {QStringLiteral("time-6h-light"), Theme::Light, {1440, 900}, range(8, false)},
            {QStringLiteral("time-6h-dark"), Theme::Dark, {1900, 1000}, range(8, true)},
            {QStringLiteral("time-zoom-light"), Theme::Light, {1024, 640}, zoomed},
            {QStringLiteral("time-zoom-dark"), Theme::Dark, {1440, 900}, zoomed},
            {QStringLiteral("time-10min-light"), Theme::Light, usual, range(4, true)},
            {QStringLiteral("time-10min-dark"), Theme::Dark, {1024, 640}, range(4, false)},
            {QStringLiteral("time-key-10min-light"), Theme::Light, {1440, 900}, keyRange(4)},
            {QStringLiteral("time-key-10min-dark"), Theme::Dark, {1024, 640}, keyRange(4)},
            {QStringLiteral("time-table-light"), Theme::Light, usual, asTable},
            {QStringLiteral("time-table-dark"), Theme::Dark, {1024, 640}, asTable}};
}

} // namespace rateguard
