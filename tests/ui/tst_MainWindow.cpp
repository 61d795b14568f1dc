// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The RateGuard authors
#include "WindowParts.h"
#include "WindowTraffic.h"

#include <QAction>
#include <QDir>
#include <QKeyEvent>
#include <QLineEdit>
#include <QPushButton>
#include <QSignalSpy>
#include <QTableView>
#include <QTest>

using namespace rateguard;

class tst_MainWindow : public QObject
{
    Q_OBJECT

private slots:
    void beginsWithTheStartPage()
    {
        MainWindow window({});
        window.show();
        QVERIFY(find<QLineEdit>(window, "urlEdit")->isVisible());
        QSignalSpy connects(&window, &MainWindow::connectRequested);
        QSignalSpy demos(&window, &MainWindow::demoRequested);
        find<QLineEdit>(window, "urlEdit")->setText(QStringLiteral(" redis://h:1 "));
        find<QPushButton>(window, "connectButton")->click();
        find<QPushButton>(window, "demoButton")->click();
        QCOMPARE(connects.size(), 1);
        QCOMPARE(connects[0][0].value<Place>().url, QStringLiteral("redis://h:1"));
        QCOMPARE(demos.size(), 1);
    }

    void aWrongAddressIsSaidOnTheStartPageAsPlainText()
    {
        MainWindow window({});
        window.show();
        window.showConnectError(QStringLiteral("<b>what</b> is this?"));
        QVERIFY(find<QLabel>(window, "connectError")->isVisible());
        QCOMPARE(find<QLabel>(window, "connectError")->textFormat(), Qt::PlainText);
    }

    void altWithALetterThatNoButtonTakesIsNotTyped()
    {
        MainWindow window({});
        window.show();
        auto *url = find<QLineEdit>(window, "urlEdit");
        url->setText(QStringLiteral("redis://h"));
        QTest::keyClick(url, Qt::Key_Q, Qt::AltModifier);
        QTest::keyClick(url, Qt::Key_Q, Qt::AltModifier | Qt::ShiftModifier);
        QCOMPARE(url->text(), QStringLiteral("redis://h"));
        QTest::keyClicks(url, QStringLiteral("q"));
        QTest::keyClick(url, Qt::Key_AsciiTilde, Qt::AltModifier | Qt::ControlModifier); // AltGr of some keyboards
        QCOMPARE(url->text(), QStringLiteral("redis://hq~"));
    }

    void enterPressesTheButtonThatHasTheFocusOnce()
    {
        MainWindow window({});
        window.show();
        QSignalSpy demos(&window, &MainWindow::demoRequested);
        auto *demo = find<QPushButton>(window, "demoButton");
        QTest::keyClick(demo, Qt::Key_Return);
        QCOMPARE(demos.size(), 1);
        QKeyEvent held(QEvent::KeyPress, Qt::Key_Return, Qt::NoModifier, QStringLiteral("\r"), true);
        QCoreApplication::sendEvent(demo, &held);
        QCOMPARE(demos.size(), 1);
    }

    void aLiveServerOpensTheDashboard()
    {
        MainWindow window({.page = Page::Keys});
        window.show();
        BusyTraffic traffic;
        next(window, traffic);
        QVERIFY(find<QTableView>(window, "keyTable")->isVisible());
        QVERIFY(text(window, "connectionLabel").startsWith(QStringLiteral("Live · redis://127.0.0.1:6379")));
        QVERIFY(window.windowTitle().contains(QStringLiteral("redis://127.0.0.1:6379")));
        QVERIFY(!find<QLabel>(window, "bannerLabel")->isVisible());
        QCOMPARE(text(window, "countLabel"), QStringLiteral("315 keys · 2 throttled"));
    }

    void asksForTheSelectedKeyAndFollowsIt()
    {
        MainWindow window({});
        window.dashboard();
        window.show();
        BusyTraffic traffic;
        next(window, traffic);
        auto *table = find<QTableView>(window, "keyTable");
        QSignalSpy changes(&window, &MainWindow::wantedChanged);
        table->selectRow(1);
        QCOMPARE(changes.size(), 1);
        const SnapshotRequest request = window.wanted();
        QVERIFY(request.hasSelected);
        QCOMPARE(request.selectedPolicy, std::string("search"));
        QCOMPARE(request.selectedKey, std::string("scraper 198.51.100.23"));
        traffic.row(310).rates.rejected = 500;
        answer(window, traffic);
        QCOMPARE(table->currentIndex().row(), 0);
        QCOMPARE(window.wanted().selectedKey, request.selectedKey);
        QCOMPARE(changes.size(), 1);
    }

    void theSelectionOutlivesFiltersAndReconnects()
    {
        MainWindow window({});
        window.dashboard();
        window.show();
        BusyTraffic traffic;
        next(window, traffic);
        find<QTableView>(window, "keyTable")->selectRow(1);
        find<QLineEdit>(window, "filter")->setText(QStringLiteral("cart"));
        answer(window, traffic);
        QVERIFY(window.wanted().hasSelected);
        find<QLineEdit>(window, "filter")->clear();
        answer(window, traffic);
        QCOMPARE(find<QTableView>(window, "keyTable")->currentIndex().row(), 1);
        BusyTraffic again;
        next(window, again);
        QCOMPARE(window.wanted().selectedKey, std::string("scraper 198.51.100.23"));
        QCOMPARE(find<QTableView>(window, "keyTable")->currentIndex().row(), 1);
    }

