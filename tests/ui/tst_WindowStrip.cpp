// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The RateGuard authors
#include "KeyDesk.h"
#include "widgets/Theme.h"
#include "widgets/WindowStrip.h"

#include <QTest>

#include <cmath>

using namespace rateguard;

namespace {

struct Strip
{
    Strip()
    {
        strip.resize(500, strip.sizeHint().height());
        strip.show();
    }
    void display(Instant now = KeyDesk::now) { strip.display(windowFills(desk.detail, desk.policy.rule.limit, now).front(), now); }
    // How many columns of the middle of the strip have the colour of requests in them.
    int columns()
    {
        const QImage image = strip.grab().toImage();
        const int y = strip.height() / 2;
        int marked = 0;
        for (int x = 0; x < image.width() * 77 / 100; ++x) {
            const QColor colour = image.pixelColor(x, y);
            marked += colour.hsvSaturation() > 60;
        }
        return marked;
    }

    KeyDesk desk;
    WindowStrip strip {nullptr};
};

} // namespace

class tst_WindowStrip : public QObject
{
    Q_OBJECT

private slots:
    void initTestCase() { applyTheme(Theme::Light); }

    void drawsALineForEachRequest()
    {
        Strip desk;
        desk.desk.detail.admitted = {KeyDesk::now - 50s, KeyDesk::now - 30s, KeyDesk::now - 10s};
        desk.desk.detail.next.reset();
        desk.display();
        const int three = desk.columns();
        QVERIFY2(three >= 3 && three <= 8, qPrintable(QString::number(three)));
        desk.desk.detail.admitted.clear();
        desk.display();
        QCOMPARE(desk.columns(), 0);
    }

    void saysWhatIsUnderThePointer()
    {
        Strip desk;
        desk.desk.detail.admitted = {KeyDesk::now - 30s};
        desk.desk.policy.rule.limit = {1, 1min};
        desk.desk.detail.next = Decision {Verdict::Rejected, 1, 0, Duration(30s), Duration(30s), 1min, 3, Why::Limit};
        desk.display();
        const int middle = 500 * 78 / 100 / 2;
        QVERIFY(desk.strip.textAt(middle).contains(QStringLiteral("30 s ago")));
        QVERIFY(desk.strip.textAt(middle).contains(QStringLiteral("leaves the window in 30 s")));
        QVERIFY(desk.strip.textAt(10).isEmpty());
        QVERIFY(desk.strip.textAt(495).contains(QStringLiteral("next request is admitted")));
    }

    void whatComesIsOnTheScaleOfWhatWas()
    {
        Strip desk;
        const auto nextIn = [&desk](Duration wait) {
            desk.desk.detail.next->retryAfter = wait;
            desk.display();
            return desk.strip.nextX().value_or(-1);
        };
        const double second = nextIn(4s) - nextIn(3s);
        QVERIFY2(second > 5 && second < 8, qPrintable(QString::number(second))); // 60 of them and a quarter in 500 pixels
        QVERIFY(std::abs(nextIn(14s) - nextIn(4s) - 10 * second) < 0.01);
        QVERIFY(!desk.strip.nextIsBeyond());
        const double end = nextIn(15s);
        QVERIFY(end <= desk.strip.width() - 6);
        QVERIFY(!desk.strip.nextIsBeyond());
        const QImage within = desk.strip.grab().toImage();
        QCOMPARE(nextIn(28s), end);
        QVERIFY(desk.strip.nextIsBeyond());
        QVERIFY(desk.strip.grab().toImage() != within);
        QVERIFY(desk.strip.textAt(495).contains(QStringLiteral("further on")));
        nextIn(-1s);
        QVERIFY(!desk.strip.nextX());
    }

    void whatWasReadAMomentAgoSaysSo()
    {
        Strip desk;
        desk.desk.detail.admitted = {KeyDesk::now - 30s};
        desk.desk.policy.rule.limit = {100, 1min};
        desk.display();
        const QImage ofNow = desk.strip.grab().toImage();
        desk.strip.display(desk.strip.shown(), KeyDesk::now, 400ms);
        QVERIFY(desk.strip.grab().toImage() != ofNow);
        QVERIFY(desk.strip.textAt(500 * 78 / 100 / 2).contains(QStringLiteral("30.0 s before this was read")));
    }

    void isReadToThoseWhoDoNotSee()
    {
        Strip desk;
        desk.display();
        QCOMPARE(desk.strip.accessibleName(), QStringLiteral("Window of 60/min"));
        QCOMPARE(desk.strip.accessibleDescription(), QStringLiteral("60 of 60 used. It is full."));
        desk.display(KeyDesk::now + 30s);
        QVERIFY(desk.strip.accessibleDescription().contains(QStringLiteral("There is room")));
    }

    void drawsWhatIsOddWithoutHarm()
    {
        Strip desk;
        desk.desk.detail.admitted.assign(KeyDetail::maxStamps, KeyDesk::now + 5s); // the clock stepped back
        desk.display();
        QVERIFY(desk.columns() >= 0);
        desk.strip.resize(3, 60);
        desk.strip.grab();
        desk.strip.display({}, KeyDesk::now);
        desk.strip.grab();
        QVERIFY(desk.strip.textAt(1).isEmpty());
    }

    void aBucketIsABar()
    {
        Strip desk;
        desk.desk.policy.rule.limit.algorithm = Algorithm::Bucket;
        desk.desk.detail.admitted.clear();
        desk.display();
        QVERIFY(desk.columns() > 350);
    }
};

QTEST_MAIN(tst_WindowStrip)
#include "tst_WindowStrip.moc"
