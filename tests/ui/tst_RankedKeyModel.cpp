// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The RateGuard authors
#include "models/LatestEditModel.h"
#include "models/RankedKeyModel.h"

#include "engine/Dice.h"

#include <QAbstractItemModelTester>
#include <QSignalSpy>
#include <QTest>

using namespace rateguard;
using namespace std::chrono_literals;

class tst_RankedKeyModel : public QObject
{
    Q_OBJECT

    const Instant t0 {1'700'000'000s};

    static RankedKey key(const std::string &name, double rejected, std::uint32_t used = 0)
    {
        RankedKey made {"api", name, {}};
        made.row.state = KeyState::Throttled;
        made.row.rates.rejected = rejected;
        made.row.used = used;
        made.row.limit = 60;
        return made;
    }

    static QStringList names(const RankedKeyModel &model)
    {
        QStringList all;
        for (int row = 0; row < model.rowCount(); ++row)
            all << QString::fromStdString(model.at(row).key);
        return all;
    }

private slots:
    void figuresFollowAtOnceAndTheOrderOnceASecond()
    {
        RankedKeyModel model(RankedKeyModel::By::Rejections, nullptr);
        QAbstractItemModelTester tester(&model, QAbstractItemModelTester::FailureReportingMode::QtTest);
        model.apply({key("a", 9), key("b", 5)}, t0);
        model.apply({key("c", 30), key("b", 20), key("a", 10)}, t0 + 900ms);
        QCOMPARE(names(model), QStringList({QStringLiteral("a"), QStringLiteral("b")}));
        QCOMPARE(model.index(1, 0).data(RankedKeyModel::FigureRole).toString(), QStringLiteral("20.0/s"));
        model.apply({key("c", 30), key("b", 20), key("a", 10)}, t0 + 1s);
        QCOMPARE(names(model), QStringList({QStringLiteral("c"), QStringLiteral("b"), QStringLiteral("a")}));
        model.apply({key("b", 20)}, t0 - 1h); // the clock was set
        QCOMPARE(names(model), QStringList({QStringLiteral("b")}));
    }

    void saysSinceWhenAKeyIsRejected()
    {
        RankedKeyModel model(RankedKeyModel::By::Rejections, nullptr);
        RankedKey rejected = key("a", 9);
        rejected.lastRejection.emplace();
        rejected.lastRejection->at = t0 - 1s;
        rejected.lastRejection->since = t0 - 4min;
        model.apply({rejected}, t0);
        QVERIFY(model.index(0, 0).data(Qt::AccessibleTextRole).toString().contains(QStringLiteral("for 4 min, since ")));
        rejected.lastRejection->at = t0 + 1s;
        model.apply({rejected}, t0 + 61s);
        QVERIFY(model.index(0, 0).data(Qt::AccessibleTextRole).toString().contains(QStringLiteral("for 5 min, since ")));
    }

    void theCurrentRowIsAKeyAndNotAPlace()
    {
        Dice dice(seedOfTheDay());
        RankedKeyModel model(RankedKeyModel::By::Rejections, nullptr);
        QAbstractItemModelTester tester(&model, QAbstractItemModelTester::FailureReportingMode::QtTest);
        Instant now = t0;
        QPersistentModelIndex current;
        std::string wanted;
        for (int i = 0; i < 500; ++i) {
            std::vector<RankedKey> keys;
            for (int k = 0; k < 14; ++k) {
                if (dice.oneIn(2))
                    keys.push_back(key(std::string(1, static_cast<char>('a' + k)), static_cast<double>(dice(1, 1000))));
            }
            std::sort(keys.begin(), keys.end(), [](const RankedKey &a, const RankedKey &b) { return a.row.rates.rejected > b.row.rates.rejected; });
            model.apply(keys, now += 1s);
            QCOMPARE(model.rowCount(), static_cast<int>(std::min(keys.size(), RankedKeyModel::most)));
            for (int row = 0; row < model.rowCount(); ++row)
                QCOMPARE(model.at(row).key, keys[static_cast<std::size_t>(row)].key);
            if (current.isValid()) {
                QCOMPARE(model.at(current.row()).key, wanted);
            } else if (model.rowCount() > 0) {
                current = model.index(static_cast<int>(dice(0, model.rowCount() - 1)), 0);
                wanted = model.at(current.row()).key;
            }
        }
    }

    void barsAreMeasuredByTheWorstOrByTheLimit()
    {
        RankedKeyModel offenders(RankedKeyModel::By::Rejections, nullptr);
        offenders.apply({key("a", 20), key("b", 5)}, t0);
        QCOMPARE(offenders.index(1, 0).data(RankedKeyModel::ShareRole).toDouble(), 0.25);
        RankedKeyModel near(RankedKeyModel::By::Use, nullptr);
        near.apply({key("a", 0, 57)}, t0);
        QCOMPARE(near.index(0, 0).data(RankedKeyModel::ShareRole).toDouble(), 0.95);
        QCOMPARE(near.index(0, 0).data(RankedKeyModel::FigureRole).toString(), QStringLiteral("57 / 60"));
        QCOMPARE(near.index(0, 0).data(Qt::AccessibleTextRole).toString(), QStringLiteral("a of policy api: 57 of 60 used"));
        near.apply({key("a", 0, 90)}, t0); // an override was lifted
        QCOMPARE(near.index(0, 0).data(Qt::AccessibleTextRole).toString(), QStringLiteral("a of policy api: 90 used, the limit is 60 now"));
    }

    void whoOnlyWouldBeRejectedIsNotCalledRejected()
    {
        RankedKeyModel model(RankedKeyModel::By::Rejections, nullptr);
        RankedKey watched = key("watched", 0);
        watched.row.state = KeyState::Shadowed;
        watched.row.rates.wouldReject = 40;
        model.apply({key("a", 20), watched}, t0);
        QVERIFY(model.hasRejected() && model.hasWatched());
        QCOMPARE(model.index(0, 0).data(RankedKeyModel::WordRole).toString(), QString());
        QCOMPARE(model.index(0, 0).data(RankedKeyModel::FigureRole).toString(), QStringLiteral("20.0/s"));
        QCOMPARE(model.index(1, 0).data(RankedKeyModel::WordRole).toString(), QStringLiteral("would be"));
        QCOMPARE(model.index(1, 0).data(RankedKeyModel::FigureRole).toString(), QStringLiteral("(40.0/s)"));
        QCOMPARE(model.index(1, 0).data(Qt::AccessibleTextRole).toString(), QStringLiteral("watched of policy api: Shadow, 40.0 per second would be rejected"));
        watched.row.rates.rejected = 2; // both: its policy was switched a moment ago
        model.apply({watched}, t0 + 1s);
        QVERIFY(model.hasRejected() && !model.hasWatched());
        QCOMPARE(model.index(0, 0).data(RankedKeyModel::FigureRole).toString(), QStringLiteral("2.0/s"));
        QCOMPARE(model.index(0, 0).data(Qt::AccessibleTextRole).toString(), QStringLiteral("watched of policy api: Shadow, 2.0 rejected per second, 40.0 per second would be rejected"));
    }

    void whoIsBannedIsCalledBanned()
    {
        RankedKeyModel model(RankedKeyModel::By::Rejections, nullptr);
        RankedKey banned = key("a", 5);
        banned.row.state = KeyState::Banned;
        banned.lastRejection = Rejection();
        banned.lastRejection->at = t0;
        banned.lastRejection->since = t0 - 5min;
        model.apply({banned}, t0);
        QCOMPARE(model.index(0, 0).data(RankedKeyModel::WordRole).toString(), QStringLiteral("banned"));
        QCOMPARE(model.index(0, 0).data(Qt::AccessibleTextRole).toString(), QStringLiteral("a of policy api: Banned, 5.0 rejected per second")); // not for five minutes
        banned.row.state = KeyState::Throttled;
        model.apply({banned}, t0);
        QVERIFY(model.index(0, 0).data(Qt::AccessibleTextRole).toString().startsWith(QStringLiteral("a of policy api: Throttled, 5.0 rejected per second, again and again for 5 min, since ")));
    }

    void bytesOfStrangersArePlainText()
    {
        RankedKeyModel model(RankedKeyModel::By::Rejections, nullptr);
        model.apply({key("<b>\xff\n", 20)}, t0);
        QCOMPARE(model.index(0, 0).data().toString(), QStringLiteral("api · <b>\\xFF\\n"));
        QVERIFY(!model.index(0, 0).data(Qt::ToolTipRole).toString().contains(QStringLiteral("<b>")));
    }

    void editsAreSaidInShortWords()
    {
        LatestEditModel model;
        QAbstractItemModelTester tester(&model, QAbstractItemModelTester::FailureReportingMode::QtTest);
        auto history = std::make_shared<EditHistory>();
        history->entries = {{t0 - 90s, "search", std::nullopt, 3, "2 enforce log 100/60000", "3 enforce log 60/60000", "ada", "<b>why</b>"},
                            {t0 - 2h, "search", "bot", 4, "", "4 limit 0 30/60000", "ada", ""},
                            {t0 - 3h, "search", "bot", 0, "", "reset", "", ""},
                            {t0 - 4h, "api", std::nullopt, 4, "3 enforce log 60/60000", "", "", ""},
                            {t0 - 4h, "api", std::nullopt, 4, "\xff", "oops", "", ""},
                            {t0 - 5h, "one", std::nullopt, 4, "too many", "", "", ""}};
        model.apply(history, t0);
        QCOMPARE(model.rowCount(), 5);
        const auto text = [&](int row, int role = Qt::DisplayRole) { return model.index(row, 0).data(role).toString(); };
        QCOMPARE(text(0), QStringLiteral("search: 100/min enforce → 60/min enforce"));
        QCOMPARE(text(0, LatestEditModel::OriginRole), QStringLiteral("1 min ago · ada · <b>why</b>"));
        QCOMPARE(text(1), QStringLiteral("search · bot: 30/min"));
        QCOMPARE(text(2), QStringLiteral("search · bot: use forgotten"));
        QCOMPARE(text(3), QStringLiteral("api: limit taken away"));
        QCOMPARE(text(4), QStringLiteral("api: \\xFF → oops"));
        QSignalSpy resets(&model, &QAbstractItemModel::modelReset);
        model.apply(history, t0 + 1min);
        QCOMPARE(resets.size(), 0);
        QCOMPARE(text(0, LatestEditModel::OriginRole), QStringLiteral("2 min ago · ada · <b>why</b>"));
    }
};

QTEST_GUILESS_MAIN(tst_RankedKeyModel)
#include "tst_RankedKeyModel.moc"
