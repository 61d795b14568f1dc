// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The RateGuard authors
#include "charts/ChartSvg.h"
#include "charts/RateChart.h"
#include "widgets/TrafficPanel.h"

#include <QLabel>
#include <QTest>

using namespace rateguard;
using namespace std::chrono_literals;

namespace {

Snapshot of(const Limits &limit, Mode mode = Mode::Enforce)
{
    Snapshot snapshot;
    snapshot.now = Instant(100h);
    snapshot.selectedKnown = true;
    PolicyRow row;
    row.name = "search";
    row.rule = {limit, mode, 1};
    snapshot.policies.push_back(row);
    auto history = std::make_shared<EditHistory>();
    history->isComplete = true; // nobody has edited anything
    snapshot.history = history;
    snapshot.overrides = std::make_shared<OverrideList>();
    return snapshot;
}

QStringList texts(const TrafficPanel &panel)
{
    QStringList all;
    const auto *chart = panel.findChild<RateChart *>(QStringLiteral("selectedChart"));
    for (const QLabel *label : chart->findChildren<QLabel *>())
        all << label->text();
    const ChartSheet sheet = chart->sheet();
    if (const auto limit = pieceAt(sheet.limit, sheet.series.now).perSecond())
        all << QStringLiteral("limit %1").arg(*limit);
    return all;
}

} // namespace

class tst_TrafficPanel : public QObject
{
    Q_OBJECT

private slots:
    void theLimitLineIsThatOfAWindowShortAgainstTheSpan()
    {
        TrafficPanel panel(nullptr);
        panel.select("search", "alice");
        Limits limit {10, 1s};
        limit.push({7200, 1h});
        panel.apply(of(limit));
        panel.apply(of(limit)); // the first may have been about the key before
        QVERIFY(texts(panel).contains(QStringLiteral("limit 10")));
        QVERIFY(texts(panel).contains(QStringLiteral("search · alice (limit line: 10/s; not drawn: 7200/h)")));
        Snapshot hours = of(limit);
        hours.span = 3h;
        panel.apply(hours);
        QVERIFY(texts(panel).contains(QStringLiteral("limit 2")));
        QVERIFY(texts(panel).contains(QStringLiteral("search · alice (limit line: 7200/h; not drawn: 10/s)")));
        panel.apply(of({7200, 1h}));
        QVERIFY(texts(panel).contains(QStringLiteral("search · alice (limit line: mean of 7200/h)")));
        panel.apply(of({10, 1s}));
        QVERIFY(texts(panel).contains(QStringLiteral("limit 10")));
        QVERIFY(texts(panel).contains(QStringLiteral("search · alice")));
    }

    void theLineIsTheLimitThatHeldThen()
    {
        TrafficPanel panel(nullptr);
        panel.select("search", "alice");
        Snapshot snapshot = of({10, 1s});
        snapshot.policies[0].rule.version = 2;
        auto history = std::make_shared<EditHistory>();
        history->entries = {{snapshot.now - 30s, "search", "alice", 5, "4 ban 0", "", "ada", ""},
                            {snapshot.now - 60s, "search", "alice", 4, "", "4 ban 0", "ada", ""},
                            {snapshot.now - 90s, "search", std::nullopt, 2, "1 enforce log 20/1000", "2 enforce log 10/1000", "ada", ""}};
        snapshot.history = history;
        panel.apply(snapshot);
        panel.apply(snapshot);
        const auto rateAt = [&](std::chrono::seconds ago) {
            return pieceAt(panel.findChild<RateChart *>(QStringLiteral("selectedChart"))->sheet().limit, snapshot.now - ago).perSecond();
        };
        QVERIFY(rateAt(0s) == 10.0);
        QVERIFY(rateAt(45s) == 0.0);
        QVERIFY(rateAt(75s) == 10.0);
        QVERIFY(!rateAt(100s)); // older than all that was read
    }

    void aModeThatIsOffNowHasNoLine()
    {
        TrafficPanel panel(nullptr);
        panel.select("search", "alice");
        Snapshot snapshot = of({10, 1s}, Mode::Off);
        panel.apply(snapshot);
        panel.apply(snapshot);
        QVERIFY(!texts(panel).contains(QStringLiteral("limit 10")));
        snapshot.policies[0].rule.until = snapshot.now;
        panel.apply(snapshot);
        QVERIFY(texts(panel).contains(QStringLiteral("limit 10")));
    }

    void editsAreFlagsOfAllTrafficAndOfTheKeysPolicy()
    {
        TrafficPanel panel(nullptr);
        panel.select("search", "alice");
        Snapshot snapshot = of({10, 1s});
        auto history = std::make_shared<EditHistory>();
        const auto add = [&](std::chrono::seconds ago, const char *policy, std::optional<std::string> key, std::uint64_t version) {
            history->entries.push_back({snapshot.now - ago, policy, std::move(key), version, "10/1000", "20/1000", "<b>ada</b>", "why not"});
        };
        add(10s, "search", std::nullopt, 12);
        add(20s, "api", std::nullopt, 4);
        add(30s, "search", "alice", 7);
        add(40s, "search", "bob", 6);
        add(9h, "search", std::nullopt, 11); // no chart reaches back so far
        snapshot.history = history;
        panel.apply(snapshot);
        panel.apply(snapshot);
        const auto flagsOf = [&panel](const char *chart) {
            QString labels;
            for (const ChartFlag &flag : panel.findChild<RateChart *>(QLatin1String(chart))->sheet().flags)
                labels += flag.label + QLatin1Char(' ');
            return labels;
        };
        QCOMPARE(flagsOf("allChart"), QStringLiteral("v12 v4 k7 k6 "));
        QCOMPARE(flagsOf("selectedChart"), QStringLiteral("v12 k7 "));
        panel.select("api", "alice");
        QCOMPARE(flagsOf("selectedChart"), QString());
        panel.apply(snapshot);
        QCOMPARE(flagsOf("selectedChart"), QStringLiteral("v4 "));
        history = std::make_shared<EditHistory>(*history);
        history->entries.insert(history->entries.begin(), {snapshot.now, "api", std::nullopt, 5, "", "", "", ""});
        snapshot.history = history;
        panel.apply(snapshot);
        QCOMPARE(flagsOf("selectedChart"), QStringLiteral("v5 v4 ")); // a new one does not rename the others
    }

    void bothChartsShareCrosshairAndZoom()
    {
        TrafficPanel panel(nullptr);
        for (const char *name : {"allChart", "selectedChart"})
            QCOMPARE(panel.findChild<RateChart *>(QLatin1String(name))->chartCursor(), panel.chartCursor());
    }

    void theChartsCoverWhatTheSnapshotCovers()
    {
        TrafficPanel panel(nullptr);
        Snapshot snapshot = of({10, 1s});
        snapshot.span = 6h;
        snapshot.step = 60s;
        panel.apply(snapshot);
        const RateSeries series = panel.findChild<RateChart *>(QStringLiteral("allChart"))->sheet().series;
        QCOMPARE(series.span, std::chrono::seconds(6h));
        QCOMPARE(series.left(), -21600.0);
    }
};

QTEST_MAIN(tst_TrafficPanel)
#include "tst_TrafficPanel.moc"
