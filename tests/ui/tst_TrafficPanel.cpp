// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The RateGuard authors
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
    return snapshot;
}

QStringList texts(const TrafficPanel &panel)
{
    QStringList all;
    for (const QLabel *label : panel.findChild<QWidget *>(QStringLiteral("selectedChart"))->findChildren<QLabel *>())
        all << label->text();
    return all;
}

} // namespace

class tst_TrafficPanel : public QObject
{
    Q_OBJECT

private slots:
    void theLimitLineIsTheTightestSteadyRate()
    {
        TrafficPanel panel(nullptr);
        panel.select("search", "alice");
        Limits limit {10, 1s};
        limit.push({7200, 1h});
        panel.apply(of(limit));
        panel.apply(of(limit)); // the first may have been about the key before
        QVERIFY(texts(panel).contains(QStringLiteral("2.0/s")));
        QVERIFY(texts(panel).contains(QStringLiteral("search · alice (limit line: 7200/h)")));
        panel.apply(of({10, 1s}));
        QVERIFY(texts(panel).contains(QStringLiteral("10.0/s")));
        QVERIFY(texts(panel).contains(QStringLiteral("search · alice")));
    }

    void aModeThatIsOffNowHasNoLine()
    {
        TrafficPanel panel(nullptr);
        panel.select("search", "alice");
        Snapshot snapshot = of({10, 1s}, Mode::Off);
        panel.apply(snapshot);
        panel.apply(snapshot);
        QVERIFY(!texts(panel).contains(QStringLiteral("10.0/s")));
        snapshot.policies[0].rule.until = snapshot.now;
        panel.apply(snapshot);
        QVERIFY(texts(panel).contains(QStringLiteral("10.0/s")));
    }
};

QTEST_MAIN(tst_TrafficPanel)
#include "tst_TrafficPanel.moc"
