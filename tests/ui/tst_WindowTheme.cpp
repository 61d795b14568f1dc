// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The RateGuard authors
#include "BusyTraffic.h"
#include "WindowParts.h"

#include <QLineEdit>
#include <QPushButton>
#include <QSignalSpy>
#include <QTableView>
#include <QTest>

using namespace rateguard;

namespace {

enum class Scene { Busy, Trouble, Paused, NoMatch, Start };

void show(MainWindow &window, Scene scene)
{
    window.resize(1280, 800);
    window.show();
    if (scene == Scene::Start)
        return window.showConnectError(QStringLiteral("No such place."));
    BusyTraffic traffic;
    window.apply(traffic.next());
    find<QTableView>(window, "keyTable")->selectRow(0);
    traffic.request = window.wanted();
    auto next = traffic.next();
    next->batchesLost = 3;
    if (scene == Scene::Trouble)
        next->lostLimits = {"api", "login"};
    window.apply(next);
    window.apply(traffic.next());
    if (scene == Scene::Paused)
        window.setPaused(true);
    if (scene == Scene::NoMatch)
        find<QLineEdit>(window, "filter")->setText(QStringLiteral("nobody"));
    if (scene == Scene::Trouble)
        find<QPushButton>(window, "newPolicyButton")->click();
}

// Of a window as it looks without the focus, whose frame and cursor are of no interest here.
QImage picture(MainWindow &window)
{
    for (int i = 0; i < 5; ++i) {
        QCoreApplication::processEvents(); // palettes change by events
        if (QWidget *focus = window.focusWidget())
            focus->clearFocus();
    }
    return window.grab().toImage();
}

} // namespace

class tst_WindowTheme : public QObject
{
    Q_OBJECT

private slots:
    void aSwitchLooksLikeAFreshStart_data()
    {
        QTest::addColumn<Theme>("from");
        QTest::addColumn<Theme>("to");
        QTest::addColumn<Scene>("scene");
        const std::pair<const char *, Scene> scenes[] = {{"busy", Scene::Busy}, {"trouble", Scene::Trouble},
                                                         {"paused", Scene::Paused}, {"no match", Scene::NoMatch}, {"start", Scene::Start}};
        for (const auto &[name, scene] : scenes) {
            QTest::addRow("%s, light to dark", name) << Theme::Light << Theme::Dark << scene;
            QTest::addRow("%s, dark to light", name) << Theme::Dark << Theme::Light << scene;
        }
    }

    void aSwitchLooksLikeAFreshStart()
    {
        QFETCH(Theme, from);
        QFETCH(Theme, to);
        QFETCH(Scene, scene);
        MainWindow switched({.readOnly = false, .theme = from, .url = {}});
        show(switched, scene);
        picture(switched);
        entry(switched, to == Theme::Dark ? "&Dark" : "&Light")->trigger();
        const bool dark = picture(switched).pixelColor(640, 790).lightness() < 128;
        QCOMPARE(dark, to == Theme::Dark);
        MainWindow fresh({.readOnly = false, .theme = to, .url = {}});
        show(fresh, scene);
        // Some symbols fade in, so they are compared until they are the same; once is enough.
        bool same = false;
        QTRY_VERIFY(same = same || picture(switched) == picture(fresh));
    }

    void theChoiceIsToldSoThatItCanBeRemembered()
    {
        MainWindow window({.readOnly = false, .theme = Theme::Dark, .url = {}});
        QVERIFY(entry(window, "&Dark")->isChecked());
        QSignalSpy chosen(&window, &MainWindow::themeChanged);
        entry(window, "&System")->trigger();
        QCOMPARE(chosen.size(), 1);
        QCOMPARE(chosen[0][0].value<Theme>(), Theme::System);
        QVERIFY(!entry(window, "&Dark")->isChecked());
    }
};

QTEST_MAIN(tst_WindowTheme)
#include "tst_WindowTheme.moc"
