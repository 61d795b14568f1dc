// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The RateGuard authors
#include "support/TestRedis.h"

#include "feed/LiveFeed.h"

#include <QElapsedTimer>
#include <QFile>
#include <QTimer>

#include <unistd.h>

using namespace rateguard;
using namespace std::chrono_literals;

// Ten million decisions' worth of events, from a hundred thousand clients that come and go, through a real Redis and the
// whole feed. Prints what it measured; fails when memory grows with the number of events.
class FeedMemoryTest : public QObject
{
    Q_OBJECT

private slots:
    void tenMillionEventsLeaveMemoryFlat()
    {
        constexpr std::uint64_t total = 10'000'000;
        TestRedis redis;
        FeedOptions options;
        options.maxKeys = 50'000;
        LiveFeed feed(options);
        Snapshot last;
        const auto drain = [&] {
            if (const auto snapshot = feed.take()) {
                last = *snapshot;
            }
            QTimer::singleShot(50, &feed, [&feed] { feed.request({}); }); // as a window does
        };
        connect(&feed, &LiveFeed::snapshotReady, this, drain);
        feed.watch(redis.url());
        feed.request({});
        QTRY_VERIFY(last.link.state == LinkState::Live);

        Connection publisher(redis.url(), "publisher");
        publisher.open();
        QTRY_VERIFY(publisher.isLive());
        std::uint32_t sequence = 0;
        std::uint64_t sent = 0;
        double settled = 0;
        QElapsedTimer clock;
        clock.start();
        const Keyspace names;
        QEventLoop loop;
        // Never more on the way than Redis would keep for a slow subscriber: it closes the connection at 32 MB.
        QTimer pump;
        connect(&pump, &QTimer::timeout, &loop, [&] {
            while (sent < total && sent - last.total.requests() < 300'000 && publisher.pending() < 3000) {
                publisher.call({"PUBLISH", names.events, batch(++sequence, sent)}, {});
                sent += perBatch;
            }
            settled = settled == 0 && sent > total / 5 ? residentMegabytes() : settled;
            if (last.total.requests() >= total || !publisher.isLive()) {
                loop.quit();
            }
        });
        pump.start(10);
        loop.exec();
        QCOMPARE(sent, total);
        QTRY_COMPARE_WITH_TIMEOUT(last.total.requests(), total, 60'000);
        const auto seconds = static_cast<double>(clock.elapsed()) / 1000;
        const auto end = residentMegabytes();
        qInfo("%.1f million events in %.1f s (%.0f thousand a second); resident %.1f MB after a fifth, %.1f MB at the end; %llu keys known, %llu requests beyond the cap",
            static_cast<double>(total) / 1e6, seconds, static_cast<double>(total) / seconds / 1e3, settled, end,
            static_cast<unsigned long long>(last.keysKnown), static_cast<unsigned long long>(last.otherRequests));
        QCOMPARE(last.batchesLost, std::uint64_t {0});
        QVERIFY(last.keysKnown <= options.maxKeys);
        QVERIFY2(end < settled + 25, "memory grew with the number of events");
    }

private:
    static constexpr std::uint64_t perBatch = 100;

    static double residentMegabytes()
    {
        QFile file(QStringLiteral("/proc/self/statm"));
        return file.open(QIODevice::ReadOnly) ? file.read(1000).split(' ').value(1).toDouble() * static_cast<double>(::sysconf(_SC_PAGESIZE)) / 1e6 : 0;
    }

    static std::string batch(std::uint32_t sequence, std::uint64_t first)
    {
        const auto now = std::chrono::duration_cast<std::chrono::milliseconds>(std::chrono::system_clock::now().time_since_epoch()).count();
        auto text = "RG 2 1 " + std::to_string(sequence) + ' ' + std::to_string(perBatch) + ' ' + std::to_string(now) + ' ';
        for (std::uint64_t i = first; i < first + perBatch; ++i) {
            const auto name = "{rateguard:0}:log:search:client-" + std::to_string((i * 2654435761u) % 100'000);
            text.append(i % 3 == 0 ? "0 0 1500 1500 100 60000 1 limit " : "1 40 0 60000 100 60000 1 limit ").append(std::to_string(name.size())).append(" ").append(name);
        }
        return text;
    }
};

QTEST_GUILESS_MAIN(FeedMemoryTest)
#include "tst_FeedMemory.moc"
