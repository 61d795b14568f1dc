// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The RateGuard authors
#include "BusyTraffic.h"
#include "OwnSettings.h"
#include "models/KeyTableModel.h"
#include "widgets/KeyPanel.h"
#include "widgets/Theme.h"

#include <QAction>
#include <QClipboard>
#include <QGuiApplication>
#include <QHeaderView>
#include <QLabel>
#include <QLineEdit>
#include <QMenu>
#include <QMimeData>
#include <QPainter>
#include <QScrollBar>
#include <QSettings>
#include <QSignalSpy>
#include <QTableView>
#include <QTest>

using namespace rateguard;

namespace {

// A panel that watches made-up traffic.
struct Watched
{
    Watched()
    {
        panel.resize(1200, 400);
        panel.show();
        next();
    }
    void next() { draw(false); }
    void answer() { draw(true); }
    void draw(bool again)
    {
        traffic.request.hasSelected = panel.hasSelection();
        traffic.request.selectedPolicy = panel.selectedPolicy();
        traffic.request.selectedKey = panel.selectedKey();
        panel.fill(traffic.request.table);
        panel.apply(again ? *traffic.answer() : *traffic.next());
    }
    QTableView *table() { return panel.findChild<QTableView *>(QStringLiteral("keyTable")); }
    QLineEdit *filter() { return panel.findChild<QLineEdit *>(QStringLiteral("filter")); }
    QLabel *label(const char *name) { return panel.findChild<QLabel *>(QLatin1String(name)); }
    QString key(int row) { return table()->model()->index(row, static_cast<int>(KeyColumn::Key)).data().toString(); }
    // An entry of a menu that the table or its header opens.
    QAction *entry(QWidget *asked, const char *menu, const QString &text)
    {
        emit asked->customContextMenuRequested(table()->visualRect(table()->currentIndex()).center());
        const auto menus = panel.findChildren<QMenu *>(QLatin1String(menu));
        for (QAction *action : menus.isEmpty() ? QList<QAction *>() : menus.back()->actions()) {
            if (action->text() == text)
                return action;
        }
        return nullptr;
    }
    bool hides(KeyColumn column) { return table()->isColumnHidden(static_cast<int>(column)); }
    int place(KeyColumn column) { return table()->horizontalHeader()->visualIndex(static_cast<int>(column)); }

    KeyPanel panel {nullptr};
    BusyTraffic traffic;
};

} // namespace

class tst_KeyPanel : public QObject
{
    Q_OBJECT

    OwnSettings m_settings {QStringLiteral("tst_KeyPanel")};

private slots:
    void init() { QSettings().clear(); }

    void aWrongFilterIsExplainedAndTheOneBeforeStays()
    {
        Watched it;
        it.filter()->setText(QStringLiteral("cart"));
        it.answer();
        QVERIFY(!it.label("filterProblem")->isVisible());
        it.filter()->setText(QStringLiteral("cart re:(4"));
        it.answer();
        QVERIFY(it.label("filterProblem")->isVisible());
        QVERIFY2(it.label("filterProblem")->text().endsWith(QStringLiteral("at character 10. Until then “cart” is in force.")), qPrintable(it.label("filterProblem")->text()));
        QCOMPARE(it.label("filterProblem")->textFormat(), Qt::PlainText);
        QCOMPARE(it.table()->model()->rowCount(), 40);
        it.filter()->setText(QStringLiteral("cart x<b>"));
        it.answer();
        QVERIFY(it.label("filterProblem")->text().contains(QStringLiteral("There is no field")));
        it.filter()->setText(QStringLiteral("cart re:(4)"));
        it.answer();
        QVERIFY(!it.label("filterProblem")->isVisible());
        it.filter()->setText(QStringLiteral(" "));
        it.answer();
        it.filter()->setText(QStringLiteral("share>2x"));
        it.answer();
        QVERIFY(it.label("filterProblem")->text().endsWith(QStringLiteral("Until then all keys are shown.")));
        QVERIFY(it.label("filterProblem")->isVisible());
        it.filter()->clear();
        QVERIFY(!it.label("filterProblem")->isVisible());
    }

