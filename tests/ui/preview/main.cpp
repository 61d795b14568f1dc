// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The RateGuard authors
// Draws the window into PNG files, to be looked at: preview [folder [name or - [compiled translation]]].
#include "BusyTraffic.h"
#include "Scene.h"

#include <QApplication>
#include <QDialog>
#include <QDir>
#include <QFileInfo>
#include <QTranslator>

using namespace rateguard;

int main(int argc, char **argv)
{
    QApplication app(argc, argv);
    const QString folder = argc > 1 ? QString::fromLocal8Bit(argv[1]) : QStringLiteral(".");
    QDir().mkpath(folder);
    QTranslator translator;
    if (argc > 3) { // a compiled translation, build/<preset>/app/dashboard/rateguard_de.qm
        if (!translator.load(QString::fromLocal8Bit(argv[3])))
            return 1;
        QLocale::setDefault(QLocale(QFileInfo(QString::fromLocal8Bit(argv[3])).baseName().section(QLatin1Char('_'), 1)));
        QCoreApplication::installTranslator(&translator);
    }
    std::vector<Scene> scenes;
    for (const auto &ofPage : {trafficScenes(), timeScenes(), placeScenes(), detailScenes(), historyScenes(), overviewScenes(), limitScenes()})
        scenes.insert(scenes.end(), ofPage.begin(), ofPage.end());
    for (const Scene &scene : scenes) {
        if (argc > 2 && argv[2][0] != '-' && scene.name != QString::fromLocal8Bit(argv[2]))
            continue;
        MainWindow window({.readOnly = false, .theme = scene.theme, .url = {}});
        window.resize(scene.size);
        window.show();
        BusyTraffic traffic;
        for (int i = 0; i < 30; ++i) {
            traffic.request = window.wanted();
            window.apply(traffic.next());
            app.processEvents();
        }
        traffic.request = window.wanted();
        auto last = traffic.next();
        scene.change(window, *last);
        traffic.request = window.wanted();
        if (last->span != traffic.request.span) {
            const auto wider = traffic.next();
            last->span = wider->span;
            last->step = wider->step;
            last->all = wider->all;
        }
        last->selectedKnown = traffic.request.hasSelected;
        const auto other = traffic.next();
        last->selected = other->selected;
        last->detail = other->detail;
        window.apply(last);
        last->edits.clear();
        for (int i = 0; i < 3; ++i) {
            window.apply(last);
            app.processEvents();
        }
        window.grab().save(folder + QLatin1Char('/') + scene.name + QStringLiteral(".png"));
        int dialogs = 0;
        for (QDialog *dialog : window.findChildren<QDialog *>()) {
            if (dialog->isVisible())
                dialog->grab().save(QStringLiteral("%1/%2-dialog%3.png").arg(folder, scene.name).arg(++dialogs));
        }
    }
    return 0;
}
