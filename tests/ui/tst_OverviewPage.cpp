// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The RateGuard authors
#include "BusyTraffic.h"
#include "OwnSettings.h"
#include "format/Numbers.h"
#include "widgets/HealthCard.h"
#include "widgets/MetricCard.h"
#include "widgets/OverviewPage.h"
#include "widgets/ShortList.h"
#include "widgets/TextLabel.h"

#include <QLabel>
#include <QScrollArea>
#include <QScrollBar>
#include <QSettings>
#include <QSignalSpy>
#include <QSpinBox>
#include <QTest>

using namespace rateguard;
using namespace std::chrono_literals;

class tst_OverviewPage : public QObject
{
    Q_OBJECT

    static ShortList *list(const OverviewPage &page, const char *name) { return page.findChild<ShortList *>(QLatin1String(name)); }

    static QString text(const OverviewPage &page, const char *name) { return page.findChild<QLabel *>(QLatin1String(name))->text(); }

    static bool says(const OverviewPage &page, const QString &text)
    {
        const auto labels = page.findChildren<QLabel *>();
        return std::any_of(labels.begin(), labels.end(), [&](const QLabel *label) { return label->text() == text && label->isVisible(); });
    }

    OwnSettings m_settings {QStringLiteral("tst_OverviewPage")};

private slots:
    void showsWhoIsRejectedAndWhoIsNear()
    {
        OverviewPage page(nullptr);
        page.resize(1000, 600);
        page.show();
        BusyTraffic traffic;
        page.apply(*traffic.next());
        const auto *offenders = list(page, "offenderList")->model();
        QCOMPARE(offenders->rowCount(), 3);
        QCOMPARE(offenders->index(0, 0).data().toString(), QStringLiteral("api · mobile-app/2.3.1 (retry loop)"));
        QCOMPARE(list(page, "nearList")->model()->rowCount(), 2);
        QCOMPARE(list(page, "latestEditList")->model()->rowCount(), 5);
        QVERIFY(!says(page, QStringLiteral("2 throttled · 1 shadow"))); // they are all in the list
        QVERIFY(says(page, QStringLiteral("Rejected, or would be")));
        QCOMPARE(list(page, "offenderList")->accessibleName(), QStringLiteral("Rejected, or would be"));
        QVERIFY(says(page, QStringLiteral("2 keys ≥")));
    }