    void barsTurnWhereKeysAreNearTheirLimit()
    {
        Watched it;
        const QColor near = ThemeColours::of(it.table()->palette()).near;
        const int column = static_cast<int>(KeyColumn::Used);
        const auto inNear = [&](double share) { // pixels of its colour in the bars
            const auto snapshot = it.traffic.next();
            snapshot->nearShare = share;
            it.panel.apply(*snapshot);
            const QImage picture = it.table()->viewport()->grab().toImage();
            int found = 0;
            for (int x = it.table()->columnViewportPosition(column); x < it.table()->columnViewportPosition(column) + it.table()->columnWidth(column); ++x) {
                for (int y = 0; y < picture.height(); ++y)
                    found += picture.pixelColor(x, y) == near;
            }
            return found;
        };
        const int usual = inNear(0.8);
        QVERIFY2(inNear(0.01) > usual + 100, qPrintable(QString::number(usual)));
    }

    void enterInTheFilterOpensWhatItFinds()
    {
        Watched it;
        it.table()->selectRow(3);
        const QString chosen = it.key(3);
        QSignalSpy opened(&it.panel, &KeyPanel::opened);
        it.filter()->setText(QStringLiteral("policy:search !") + chosen);
        QTest::keyClick(it.filter(), Qt::Key_Return);
        QCOMPARE(opened.size(), 0); // the rows are still those from before
        it.answer();
        QCOMPARE(opened.size(), 1);
        QCOMPARE(it.panel.selectedPolicy(), std::string("search"));
        QCOMPARE(QString::fromStdString(it.panel.selectedKey()), it.key(0));
        it.next();
        QCOMPARE(opened.size(), 1);
        it.filter()->setText(QStringLiteral("fits nothing"));
        it.answer();
        QTest::keyClick(it.filter(), Qt::Key_Return);
        it.filter()->clear();
        it.answer();
        QCOMPARE(opened.size(), 1);
    }

    void theFirstRowThatTheKeyboardComesToIsChosenAndShownAsChosen()
    {
        Watched it;
        it.panel.activateWindow();
        QVERIFY(QTest::qWaitForWindowActive(&it.panel));
        it.table()->selectRow(3);
        const QString before = it.key(3);
        it.filter()->setFocus();
        it.filter()->setText(QStringLiteral("policy:search !") + before);
        it.answer(); // hides it
        QTest::keyClick(it.filter(), Qt::Key_Down);
        QVERIFY(it.table()->hasFocus());
        const QString chosen = it.key(0);
        QCOMPARE(QString::fromStdString(it.panel.selectedKey()), chosen);
        QVERIFY(it.table()->selectionModel()->isRowSelected(0));
        it.filter()->clear();
        it.answer();
        const QModelIndexList rows = it.table()->selectionModel()->selectedRows(static_cast<int>(KeyColumn::Key));
        QVERIFY(rows.size() == 1 && rows.front().data().toString() == chosen);
    }

    void rowsThatAreScrolledToAreAskedForAtOnce()
    {
        Watched it;
        QSignalSpy wanted(&it.panel, &KeyPanel::wantedChanged);
        it.table()->scrollToBottom();
        QVERIFY(!wanted.isEmpty());
        QVERIFY(it.key(314).isEmpty());
        it.answer();
        QVERIFY(!it.key(314).isEmpty());
        const int top = it.table()->verticalScrollBar()->value();
        it.next();
        QCOMPARE(it.table()->verticalScrollBar()->value(), top);
    }

    void shiftOverRowsThatAreNotHereSelectsNothingAndSaysSo()
    {
        Watched it;
        QSignalSpy said(&it.panel, &KeyPanel::refused);
        it.table()->selectRow(1);
        QTest::mouseClick(it.table()->viewport(), Qt::LeftButton, Qt::ControlModifier, it.table()->visualRect(it.table()->model()->index(2, 0)).center());
        it.answer();
        QCOMPARE(it.panel.selectedRows().size(), 2U);
        it.table()->scrollToBottom();
        const QPoint last = it.table()->visualRect(it.table()->model()->index(314, 0)).center();
        QTest::mouseClick(it.table()->viewport(), Qt::LeftButton, Qt::ShiftModifier, last); // before it is here
        QCOMPARE(said.size(), 1);
        QVERIFY(said[0][0].toString().contains(QStringLiteral("Ctrl+A")));
        it.answer();
        QTest::mouseClick(it.table()->viewport(), Qt::LeftButton, Qt::ShiftModifier, last);
        QCOMPARE(said.size(), 2);
        it.answer();
        QVERIFY(it.panel.selectedRows().empty());
        it.table()->scrollToTop();
        it.answer();
        QCOMPARE(it.panel.selectedRows().size(), 2U);
    }

