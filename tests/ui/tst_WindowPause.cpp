// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The RateGuard authors
#include "BusyTraffic.h"
#include "WindowParts.h"
#include "widgets/Dashboard.h"
#include "widgets/TimeRange.h"

#include <QAbstractItemModel>
#include <QLineEdit>
#include <QPushButton>
#include <QSignalSpy>
#include <QSpinBox>
#include <QTableView>
#include <QTest>

using namespace rateguard;

namespace {

// A window that watches made-up traffic, with its first row selected.
struct Watched
{
    Watched()
    {
        window.show();
        next();
        table()->selectRow(0);
        next();
        next();
    }

    void next()
    {
        traffic.request = window.wanted();
        window.apply(traffic.next());
    }
    void answer() // what was wanted since the last snapshot, at the same moment
    {
        traffic.request = window.wanted();
        window.apply(traffic.answer());
    }
    QTableView *table() { return find<QTableView>(window, "keyTable"); }
    QImage picture(const char *name)
    {
        for (int i = 0; i < 5; ++i) // layouts follow by events
            QCoreApplication::processEvents();
        return find<QWidget>(window, name)->grab().toImage();
    }
    QStringList rows()
    {
        QStringList cells;
        const QAbstractItemModel *model = table()->model();
        for (int row = 0; row < model->rowCount(); ++row) {
            for (int column = 0; column < model->columnCount(); ++column)
                cells << model->index(row, column).data().toString();
        }
        return cells;
    }

    MainWindow window {{.readOnly = false, .theme = Theme::Light, .url = {}}};
    BusyTraffic traffic;
};

} // namespace

class tst_WindowPause : public QObject
{
    Q_OBJECT

private slots:
    void theTimeRangeIsAskedForAndStandsStillToo()
    {
        Watched it;
        it.window.activateWindow();
        QVERIFY(QTest::qWaitForWindowActive(&it.window));
        auto *range = find<TimeRange>(it.window, "timeRange");
        QSignalSpy wanted(&it.window, &MainWindow::wantedChanged);
        QTest::keyClick(it.table(), Qt::Key_BracketRight);
        QCOMPARE(wanted.count(), 1);
        QCOMPARE(it.window.wanted().span, std::chrono::seconds(300));
        it.window.setPaused(true);
        QTest::keyClick(it.table(), Qt::Key_BracketRight);
        QCOMPARE(range->span(), std::chrono::seconds(300));
        it.window.setPaused(false);
        QTest::keyClick(it.table(), Qt::Key_BracketLeft);
        QCOMPARE(range->span(), std::chrono::seconds(120));
    }

    void spaceStopsAndResumes()
    {
        Watched it;
        it.table()->setFocus();
        QTest::keyClick(it.table(), Qt::Key_Space);
        QVERIFY(it.window.isPaused());
        QVERIFY(find<QLabel>(it.window, "pauseLabel")->isVisible());
        QCOMPARE(find<QPushButton>(it.window, "pauseButton")->text(), QStringLiteral("Resume"));
        QVERIFY(entry(it.window, "&Pause")->isChecked());
        QTest::keyClick(it.table(), Qt::Key_Space);
        QVERIFY(!it.window.isPaused());
        QVERIFY(!find<QLabel>(it.window, "pauseLabel")->isVisible());
        QVERIFY(!entry(it.window, "&Pause")->isChecked());
    }

    void buttonAndMenuDoTheSame()
    {
        Watched it;
        find<QPushButton>(it.window, "pauseButton")->click();
        QVERIFY(it.window.isPaused());
        entry(it.window, "&Pause")->trigger();
        QVERIFY(!it.window.isPaused());
        QVERIFY(!entry(it.window, "&Pause")->isChecked());
    }

    void whoeverHasAUseForSpaceKeepsIt()
    {
        Watched it;
        auto *filter = find<QLineEdit>(it.window, "filter");
        QTest::keyClicks(filter, QStringLiteral("a b"));
        QCOMPARE(filter->text(), QStringLiteral("a b"));
        QVERIFY(!it.window.isPaused());
        QSignalSpy pressed(find<QPushButton>(it.window, "newPolicyButton"), &QPushButton::clicked);
        QTest::keyClick(find<QPushButton>(it.window, "newPolicyButton"), Qt::Key_Space);
        QCOMPARE(pressed.size(), 1);
        QTest::keyClick(find<QSpinBox>(it.window, "limitSpin"), Qt::Key_Space);
        QVERIFY(!it.window.isPaused());
        QTest::keyClick(find<QPushButton>(it.window, "pauseButton"), Qt::Key_Space); // a button of its own
        QVERIFY(it.window.isPaused());
    }