    void saysWhenMoreAreNearThanItLists()
    {
        OverviewPage page(nullptr);
        page.resize(1000, 600);
        page.show();
        const auto snapshot = BusyTraffic().next();
        snapshot->nearCount = 12'345;
        page.apply(*snapshot);
        QVERIFY(says(page, QStringLiteral("2 of %1 ≥").arg(formatCount(12'345))));
        const auto labels = page.findChildren<QLabel *>();
        QVERIFY(std::any_of(labels.begin(), labels.end(), [](const QLabel *label) { return label->accessibleDescription().contains(QStringLiteral("The list has the fullest of them")); }));
    }

    void theBandOfHealthIsAsHighAsWhatItSays()
    {
        OverviewPage page(nullptr);
        page.resize(1293, 700);
        page.show();
        auto *health = page.findChild<HealthCard *>();
        auto *scroll = health->findChild<QScrollArea *>();
        Snapshot snapshot = *BusyTraffic().next();
        int before = 0;
        for (const int warnings : {0, 1, 3}) {
            snapshot.health.warnings.assign(static_cast<std::size_t>(warnings), "Redis may drop what clients have used: set maxmemory-policy to noeviction.");
            page.apply(snapshot);
            QApplication::processEvents();
            QVERIFY2(health->height() > before, qPrintable(QString::number(health->height())));
            QCOMPARE(scroll->verticalScrollBar()->maximum(), 0); // all is seen
            const QWidget *said = scroll->widget();
            const int wanted = said->hasHeightForWidth() ? said->heightForWidth(said->width()) : said->sizeHint().height();
            QVERIFY2(scroll->viewport()->height() - wanted < 4, qPrintable(QString::number(scroll->viewport()->height() - wanted))); // and no more
            before = health->height();
        }
        snapshot.health.warnings.clear();
        page.apply(snapshot);
        QApplication::processEvents();
        QVERIFY(health->height() < 100);
        page.resize(900, 700);
        QApplication::processEvents();
        QVERIFY(health->height() >= 140); // beside a list
    }

    void noLineIsCut_data()
    {
        QTest::addColumn<int>("width");
        for (const int width : {877, 1133, 1293, 1500}) // of windows of 1024, 1280 and 1440, the least for four cards
            QTest::addRow("%d", width) << width;
    }
    void noLineIsCut()
    {
        QFETCH(int, width);
        OverviewPage page(nullptr);
        page.resize(width, 600);
        page.show();
        page.apply(*BusyTraffic().next());
        QApplication::processEvents();
        for (const QLabel *label : page.findChildren<QLabel *>()) {
            if (label->isVisible() && !label->wordWrap())
                QVERIFY2(label->fontMetrics().horizontalAdvance(label->text()) <= label->width(), qPrintable(label->text()));
        }
    }

    void aRemarkOfLargeFiguresEndsInDots()
    {
        OverviewPage page(nullptr);
        page.resize(1500, 600);
        page.show();
        Snapshot snapshot = *BusyTraffic().next();
        snapshot.throttledCount = 112'345'678;
        snapshot.shadowedCount = 167'890'123;
        page.apply(snapshot);
        QApplication::processEvents();
        const auto labels = page.findChildren<QLabel *>();
        const auto remark = std::find_if(labels.begin(), labels.end(), [](const QLabel *label) { return label->text() == QStringLiteral("112,345,678 throttled · 167,890,123 shadow"); });
        QVERIFY(remark != labels.end());
        QVERIFY((*remark)->fontMetrics().horizontalAdvance((*remark)->text()) > (*remark)->width());
        TextLabel dots((*remark)->fontMetrics().elidedText((*remark)->text(), Qt::ElideRight, (*remark)->width()), Ink::Muted, (*remark)->parentWidget());
        dots.setFont((*remark)->font());
        dots.setAlignment((*remark)->alignment());
        dots.setGeometry((*remark)->geometry());
        QVERIFY((*remark)->grab().toImage() == dots.grab().toImage());
    }

    void aFigureLeavesRoomForItsRemark()
    {
        MetricCard card(QStringLiteral("Rejected/s"), Ink::Rejected, nullptr);
        card.resize(185, 52);
        card.show();
        card.display(QStringLiteral("52.3"), QStringLiteral("+110.6 shadow"));
        QApplication::processEvents();
        for (const QLabel *label : card.findChildren<QLabel *>())
            QVERIFY2(label->fontMetrics().horizontalAdvance(label->text()) <= label->width(), qPrintable(label->text()));
    }

    void theTitleFollowsWhatIsInTheList()
    {
        OverviewPage page(nullptr);
        page.resize(1000, 600);
        page.show();
        Snapshot snapshot = *BusyTraffic().next();
        const auto mixed = snapshot.offenders;
        snapshot.offenders = {mixed.front()};
        snapshot.shadowedCount = 0;
        page.apply(snapshot);
        QVERIFY(says(page, QStringLiteral("Rejected most now")));
        QVERIFY(says(page, QStringLiteral("2 throttled")));
        snapshot.now += 2s;
        snapshot.offenders = {mixed.back()};
        QVERIFY(mixed.back().row.rates.wouldReject > 0);
        snapshot.shadowedCount = 1;
        snapshot.throttledCount = 0;
        page.apply(snapshot);
        QVERIFY(says(page, QStringLiteral("Would be rejected most now")));
        QVERIFY(!says(page, QStringLiteral("1 shadow")));
        snapshot.now += 2s;
        snapshot.shadowedCount = 12;
        page.apply(snapshot);
        QVERIFY(says(page, QStringLiteral("12 shadow")));
    }

    void aClickOrEnterLeadsToTheKey()
    {
        OverviewPage page(nullptr);
        page.resize(1000, 600);
        page.show();
        BusyTraffic traffic;
        page.apply(*traffic.next());
        QSignalSpy keys(&page, &OverviewPage::keyChosen);
        ShortList *offenders = list(page, "offenderList");
        QTest::mouseClick(offenders->viewport(), Qt::LeftButton, {}, offenders->visualRect(offenders->model()->index(1, 0)).center());
        QCOMPARE(keys.size(), 1);
        QCOMPARE(keys[0][1].value<std::string>(), std::string("scraper 198.51.100.23"));
        offenders->setFocus(Qt::TabFocusReason);
        QTest::keyClick(offenders, Qt::Key_Return);
        QCOMPARE(keys.size(), 2);
        QSignalSpy pages(&page, &OverviewPage::pageChosen);
        ShortList *edits = list(page, "latestEditList");
        QTest::mouseClick(edits->viewport(), Qt::LeftButton, {}, edits->visualRect(edits->model()->index(0, 0)).center());
        QCOMPARE(pages.size(), 1);
        QCOMPARE(pages[0][0].value<Page>(), Page::History);
    }

    void everyListCanBeReachedByKeyboardAndLeavesSpaceAlone()
    {
        OverviewPage page(nullptr);
        BusyTraffic traffic;
        page.apply(*traffic.next());
        for (const char *name : {"offenderList", "nearList", "latestEditList"}) {
            ShortList *it = list(page, name);
            QVERIFY(it->focusPolicy() & Qt::TabFocus);
            QVERIFY(!it->accessibleName().isEmpty());
            QKeyEvent space(QEvent::KeyPress, Qt::Key_Space, Qt::NoModifier, QStringLiteral(" "));
            QCoreApplication::sendEvent(it, &space);
            QVERIFY(!space.isAccepted());
        }
    }

    void theShareIsRemembered()
    {
        {
            OverviewPage page(nullptr);
            QCOMPARE(page.nearShare(), 0.8);
            page.findChild<QSpinBox *>(QStringLiteral("nearShareSpin"))->setValue(95);
            QCOMPARE(page.nearShare(), 0.95);
        }
        OverviewPage page(nullptr);
        QCOMPARE(page.nearShare(), 0.95);
        page.findChild<QSpinBox *>(QStringLiteral("nearShareSpin"))->setValue(80);
    }

    void aShareThatCannotBeIsBroughtIntoRange()
    {
        QSettings().setValue(QStringLiteral("nearShare"), 7);
        QCOMPARE(OverviewPage(nullptr).nearShare(), 0.5);
        QSettings().setValue(QStringLiteral("nearShare"), 80);
    }

    void saysWhatItMeansThatNothingIsThere()
    {
        OverviewPage page(nullptr);
        page.resize(1000, 600);
        page.show();
        Snapshot snapshot;
        snapshot.link.state = LinkState::Live;
        page.apply(snapshot);
        QVERIFY(says(page, QStringLiteral("No requests have come yet, so nobody is rejected.")));
        QVERIFY(says(page, QStringLiteral("What was changed has not been read yet.")));
        QCOMPARE(text(page, "eventLagValue"), QStringLiteral("–"));
        snapshot.total.allowed = 10;
        snapshot.history = std::make_shared<EditHistory>();
        page.apply(snapshot);
        QVERIFY(says(page, QStringLiteral("✓ Nobody is rejected.")));
        QVERIFY(says(page, QStringLiteral("✓ No key has used 80 % of its limit.")));
        snapshot.rates.rejected = 12; // of keys beyond the cap
        page.apply(snapshot);
        QVERIFY(says(page, QStringLiteral("12.0 rejections per second, of keys that are not listed now.")));
        snapshot.rates = {};
        snapshot.rates.wouldReject = 7;
        page.apply(snapshot);
        QVERIFY(says(page, QStringLiteral("✓ Nobody is rejected. 7.0 per second would be, of keys that are not listed now.")));
        auto refused = std::make_shared<EditHistory>();
        refused->error = "This user may not read the audit: <b>ask</b>.";
        snapshot.history = refused;
        page.apply(snapshot);
        QVERIFY(says(page, QStringLiteral("▲ This user may not read the audit: <b>ask</b>.")));
        snapshot.link.state = LinkState::Lost;
        page.apply(snapshot);
        QVERIFY(says(page, QStringLiteral("Not known: Redis does not answer.")));
    }

    void healthHasFiguresAndRemedies()
    {
        OverviewPage page(nullptr);
        page.resize(1000, 600);
        page.show();
        Snapshot snapshot = *BusyTraffic().next();
        snapshot.batchesLost = 1204;
        page.apply(snapshot);
        QCOMPARE(text(page, "eventLagValue"), QStringLiteral("1.9 ms"));
        QCOMPARE(text(page, "memoryValue"), QStringLiteral("48.3 MB of 256 MB"));
        QCOMPARE(text(page, "evictionValue"), QStringLiteral("allkeys-lru"));
        QCOMPARE(text(page, "batchesLostValue"), QStringLiteral("1,204"));
        QCOMPARE(text(page, "healthRemark"), QStringLiteral("1 warning"));
        QVERIFY(text(page, "healthWarnings").contains(QStringLiteral("Set noeviction or volatile-ttl.")));
    }

    void fitsIntoTheSmallestWindowAndNeedsNoScrolling()
    {
        OverviewPage page(nullptr);
        page.resize(876, 496); // what a window of 1024 x 640 leaves it
        page.show();
        page.apply(*BusyTraffic().next());
        QCoreApplication::processEvents();
        const auto *health = page.findChild<QLabel *>(QStringLiteral("healthRemark"));
        QVERIFY(health->mapTo(&page, QPoint(0, 0)).y() > 300); // in the second row
        const auto *edits = list(page, "latestEditList");
        QVERIFY(edits->mapTo(&page, QPoint(0, edits->height())).y() <= page.height());
    }
};

QTEST_MAIN(tst_OverviewPage)
#include "tst_OverviewPage.moc"
