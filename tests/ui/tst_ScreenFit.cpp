// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The RateGuard authors
#include "widgets/ScreenFit.h"

#include <QScreen>
#include <QTest>
#include <QWidget>

using namespace rateguard;

class tst_ScreenFit : public QObject
{
    Q_OBJECT

private slots:
    void aFrameIsMovedAndMadeSmallerNoMoreThanItMust_data()
    {
        QTest::addColumn<QRect>("frame");
        QTest::addColumn<QRect>("result");
        QTest::newRow("inside") << QRect(100, 100, 800, 600) << QRect(100, 100, 800, 600);
        QTest::newRow("as large as the screen") << QRect(0, 0, 1440, 900) << QRect(0, 30, 1440, 870); // under the panel
        QTest::newRow("of a larger screen") << QRect(1500, 700, 2000, 1400) << QRect(0, 30, 1440, 870);
        QTest::newRow("below the edge") << QRect(10, 500, 800, 600) << QRect(10, 300, 800, 600);
        QTest::newRow("left of the edge") << QRect(-300, 40, 800, 600) << QRect(0, 40, 800, 600);
        QTest::newRow("too wide") << QRect(20, 40, 1600, 600) << QRect(0, 40, 1440, 600);
    }

    void aFrameIsMovedAndMadeSmallerNoMoreThanItMust()
    {
        QFETCH(QRect, frame);
        QFETCH(QRect, result);
        QCOMPARE(ScreenFit::inside(QRect(0, 30, 1440, 870), frame), result);
    }

    void aWindowOpensInTheMiddleAndNoLargerThanTheScreen()
    {
        QWidget window;
        const QRect screen = window.screen()->availableGeometry();
        ScreenFit::centre(window, QSize(400, 300));
        QCOMPARE(window.size(), QSize(400, 300));
        QVERIFY((screen.center() - window.geometry().center()).manhattanLength() <= 30); // its frame is in the middle
        ScreenFit::centre(window, screen.size() * 2);
        new ScreenFit(&window);
        window.show();
        QVERIFY(QTest::qWaitForWindowActive(&window));
        QVERIFY(screen.contains(window.frameGeometry()));
    }

    void aWindowOfALargerScreenIsBroughtInOnceAndThenLeftAlone()
    {
        QWidget window;
        const QRect screen = window.screen()->availableGeometry();
        window.setGeometry(QRect(screen.center(), screen.size() * 2));
        new ScreenFit(&window);
        window.show();
        QVERIFY(QTest::qWaitForWindowActive(&window));
        QVERIFY(screen.contains(window.frameGeometry()));
        QTRY_VERIFY(!window.findChild<ScreenFit *>());
        window.move(screen.center());
        const QPoint chosen = window.pos();
        window.activateWindow();
        QCoreApplication::processEvents();
        QCOMPARE(window.pos(), chosen);
    }
};

QTEST_MAIN(tst_ScreenFit)
#include "tst_ScreenFit.moc"