    void thereIsNothingToPauseOnTheStartPage()
    {
        MainWindow window({});
        window.show();
        QVERIFY(!entry(window, "&Pause")->isEnabled());
        QTest::keyClick(&window, Qt::Key_Space);
        QVERIFY(!window.isPaused());
    }

    void nothingMovesAndTheSecondsAreCounted()
    {
        Watched it;
        it.window.setPaused(true);
        QCOMPARE(text(it.window, "pauseLabel"), QStringLiteral("Paused · 0 s behind · Space resumes"));
        const QStringList rows = it.rows();
        const QImage all = it.picture("allChart");
        const QImage selected = it.picture("selectedChart");
        const QString count = text(it.window, "countLabel");
        for (int i = 0; i < 34; ++i) // 3.4 s
            it.next();
        QCOMPARE(text(it.window, "pauseLabel"), QStringLiteral("Paused · 3 s behind · Space resumes"));
        QCOMPARE(text(it.window, "connectionLabel"), QStringLiteral("redis://127.0.0.1:6379")); // not live, and not paused a second time
        QCOMPARE(it.rows(), rows);
        QCOMPARE(it.picture("allChart"), all);
        QCOMPARE(it.picture("selectedChart"), selected);
        QCOMPARE(text(it.window, "countLabel"), count);
        for (int i = 0; i < 1300; ++i)
            it.next();
        QCOMPARE(text(it.window, "pauseLabel"), QStringLiteral("Paused · 2 min 13 s behind · Space resumes"));
    }

    void whileItStandsStillNothingIsCalledNow()
    {
        Watched it;
        it.window.dashboard().showPage(Page::Keys);
        it.next();
        const auto *chart = find<QWidget>(it.window, "allChart")->findChild<QWidget *>(QStringLiteral("chartView"));
        const auto said = [chart] { return chart->accessibleDescription(); };
        QVERIFY2(said().contains(QStringLiteral("Shown: the last ")), qPrintable(said()));
        QTest::keyClick(&it.window, Qt::Key_Space);
        it.next();
        QVERIFY2(!said().contains(QStringLiteral("the last ")) && said().contains(QStringLiteral(" to ")), qPrintable(said()));
        QTest::keyClick(&it.window, Qt::Key_Space);
        QVERIFY2(said().contains(QStringLiteral("Shown: the last ")), qPrintable(said()));
    }

    void onResumeAllIsCurrentAtOnce()
    {
        Watched it;
        Watched other; // that never pauses
        it.window.setPaused(true);
        for (int i = 0; i < 25; ++i) {
            it.next();
            other.next();
        }
        QVERIFY(it.rows() != other.rows());
        it.window.setPaused(false);
        QVERIFY(text(it.window, "connectionLabel").startsWith(QStringLiteral("Live")));
        it.answer(); // the window asks for it at once
        QCOMPARE(it.rows(), other.rows());
        QCOMPARE(it.picture("allChart"), other.picture("allChart"));
        QCOMPARE(it.picture("selectedChart"), other.picture("selectedChart"));
    }

    void filterAndSelectionWorkMeanwhile()
    {
        Watched it;
        it.window.setPaused(true);
        find<QLineEdit>(it.window, "filter")->setText(QStringLiteral("cart"));
        it.next();
        QCOMPARE(text(it.window, "countLabel"), QStringLiteral("40 of 315 keys · 2 throttled"));
        it.table()->selectRow(3);
        const std::string chosen = it.window.wanted().selectedKey;
        QVERIFY(chosen.starts_with("cart-"));
        it.next();
        it.next();
        const QImage chart = it.picture("selectedChart");
        it.next();
        QCOMPARE(it.picture("selectedChart"), chart);
        it.window.setPaused(false);
        QCOMPARE(it.window.wanted().selectedKey, chosen);
        QCOMPARE(it.table()->model()->rowCount(), 40);
    }

