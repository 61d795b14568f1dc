// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The RateGuard authors
#include "BusyTraffic.h"
#include "OwnSettings.h"
#include "WindowParts.h"
#include "widgets/CheatSheet.h"
#include "widgets/Dashboard.h"

#include <QLineEdit>
#include <QSettings>
#include <QSplitter>
#include <QTableView>
#include <QTest>

using namespace rateguard;

class tst_WindowMemory : public QObject
{
    Q_OBJECT

    OwnSettings m_settings {QStringLiteral("tst_WindowMemory")};

private slots:
    void aWindowOpensAsItWasLeft()
    {
        QList<int> sizes;
        {
            MainWindow window({.page = Page::Keys, .remembers = true});
            QVERIFY(!window.wasRestored());
            window.resize(1024, 700); // fits the screen that nobody sees
            window.show();
            BusyTraffic traffic;
            window.apply(traffic.next());
            find<QLineEdit>(window, "filter")->setText(QStringLiteral("policy:search"));
            auto *split = find<QSplitter>(window, "keysSplit");
            split->setSizes({250, 200});
            sizes = split->sizes();
            window.close();
        }
        MainWindow window({.page = Page::Keys, .remembers = true});
        QVERIFY(window.wasRestored());
        window.show();
        BusyTraffic traffic;
        window.apply(traffic.next());
        QCOMPARE(window.size(), QSize(1024, 700));
        QCOMPARE(find<QLineEdit>(window, "filter")->text(), QStringLiteral("policy:search"));
        QCOMPARE(find<QSplitter>(window, "keysSplit")->sizes(), sizes);
    }

    void aWindowThatRemembersNothingReadsNothing()
    {
        MainWindow window({});
        QVERIFY(!window.wasRestored());
        window.dashboard();
        QVERIFY(find<QLineEdit>(window, "filter")->text().isEmpty());
    }

    void damagedMemoryIsLeftOut()
    {
        QSettings().setValue(QStringLiteral("window/geometry"), QByteArray("what?"));
        QSettings().setValue(QStringLiteral("window/keysSplit"), QStringLiteral("no sizes"));
        MainWindow window({.remembers = true});
        QVERIFY(!window.wasRestored());
        window.show();
        window.dashboard();
        QVERIFY(find<QSplitter>(window, "keysSplit"));
    }

    void digitsLeadToPages()
    {
        MainWindow window({});
        window.show();
        QVERIFY(QTest::qWaitForWindowActive(&window));
        BusyTraffic traffic;
        window.apply(traffic.next());
        for (const Page page : allPages) {
            QTest::keyClick(&window, static_cast<Qt::Key>(Qt::Key_1 + static_cast<int>(page)), Qt::ControlModifier);
            QCOMPARE(window.dashboard().page(), page);
        }
        QTest::keyClick(&window, Qt::Key_Slash);
        QCOMPARE(window.dashboard().page(), Page::Keys);
        QTest::keyClick(find<QTableView>(window, "keyTable"), Qt::Key_E);
        QCOMPARE(window.dashboard().page(), Page::Limits);
    }

    void aQuestionMarkShowsEveryKeyOnce()
    {
        MainWindow window({});
        window.show();
        QVERIFY(QTest::qWaitForWindowActive(&window));
        BusyTraffic traffic;
        window.apply(traffic.next());
        for (int i = 0; i < 2; ++i)
            QTest::keyClick(&window, Qt::Key_Question);
        QCOMPARE(window.findChildren<CheatSheet *>().size(), 1);
        QTest::keyClick(window.findChild<CheatSheet *>(), Qt::Key_Escape);
        QTRY_VERIFY(!window.findChild<CheatSheet *>());
        auto *filter = find<QLineEdit>(window, "filter");
        window.dashboard().focusFilter();
        QTest::keyClicks(filter, QStringLiteral("e?"));
        QCOMPARE(filter->text(), QStringLiteral("e?"));
        QVERIFY(!window.findChild<CheatSheet *>());
    }
};

QTEST_MAIN(tst_WindowMemory)
#include "tst_WindowMemory.moc"
