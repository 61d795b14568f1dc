// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The RateGuard authors
#include "BusyTraffic.h"
#include "WindowParts.h"

#include <QAccessible>
#include <QComboBox>
#include <QDir>
#include <QLineEdit>
#include <QPushButton>
#include <QSignalSpy>
#include <QSpinBox>
#include <QStackedWidget>
#include <QTableView>
#include <QTest>

#include <algorithm>

using namespace rateguard;

namespace {

// The next snapshot, to be changed before it is drawn.
std::shared_ptr<Snapshot> made(const MainWindow &window, BusyTraffic &traffic)
{
    traffic.request = window.wanted();
    return traffic.next();
}

void next(MainWindow &window, BusyTraffic &traffic)
{
    window.apply(made(window, traffic));
}

// What was wanted since, at the same moment.
void answer(MainWindow &window, BusyTraffic &traffic)
{
    traffic.request = window.wanted();
    window.apply(traffic.answer());
}

} // namespace

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

    void figuresOfARedisThatWasNeverReachedAreNotZero()
    {
        MainWindow window({});
        window.show();
        auto snapshot = std::make_shared<Snapshot>();
        snapshot->link.state = LinkState::Lost;
        snapshot->link.endpoint = "redis://127.0.0.1:1";
        snapshot->link.neverReached = true;
        window.apply(snapshot);
        const QList<QLabel *> labels = window.findChildren<QLabel *>();
        const auto dashes = std::count_if(labels.begin(), labels.end(), [](const QLabel *label) { return label->text() == QStringLiteral("–"); });
        QVERIFY(dashes >= 5);
    }

    void troubleIsSaidAndTheDataStays_data()
    {
        QTest::addColumn<LinkState>("state");
        QTest::newRow("stale") << LinkState::Stale;
        QTest::newRow("lost") << LinkState::Lost;
        QTest::newRow("refused") << LinkState::Refused;
    }

    void troubleIsSaidAndTheDataStays()
    {
        QFETCH(LinkState, state);
        MainWindow window({});
        window.show();
        BusyTraffic traffic;
        next(window, traffic);
        auto last = made(window, traffic);
        last->link.state = state;
        last->link.detail = "WRONGPASS <i>no</i>\x1B[2J";
        window.apply(last);
        auto *banner = find<QLabel>(window, "bannerLabel");
        QVERIFY(banner->isVisible());
        QVERIFY(banner->text().contains(QStringLiteral("WRONGPASS <i>no</i>\\x1B[2J")));
        QCOMPARE(banner->textFormat(), Qt::PlainText);
        QCOMPARE(find<QTableView>(window, "keyTable")->model()->rowCount(), 315);
        QCOMPARE(find<QPushButton>(window, "bannerConnectButton")->isVisible(), state == LinkState::Refused);
        next(window, traffic);
        QVERIFY(!banner->isVisible());
    }

    void lostLimitsCanBeRestored()
    {
        MainWindow window({});
        window.show();
        std::vector<std::string> asked;
        connect(&window, &MainWindow::restoreRequested, this, [&asked](const std::vector<std::string> &names) { asked = names; });
        BusyTraffic traffic;
        auto last = made(window, traffic);
        last->lostLimits = {"api", "search", "login"};
        window.apply(last);
        auto *restore = find<QPushButton>(window, "restoreButton");
        QVERIFY(restore->text().contains(QStringLiteral("3 limits")));
        restore->click();
        QCOMPARE(asked, last->lostLimits);
    }

    void lostLimitsCanBeLeftLost()
    {
        MainWindow window({.readOnly = true, .theme = Theme::System, .url = {}}); // it writes nothing
        window.show();
        std::vector<std::vector<std::string>> asked;
        connect(&window, &MainWindow::restoreRequested, this, [&asked](const std::vector<std::string> &names) { asked.push_back(names); });
        BusyTraffic traffic;
        auto last = made(window, traffic);
        last->lostLimits = {"api"};
        window.apply(last);
        auto *dismiss = find<QPushButton>(window, "dismissButton");
        QVERIFY(dismiss->isVisible());
        dismiss->click();
        QCOMPARE(asked.size(), 1U);
        QVERIFY(asked[0].empty());
        next(window, traffic);
        QVERIFY(!dismiss->isVisible());
    }

    void limitsThatCouldNotBeRestoredAreNamed_data()
    {
        QTest::addColumn<EditOutcome::Status>("status");
        QTest::addColumn<QString>("words");
        QTest::newRow("refused") << EditOutcome::Status::Refused << QStringLiteral("search could not be restored: OOM <b>!</b>");
        QTest::newRow("conflict") << EditOutcome::Status::Conflict << QStringLiteral("search could not be restored: OOM <b>!</b>");
        QTest::newRow("unknown") << EditOutcome::Status::Unknown << QStringLiteral("search may be restored or not: OOM <b>!</b>");
    }

    void limitsThatCouldNotBeRestoredAreNamed()
    {
        QFETCH(EditOutcome::Status, status);
        QFETCH(QString, words);
        MainWindow window({});
        window.show();
        BusyTraffic traffic;
        auto last = made(window, traffic);
        EditOutcome outcome;
        outcome.id = (std::uint64_t {1} << 48) + 1;
        outcome.policy = "search";
        outcome.status = status;
        outcome.message = "OOM <b>!</b>";
        last->edits = {outcome};
        last->lostLimits = {"search"};
        window.apply(last);
        auto *banner = find<QLabel>(window, "bannerLabel");
        QVERIFY(banner->text().startsWith(words));
        next(window, traffic);
        QVERIFY(banner->isVisible()); // until somebody has read it
        QCOMPARE(banner->text(), words);
        QVERIFY(!find<QPushButton>(window, "restoreButton")->isVisible());
        find<QPushButton>(window, "dismissButton")->click();
        next(window, traffic);
        QVERIFY(!banner->isVisible());
    }

    void aLimitThatIsRestoredAfterAllIsNoTrouble()
    {
        MainWindow window({});
        window.show();
        BusyTraffic traffic;
        auto last = made(window, traffic);
        EditOutcome outcome;
        outcome.id = (std::uint64_t {1} << 48) + 1;
        outcome.policy = "search";
        outcome.status = EditOutcome::Status::Unknown;
        last->edits = {outcome};
        window.apply(last);
        QVERIFY(find<QLabel>(window, "bannerLabel")->isVisible());
        last = made(window, traffic);
        outcome.status = EditOutcome::Status::Applied;
        last->edits = {outcome};
        window.apply(last);
        QVERIFY(!find<QLabel>(window, "bannerLabel")->isVisible());
    }

    void failuresOfOneRedisAreNotSaidOfAnother()
    {
        MainWindow window({});
        window.show();
        BusyTraffic traffic;
        EditOutcome outcome;
        outcome.id = (std::uint64_t {1} << 48) + 1;
        outcome.policy = "search";
        outcome.status = EditOutcome::Status::Refused;
        auto last = made(window, traffic);
        last->edits = {outcome};
        window.apply(last);
        QVERIFY(find<QLabel>(window, "bannerLabel")->isVisible());
        last = made(window, traffic);
        last->link.endpoint = "redis://elsewhere";
        outcome.status = EditOutcome::Status::Unknown; // the last word of the connection before
        last->edits = {outcome};
        window.apply(last);
        QVERIFY(!find<QLabel>(window, "bannerLabel")->isVisible());
    }

    void editsOfTheEditorAreNotTakenForRestores()
    {
        for (int i = 0; i < 20; ++i) { // ids begin anywhere
            MainWindow window({});
            window.show();
            BusyTraffic traffic;
            next(window, traffic);
            LimitEdit sent;
            connect(&window, &MainWindow::editRequested, this, [&sent](const LimitEdit &edit) { sent = edit; });
            find<QSpinBox>(window, "limitSpin")->setValue(4321);
            find<QPushButton>(window, "applyButton")->click();
            EditOutcome outcome;
            outcome.id = sent.id;
            outcome.policy = sent.policy;
            outcome.status = EditOutcome::Status::Refused;
            auto last = made(window, traffic);
            last->edits = {outcome};
            window.apply(last);
            QVERIFY(text(window, "outcomeLabel").startsWith(QStringLiteral("✗ Refused.")));
            QVERIFY(!find<QLabel>(window, "bannerLabel")->isVisible());
        }
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

    void troubleWithLimitsIsAWarningAndNoDisconnection()
    {
        MainWindow window({});
        window.show();
        BusyTraffic traffic;
        auto last = made(window, traffic);
        last->link.detail = "This Redis user may not read <limits>.";
        window.apply(last);
        auto *banner = find<QLabel>(window, "bannerLabel");
        QVERIFY(banner->isVisible());
        QCOMPARE(banner->text(), QStringLiteral("This Redis user may not read <limits>."));
        QVERIFY(!find<QPushButton>(window, "bannerConnectButton")->isVisible());
        QVERIFY(!find<QPushButton>(window, "dismissButton")->isVisible());
        QVERIFY(text(window, "connectionLabel").startsWith(QStringLiteral("Live")));
        next(window, traffic);
        QVERIFY(!banner->isVisible());
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

    void hostileNamesAreNeverMarkup()
    {
        MainWindow window({});
        window.show();
        BusyTraffic traffic;
        auto last = made(window, traffic);
        traffic.rename(0, "<img src=x>\n\xE2\x80\xAE");
        last->policies[0].name = "<h1>api</h1>";
        last->link.endpoint = "redis://<b>h</b>";
        window.apply(last);
        auto *table = find<QTableView>(window, "keyTable");
        find<QLineEdit>(window, "filter")->setText(QStringLiteral("<img"));
        answer(window, traffic);
        QCOMPARE(table->model()->rowCount(), 1);
        table->selectRow(0);
        QCOMPARE(table->model()->index(0, 1).data().toString(), QStringLiteral("<img src=x>\\n\\u{202E}"));
        find<QTableView>(window, "policyTable")->selectRow(0);
        const QList<QLabel *> labels = window.findChildren<QLabel *>();
        for (const QLabel *label : labels) {
            if (label->textFormat() != Qt::PlainText)
                QVERIFY2(!label->text().contains(QLatin1Char('<')), qPrintable(label->text()));
            QVERIFY(!label->toolTip().contains(QStringLiteral("<img")));
        }
    }

    void noMarkupIsReadAloud()
    {
        MainWindow window({});
        window.dashboard();
        window.show();
        BusyTraffic traffic;
        auto last = made(window, traffic);
        last->lostLimits = {"api"};
        window.apply(last);
        find<QTableView>(window, "keyTable")->selectRow(1);
        bool chart = false;
        const QList<QWidget *> widgets = window.findChildren<QWidget *>();
        for (QWidget *widget : widgets) {
            QAccessibleInterface *spoken = QAccessible::queryAccessibleInterface(widget);
            const QString description = spoken ? spoken->text(QAccessible::Description) : QString();
            QVERIFY2(!description.contains(QStringLiteral("<span")), qPrintable(description));
            chart |= description == QStringLiteral("search · scraper 198.51.100.23");
        }
        QVERIFY(chart);
    }

    void everyControlHasANameForScreenReaders()
    {
        MainWindow window({});
        window.show();
        BusyTraffic traffic;
        next(window, traffic);
        for (const char *name : {"filter", "keyTable", "policyTable", "limitSpin", "windowSpin", "windowUnit", "modeCombo",
                                 "reasonEdit", "outcomeLabel", "diffLabel", "connectionLabel", "bannerLabel", "dismissButton", "urlEdit",
                                 "pauseLabel", "pauseButton", "noteLabel"}) {
            const auto *widget = find<QWidget>(window, name);
            QVERIFY2(widget, name);
            QVERIFY2(!(widget->accessibleName() + widget->accessibleDescription()).isEmpty(), name); // a label is named by its text
        }
    }

    void saysWhatWasMissedOnlyWhenSomethingWas()
    {
        MainWindow window({});
        window.show();
        BusyTraffic traffic;
        next(window, traffic);
        QVERIFY(!find<QLabel>(window, "lostLabel")->isVisible());
        auto last = made(window, traffic);
        last->batchesLost = 3;
        last->messagesMalformed = 1;
        last->otherRequests = 1204;
        window.apply(last);
        QVERIFY(text(window, "lostLabel").contains(QStringLiteral("3 batches")));
        QVERIFY(text(window, "malformedLabel").contains(QStringLiteral("1 ")));
        QVERIFY(text(window, "othersLabel").startsWith(QStringLiteral("+1,204 requests")));
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