    void scrollingAndSortingWorkMeanwhileOnWhatStandsStill()
    {
        Watched it;
        it.window.setPaused(true);
        it.next();
        it.table()->scrollToBottom();
        it.next();
        const QAbstractItemModel *model = it.table()->model();
        const QString last = model->index(314, 1).data().toString();
        QVERIFY(!last.isEmpty());
        const QStringList rows = it.rows();
        for (int i = 0; i < 20; ++i)
            it.next();
        QCOMPARE(it.rows(), rows);
        it.table()->sortByColumn(1, Qt::AscendingOrder);
        it.table()->scrollToTop();
        it.next();
        QCOMPARE(model->index(0, 1).data().toString(), QStringLiteral("<b>bold</b>\\xFF\\u{202E}evil"));
        const QStringList sorted = it.rows();
        it.next();
        QCOMPARE(it.rows(), sorted);
    }

    void aKeySelectedJustBeforeHasItsCurves()
    {
        Watched it;
        Watched other; // that never pauses
        it.table()->selectRow(5);
        other.table()->selectRow(5);
        it.window.setPaused(true);
        for (int i = 0; i < 3; ++i)
            it.next();
        other.next();
        other.next();
        QCOMPARE(it.picture("selectedChart"), other.picture("selectedChart"));
    }

    void troubleAndEditsAreNotPaused()
    {
        Watched it;
        it.window.setPaused(true);
        LimitEdit sent;
        connect(&it.window, &MainWindow::editRequested, this, [&sent](const LimitEdit &edit) { sent = edit; });
        find<QSpinBox>(it.window, "limitSpin")->setValue(4321);
        find<QPushButton>(it.window, "applyButton")->click();
        auto next = it.traffic.next();
        EditOutcome outcome;
        outcome.id = sent.id;
        outcome.policy = sent.policy;
        outcome.status = EditOutcome::Status::Refused;
        next->edits = {outcome};
        next->link.state = LinkState::Lost;
        it.window.apply(next);
        QVERIFY(text(it.window, "connectionLabel").startsWith(QStringLiteral("Lost")));
        QVERIFY(text(it.window, "outcomeLabel").startsWith(QStringLiteral("✗ Refused.")));
        QVERIFY(find<QLabel>(it.window, "bannerLabel")->isVisible());
        QVERIFY(it.window.isPaused());
    }

    void whatIsDoneToAKeyGoesByTheTimeThatItIs()
    {
        Watched it;
        it.window.dashboard().showPage(Page::Details);
        const SnapshotRequest wanted = it.window.wanted();
        KeyDetail detail;
        detail.policy = wanted.selectedPolicy;
        detail.key = wanted.selectedKey;
        auto next = it.traffic.next();
        detail.override = Override {Override::Kind::Exempt, {}, next->now + std::chrono::seconds(2), 5};
        const auto shown = std::make_shared<const KeyDetail>(detail);
        next->detail = shown;
        it.window.apply(next);
        auto *lift = find<QPushButton>(it.window, "liftButton");
        QVERIFY(lift->isEnabled());
        it.window.setPaused(true);
        next = it.traffic.next();
        next->now += std::chrono::seconds(2);
        next->detail = shown;
        it.window.apply(next);
        QVERIFY(!lift->isEnabled()); // it has ended, though the picture is of before
        QCOMPARE(text(it.window, "keyOverrideLabel"), QStringLiteral("Whether it has an override of its own is not known"));
        OverrideEdit sent;
        it.window.setEnvironment(Environment::Development);
        connect(&it.window, &MainWindow::overrideRequested, this, [&sent](const OverrideEdit &edit) { sent = edit; });
        find<QPushButton>(it.window, "exemptButton")->click();
        QCOMPARE(sent.expectedVersion.value(), std::uint64_t {0});
    }

    void anotherRedisEndsThePause()
    {
        Watched it;
        it.window.setPaused(true);
        auto next = it.traffic.next();
        next->link.endpoint = "redis://elsewhere";
        it.window.apply(next);
        QVERIFY(!it.window.isPaused());
        QVERIFY(text(it.window, "connectionLabel").contains(QStringLiteral("elsewhere")));
    }
};

QTEST_MAIN(tst_WindowPause)
#include "tst_WindowPause.moc"