    void escapeSelectsNothing()
    {
        MainWindow window({});
        window.show();
        BusyTraffic traffic;
        next(window, traffic);
        auto *table = find<QTableView>(window, "keyTable");
        table->selectRow(1);
        table->setFocus();
        QTest::keyClick(table, Qt::Key_Escape);
        QVERIFY(!window.wanted().hasSelected);
    }

    void slashGoesToTheFilterAndEscapeClearsIt()
    {
        MainWindow window({});
        window.show();
        QVERIFY(QTest::qWaitForWindowActive(&window));
        BusyTraffic traffic;
        next(window, traffic);
        auto *filter = find<QLineEdit>(window, "filter");
        find<QTableView>(window, "keyTable")->setFocus();
        QTest::keyClick(&window, Qt::Key_Slash);
        QVERIFY(filter->hasFocus());
        QTest::keyClicks(filter, QStringLiteral("a/b"));
        QCOMPARE(filter->text(), QStringLiteral("a/b"));
        QTest::keyClick(filter, Qt::Key_Escape);
        QVERIFY(filter->text().isEmpty());
    }

    void aNewPolicyThatIsKeptAfterAConflictIsSelected()
    {
        MainWindow window({});
        window.show();
        BusyTraffic traffic;
        next(window, traffic);
        LimitEdit sent;
        connect(&window, &MainWindow::editRequested, this, [&sent](const LimitEdit &edit) { sent = edit; });
        find<QPushButton>(window, "newPolicyButton")->click();
        QTest::keyClicks(find<QLineEdit>(window, "nameEdit"), QStringLiteral("upload"));
        find<QPushButton>(window, "applyButton")->click();
        auto last = made(window, traffic);
        PolicyRow theirs = last->policies[0];
        theirs.name = "upload";
        EditOutcome outcome;
        outcome.id = sent.id;
        outcome.policy = sent.policy;
        outcome.status = EditOutcome::Status::Conflict;
        outcome.after = theirs.rule;
        last->edits = {outcome};
        last->policies.push_back(theirs);
        window.apply(last);
        find<QPushButton>(window, "keepMineButton")->click();
        last = made(window, traffic);
        last->policies.push_back(theirs);
        window.apply(last);
        QCOMPARE(find<QTableView>(window, "policyTable")->currentIndex().data().toString(), QStringLiteral("upload"));
        find<QPushButton>(window, "applyButton")->click();
        find<QPushButton>(window, "confirmGo")->click(); // a tenth of theirs: a large step
        QVERIFY(sent.expectedVersion == theirs.rule.version);
    }

    void readOnlyLooksAndActsReadOnly()
    {
        MainWindow window({.readOnly = true, .theme = Theme::Light, .url = {}});
        window.show();
        BusyTraffic traffic;
        auto last = made(window, traffic);
        last->lostLimits = {"api"};
        window.apply(last);
        QVERIFY(find<QLabel>(window, "readOnlyLabel")->isVisible());
        QVERIFY(!find<QPushButton>(window, "applyButton")->isEnabled());
        QVERIFY(!find<QPushButton>(window, "newPolicyButton")->isEnabled());
        QVERIFY(!find<QPushButton>(window, "restoreButton")->isEnabled());
    }

    void drawsItselfInEveryThemeAndSize_data()
    {
        QTest::addColumn<Theme>("theme");
        QTest::addColumn<QSize>("size");
        QTest::newRow("light, smallest") << Theme::Light << QSize(1024, 640);
        QTest::newRow("dark, smallest") << Theme::Dark << QSize(1024, 640);
        QTest::newRow("light, large") << Theme::Light << QSize(1600, 1000);
        QTest::newRow("dark, large") << Theme::Dark << QSize(1600, 1000);
    }

    void drawsItselfInEveryThemeAndSize()
    {
        QFETCH(Theme, theme);
        QFETCH(QSize, size);
        MainWindow window({.readOnly = false, .theme = theme, .url = {}});
        window.resize(size);
        window.show();
        BusyTraffic traffic;
        next(window, traffic);
        find<QTableView>(window, "keyTable")->selectRow(0);
        next(window, traffic);
        QCoreApplication::processEvents(); // palettes change by events
        const QImage picture = window.grab().toImage();
        QCOMPARE(picture.size() / picture.devicePixelRatio(), size);
        const QColor corner = picture.pixelColor(picture.width() / 2, picture.height() - 3);
        QCOMPARE(corner.lightness() < 128, theme == Theme::Dark);
        const QString file = QDir::temp().filePath(QString::fromLatin1(QTest::currentDataTag()) + QStringLiteral(".png"));
        QVERIFY(picture.save(file));
        QFile::remove(file);
    }

    void changesTheThemeWhileRunning()
    {
        MainWindow window({.readOnly = false, .theme = Theme::Light, .url = {}});
        window.show();
        BusyTraffic traffic;
        next(window, traffic);
        QCoreApplication::processEvents();
        QVERIFY(window.palette().color(QPalette::Window).lightness() > 128);
        const QList<QAction *> actions = window.findChildren<QAction *>();
        for (QAction *action : actions) {
            if (action->text() == QStringLiteral("&Dark"))
                action->trigger();
        }
        QCoreApplication::processEvents();
        QVERIFY(window.palette().color(QPalette::Window).lightness() < 128);
        next(window, traffic);
        QVERIFY(!window.grab().isNull());
    }
};

QTEST_MAIN(tst_MainWindow)
#include "tst_MainWindow.moc"
