// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The RateGuard authors
#include "widgets/TimeRange.h"

#include <QLineEdit>
#include <QSignalSpy>
#include <QTest>
#include <QVBoxLayout>

using namespace rateguard;
using namespace std::chrono_literals;

class tst_TimeRange : public QObject
{
    Q_OBJECT

private slots:
    void itBeginsWithTwoMinutesAndReachesSixHours()
    {
        TimeRange range(nullptr);
        QCOMPARE(range.span(), std::chrono::seconds(2min));
        QCOMPARE(range.currentText(), QStringLiteral("Last 2 min"));
        QCOMPARE(range.count(), 9);
        QCOMPARE(range.itemText(0), QStringLiteral("Last 30 s"));
        QCOMPARE(range.itemText(1), QStringLiteral("Last 1 min"));
        QCOMPARE(range.itemText(8), QStringLiteral("Last 6 h"));
    }

    void bracketsTakeTheNextOne()
    {
        QWidget window;
        auto *column = new QVBoxLayout(&window);
        auto *range = new TimeRange(&window);
        auto *elsewhere = new QWidget(&window);
        elsewhere->setFocusPolicy(Qt::StrongFocus);
        column->addWidget(range);
        column->addWidget(elsewhere);
        window.show();
        window.activateWindow();
        QVERIFY(QTest::qWaitForWindowActive(&window));
        elsewhere->setFocus();
        QSignalSpy chosen(range, &TimeRange::chosen);
        QTest::keyClick(elsewhere, Qt::Key_BracketRight);
        QCOMPARE(range->span(), std::chrono::seconds(5min));
        QTest::keyClick(elsewhere, Qt::Key_BracketLeft);
        QTest::keyClick(elsewhere, Qt::Key_BracketLeft);
        QCOMPARE(range->span(), std::chrono::seconds(1min));
        QCOMPARE(chosen.count(), 3);
        for (int i = 0; i < 20; ++i)
            QTest::keyClick(elsewhere, Qt::Key_BracketLeft);
        QCOMPARE(range->span(), 30s);
        for (int i = 0; i < 20; ++i)
            QTest::keyClick(elsewhere, Qt::Key_BracketRight);
        QCOMPARE(range->span(), std::chrono::seconds(6h));
    }

    void aFieldKeepsItsBrackets()
    {
        QWidget window;
        auto *column = new QVBoxLayout(&window);
        auto *range = new TimeRange(&window);
        auto *field = new QLineEdit(&window);
        column->addWidget(range);
        column->addWidget(field);
        window.show();
        window.activateWindow();
        QVERIFY(QTest::qWaitForWindowActive(&window));
        field->setFocus();
        QTest::keyClick(field, '[');
        QCOMPARE(field->text(), QStringLiteral("["));
        QCOMPARE(range->span(), std::chrono::seconds(2min));
    }

    void aSpanBetweenTwoIsTheShorter()
    {
        TimeRange range(nullptr);
        range.setSpan(7min);
        QCOMPARE(range.span(), std::chrono::seconds(5min));
        range.setSpan(1s);
        QCOMPARE(range.span(), 30s);
        range.setSpan(48h);
        QCOMPARE(range.span(), std::chrono::seconds(6h));
    }
};

QTEST_MAIN(tst_TimeRange)
#include "tst_TimeRange.moc"