    void aRowThatIsChosenBeforeItIsHereIsSelectedWhenItComes()
    {
        Watched it;
        it.table()->setFocus();
        it.table()->selectRow(1);
        QSignalSpy selected(&it.panel, &KeyPanel::selected);
        QTest::keyClick(it.table(), Qt::Key_End, Qt::ControlModifier);
        QVERIFY(selected.isEmpty());
        it.answer();
        QCOMPARE(selected.size(), 1);
        QCOMPARE(it.table()->currentIndex().row(), 314);
        QVERIFY(it.table()->selectionModel()->isRowSelected(314));
        QCOMPARE(it.key(314), QString::fromStdString(it.panel.selectedKey()));
    }

    void theChosenKeyKeepsItsRowOutOfSight()
    {
        Watched it;
        it.table()->selectRow(1);
        const std::string key = it.panel.selectedKey();
        it.table()->scrollToBottom();
        it.answer();
        it.answer();
        QCOMPARE(it.table()->currentIndex().row(), 1); // from there the arrow keys go on
        QCOMPARE(it.panel.selectedKey(), key);
        it.table()->setFocus();
        QTest::keyClick(it.table(), Qt::Key_Escape);
        QVERIFY(!it.panel.hasSelection());
    }

    void aFollowedKeyStaysInSight()
    {
        Watched it;
        it.table()->selectRow(1);
        it.entry(it.table(), "keyMenu", QStringLiteral("Follow this key"))->setChecked(true);
        QVERIFY(it.label("countLabel")->text().startsWith(QStringLiteral("Following scraper")));
        it.table()->sortByColumn(static_cast<int>(KeyColumn::Rejected), Qt::AscendingOrder);
        it.answer();
        it.answer();
        const int row = it.table()->currentIndex().row();
        QVERIFY(row > 300);
        QVERIFY(it.table()->viewport()->rect().intersects(it.table()->visualRect(it.table()->currentIndex())));
        it.answer();
        it.table()->selectRow(310);
        QVERIFY(!it.label("countLabel")->text().startsWith(QStringLiteral("Following")));
    }

    void theMenuOfARowCopiesFiltersAndLeadsOn()
    {
        Watched it;
        it.table()->selectRow(1);
        QSignalSpy opened(&it.panel, &KeyPanel::opened);
        std::string policy;
        connect(&it.panel, &KeyPanel::policyChosen, this, [&policy](const std::string &name) { policy = name; });
        it.entry(it.table(), "keyMenu", QStringLiteral("Details"))->trigger();
        QCOMPARE(opened.size(), 1);
        it.entry(it.table(), "keyMenu", QStringLiteral("Edit the limit of search"))->trigger();
        QCOMPARE(policy, std::string("search"));
        it.entry(it.table(), "keyMenu", QStringLiteral("Copy key"))->trigger();
        QCOMPARE(QGuiApplication::clipboard()->text(), QStringLiteral("scraper 198.51.100.23"));
        QCOMPARE(QGuiApplication::clipboard()->mimeData()->data(QStringLiteral("application/octet-stream")), QByteArray("scraper 198.51.100.23"));
        it.entry(it.table(), "keyMenu", QStringLiteral("Copy row"))->trigger();
        QVERIFY(QGuiApplication::clipboard()->text().startsWith(QStringLiteral("search\tscraper 198.51.100.23\t")));
        it.entry(it.table(), "keyMenu", QStringLiteral("Show only search"))->trigger();
        it.answer();
        QCOMPARE(it.table()->model()->rowCount(), 92);
    }

