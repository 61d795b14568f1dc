// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The RateGuard authors
#include "WindowParts.h"
#include "WindowTraffic.h"

#include <QAccessible>
#include <QLineEdit>
#include <QTableView>
#include <QTest>

#include <algorithm>

using namespace rateguard;

class tst_WindowWords : public QObject
{
    Q_OBJECT

private slots:
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
};

QTEST_MAIN(tst_WindowWords)
#include "tst_WindowWords.moc"
