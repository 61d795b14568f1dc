// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The RateGuard authors
#include "models/AlertRuleModel.h"
#include "models/PastAlertModel.h"

#include <QAbstractItemModelTester>
#include <QSignalSpy>
#include <QTest>

using namespace rateguard;
using namespace std::chrono_literals;

class tst_AlertModels : public QObject
{
    Q_OBJECT

    const Instant t0 {1'700'000'000s};

    static AlertBook::Status status(std::uint32_t id)
    {
        AlertBook::Status made;
        made.rule = defaultAlertRules()[0];
        made.rule.id = id;
        made.state = AlertBook::State::Ok;
        made.value = 0;
        return made;
    }

    static AlertEvent event(std::uint32_t alert, Instant at, double value = 30)
    {
        AlertEvent made;
        made.alert = alert;
        made.at = at;
        made.value = value;
        return made;
    }

    static QString cell(const QAbstractItemModel &model, int row, int column) { return model.index(row, column).data().toString(); }

private slots:
    void rulesComeAndGoAroundTheCurrentOne()
    {
        AlertRuleModel model;
        QAbstractItemModelTester tester(&model, QAbstractItemModelTester::FailureReportingMode::QtTest);
        model.apply({status(1), status(2), status(3)}, t0);
        const QPersistentModelIndex third = model.index(2, 0);
        model.apply({status(1), status(3), status(4)}, t0);
        QCOMPARE(third.row(), 1);
        QCOMPARE(model.rowCount(), 3);
        QCOMPARE(model.rowOf(4), 2);
        QCOMPARE(model.rowOf(2), -1);
        model.apply({}, t0);
        QCOMPARE(model.rowCount(), 0);
        QVERIFY(!third.isValid());
    }

    void whatIsNotKnownDoesNotLookWell()
    {
        AlertRuleModel model;
        auto unknown = status(1);
        unknown.value.reset();
        model.apply({status(2), unknown}, t0);
        const auto state = [&](int row) { return model.index(row, static_cast<int>(AlertColumn::State)); };
        QCOMPARE(state(1).data().toString(), QStringLiteral("○ Not known"));
        QVERIFY(state(0).data(AlertRuleModel::StateRole) != state(1).data(AlertRuleModel::StateRole));
    }

    void theCheckBoxSaysWhatIsWanted()
    {
        AlertRuleModel model;
        model.apply({status(7)}, t0);
        QSignalSpy wanted(&model, &AlertRuleModel::switched);
        const QModelIndex box = model.index(0, 0);
        QVERIFY(box.flags() & Qt::ItemIsUserCheckable);
        QVERIFY(model.setData(box, Qt::Unchecked, Qt::CheckStateRole));
        QCOMPARE(wanted.size(), 1);
        QCOMPARE(wanted[0][0].toUInt(), 7U);
        QCOMPARE(wanted[0][1].toBool(), false);
        QCOMPARE(box.data(Qt::CheckStateRole).toInt(), static_cast<int>(Qt::Checked)); // until the book says otherwise
        QVERIFY(!model.setData(model.index(0, 1), Qt::Unchecked, Qt::CheckStateRole));
    }

    void pastAlertsSayHowLongAndHowBad()
    {
        PastAlertModel model;
        QAbstractItemModelTester tester(&model, QAbstractItemModelTester::FailureReportingMode::QtTest);
        const AlertRule share = defaultAlertRules()[1];
        model.add(event(1, t0), share);
        model.pass(t0 + 12s);
        QCOMPARE(cell(model, 0, static_cast<int>(PastAlertColumn::Lasted)), QStringLiteral("12 s"));
        QCOMPARE(cell(model, 0, static_cast<int>(PastAlertColumn::Until)), QStringLiteral("▲ firing"));
        model.pass(t0 + 999ms);
        QCOMPARE(cell(model, 0, static_cast<int>(PastAlertColumn::Lasted)), QStringLiteral("<1 s"));
        QVERIFY(model.index(0, static_cast<int>(PastAlertColumn::Until)).data(Qt::ToolTipRole).toString().contains(QStringLiteral("It ends when the mean of 30 s is at 16 % or less for 30 s.")));
        model.end(event(1, t0 + 20s, 64));
        model.pass(t0 + 1h);
        QCOMPARE(cell(model, 0, static_cast<int>(PastAlertColumn::Lasted)), QStringLiteral("20 s"));
        QCOMPARE(cell(model, 0, static_cast<int>(PastAlertColumn::Worst)), QStringLiteral("64 %"));
    }

    void aSnoozedAlertIsNotCalledFiring()
    {
        PastAlertModel model;
        model.add(event(1, t0), defaultAlertRules()[1]);
        AlertEvent underway = event(1, t0);
        underway.isSnoozed = true;
        model.pass(t0 + 1s, {underway});
        const QModelIndex until = model.index(0, static_cast<int>(PastAlertColumn::Until));
        QCOMPARE(until.data().toString(), QStringLiteral("◌ snoozed"));
        QVERIFY(!until.data(PastAlertModel::FiringRole).toBool());
        model.pass(t0 + 2s, {event(1, t0)});
        QCOMPARE(until.data().toString(), QStringLiteral("▲ firing"));
        QVERIFY(until.data(PastAlertModel::FiringRole).toBool());
    }

    void socketsAreToldApartByTheirEnds()
    {
        const auto name = [](const char *endpoint) { return AlertSource {{}, endpoint}.name(); };
        QCOMPARE(name("unix:///tmp/rateguard-ljEXCy/redis.sock"), QStringLiteral("…ljEXCy/redis.sock"));
        QCOMPARE(name("unix:///run/redis.sock"), QStringLiteral("/run/redis.sock"));
        QCOMPARE(name("redis://cache-1.eu-west.example.com:6379"), QStringLiteral("cache-1.eu-west.example.com:6379"));
        QCOMPARE((AlertSource {QStringLiteral("shop"), "unix:///tmp/rateguard-ljEXCy/redis.sock"}.name()), QStringLiteral("shop"));
    }

    void pastAlertsAreBoundedAndNewestFirst()
    {
        PastAlertModel model;
        QAbstractItemModelTester tester(&model, QAbstractItemModelTester::FailureReportingMode::QtTest);
        const AlertRule share = defaultAlertRules()[1];
        for (std::uint32_t i = 1; i <= 1010; ++i)
            model.add(event(i, t0 + std::chrono::seconds(i)), share);
        QCOMPARE(model.rowCount(), 1000);
        QCOMPARE(model.at(0).alert.alert, 1010U);
        QCOMPARE(model.at(999).alert.alert, 11U);
        model.end(event(5, t0)); // no longer there
        model.end(event(20, t0 + 2h));
        model.clear();
        QCOMPARE(model.rowCount(), 999); // what has not ended stays
        for (std::uint32_t i = 1; i <= 1010; ++i)
            model.end(event(i, t0 + 2h));
        model.clear();
        QCOMPARE(model.rowCount(), 0);
    }

    void bytesOfStrangersArePlainText()
    {
        PastAlertModel model;
        AlertEvent one = event(1, t0);
        one.policy = "api";
        one.key = "<img src=x>\n";
        model.add(one, defaultAlertRules()[1]);
        QCOMPARE(cell(model, 0, static_cast<int>(PastAlertColumn::Key)), QStringLiteral("api · <img src=x>\\n"));
        const QString tip = model.index(0, static_cast<int>(PastAlertColumn::Key)).data(Qt::ToolTipRole).toString();
        QVERIFY(!tip.contains(QStringLiteral("<img")));
    }
};

QTEST_GUILESS_MAIN(tst_AlertModels)
#include "tst_AlertModels.moc"