    void columnsAreChosenMovedAndRemembered()
    {
        {
            Watched it;
            it.panel.rememberColumns();
            QCOMPARE(it.place(KeyColumn::Minute), 4);
            QVERIFY(!it.entry(it.table()->horizontalHeader(), "columnMenu", QStringLiteral("Key"))->isEnabled());
            it.entry(it.table()->horizontalHeader(), "columnMenu", QStringLiteral("Requests/s"))->setChecked(false);
            QVERIFY(it.hides(KeyColumn::Requests));
            it.table()->horizontalHeader()->moveSection(it.place(KeyColumn::State), 0);
        }
        Watched again;
        QVERIFY(!again.hides(KeyColumn::Requests));
        again.panel.rememberColumns();
        QVERIFY(again.hides(KeyColumn::Requests));
        QCOMPARE(again.place(KeyColumn::State), 0);
        again.entry(again.table()->horizontalHeader(), "columnMenu", QStringLiteral("Reset columns"))->trigger();
        QVERIFY(!again.hides(KeyColumn::Requests));
        QCOMPARE(again.place(KeyColumn::State), 7);
    }

    void whatIsKeptOfColumnsMayBeAnything()
    {
        QSettings().setValue(QStringLiteral("keys/columns"), QStringList {QStringLiteral("-key"), QStringLiteral("nonsense"), QStringLiteral("-used"), QStringLiteral("used")});
        Watched it;
        it.panel.rememberColumns();
        QVERIFY(!it.hides(KeyColumn::Key));
        QVERIFY(it.hides(KeyColumn::Used));
        QCOMPARE(it.place(KeyColumn::Key), 0);
    }

    void namesHaveTheRoomInANarrowWindow()
    {
        Watched it;
        QVERIFY(!it.hides(KeyColumn::Minute));
        it.panel.resize(500, 400);
        QVERIFY(it.hides(KeyColumn::LastSeen) && it.hides(KeyColumn::RejectedShare) && it.hides(KeyColumn::Minute));
        it.panel.resize(1600, 400);
        QVERIFY(!it.hides(KeyColumn::LastSeen) && !it.hides(KeyColumn::RejectedShare));
    }

    void aColumnThatIsAskedForStaysInANarrowWindow()
    {
        {
            Watched it;
            it.panel.rememberColumns();
            it.panel.resize(500, 400);
            it.entry(it.table()->horizontalHeader(), "columnMenu", QStringLiteral("Last seen"))->setChecked(true);
            QVERIFY(!it.hides(KeyColumn::LastSeen));
            it.panel.resize(490, 400);
            QVERIFY(!it.hides(KeyColumn::LastSeen) && it.hides(KeyColumn::Minute));
        }
        Watched again;
        again.panel.rememberColumns();
        again.panel.resize(500, 400);
        QVERIFY(!again.hides(KeyColumn::LastSeen) && again.hides(KeyColumn::Minute));
        again.entry(again.table()->horizontalHeader(), "columnMenu", QStringLiteral("Reset columns"))->trigger();
        QVERIFY(again.hides(KeyColumn::LastSeen)); // nobody asks any more
    }

    void theLastMinuteIsAPictureAndNoOrder()
    {
        Watched it;
        const QModelIndex cell = it.table()->model()->index(0, static_cast<int>(KeyColumn::Minute));
        QVERIFY2(cell.data().toString().contains(QStringLiteral(" over the limit")), qPrintable(cell.data().toString())); // for screen readers
        const QImage drawn = it.table()->viewport()->grab(it.table()->visualRect(cell)).toImage();
        QSet<QRgb> colours;
        for (int x = 0; x < drawn.width(); ++x) {
            for (int y = 0; y < drawn.height(); ++y)
                colours.insert(drawn.pixel(x, y));
        }
        QVERIFY(colours.size() >= 4); // ground, line, allowed, rejected
        QHeaderView *header = it.table()->horizontalHeader();
        header->setSortIndicator(static_cast<int>(KeyColumn::Minute), Qt::DescendingOrder);
        QCOMPARE(header->sortIndicatorSection(), static_cast<int>(KeyColumn::Rejected));
        QCOMPARE(header->sortIndicatorOrder(), Qt::DescendingOrder);
    }
};

QTEST_MAIN(tst_KeyPanel)
#include "tst_KeyPanel.moc"
