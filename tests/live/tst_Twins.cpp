// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The RateGuard authors
#include "engine/SlidingLog.h"

#include <QFile>
#include <QProcess>
#include <QTemporaryDir>
#include <QTest>

#include "engine/Dice.h"

#include <hiredis/hiredis.h>

using namespace rateguard;

namespace {

struct FreeContext { void operator()(redisContext *context) const { redisFree(context); } };
struct FreeReply { void operator()(redisReply *reply) const { freeReplyObject(reply); } };
using ReplyPtr = std::unique_ptr<redisReply, FreeReply>;

const std::string limitsKey = "{rateguard:0}:limits";
const std::string clockKey = "{rateguard:0}:clock";

} // namespace

// The limiter exists twice, in C++ and in Redis; here both get the same random traces, and each decision must agree in
// every field.
//
// Time is the trace's, so the server runs a copy of rateguard.lua that reads the clock from a key. Expiry is the one
// thing that Redis does by its own clock; the copy therefore writes down when PEXPIRE would end the log, and drops
// it before a decision made later than that: Redis keeps a key through the millisecond in which it is due.
class TwinsTest : public QObject
{
    Q_OBJECT

    QTemporaryDir m_folder;
    QProcess m_server;
    std::unique_ptr<redisContext, FreeContext> m_redis;

    static QByteArray library()
    {
        QFile file(QStringLiteral(RATEGUARD_SOURCE_DIR "/resources/redis/rateguard.lua"));
        return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
    }

    static bool replaceOnce(QByteArray &text, const QByteArray &from, const QByteArray &to)
    {
        const bool once = text.count(from) == 1;
        text.replace(from, to);
        return once;
    }

    static bool useTheClockOfTheTest(QByteArray &code)
    {
        return replaceOnce(code, "local t = redis.call('TIME')\n  return t[1] * 1000000 + t[2]\n",
                   QByteArray("return tonumber(redis.call('GET', '") + clockKey.c_str() + "'))\n")
            && replaceOnce(code, "redis.call('PEXPIRE', log_key, rule.window)\n",
                "redis.call('SET', log_key .. ':expires', format('%.0f', ms + rule.window))\n")
            && replaceOnce(code, "  local ms = floor(us / 1000)\n",
                "  local ms = floor(us / 1000)\n"
                "  local expires = redis.call('GET', log_key .. ':expires')\n"
                "  if expires and ms > tonumber(expires) then redis.call('DEL', log_key, log_key .. ':expires') end\n");
    }

    void append(const std::vector<std::string> &words)
    {
        std::vector<const char *> texts;
        std::vector<std::size_t> sizes;
        for (const auto &word : words) {
            texts.push_back(word.data());
            sizes.push_back(word.size());
        }
        redisAppendCommandArgv(m_redis.get(), static_cast<int>(words.size()), texts.data(), sizes.data());
    }

    ReplyPtr answer()
    {
        void *reply = nullptr;
        redisGetReply(m_redis.get(), &reply);
        return ReplyPtr(static_cast<redisReply *>(reply));
    }

    ReplyPtr ask(const std::vector<std::string> &words)
    {
        append(words);
        return answer();
    }

    // What the server says, in the engine's words; `size` becomes the number of entries in its log.
    std::optional<Decision> decide(const Rule &rule, const std::string &key, Instant now, std::uint32_t cost, std::size_t &size)
    {
        const auto log = "{rateguard:0}:log:p:" + key;
        append({"SET", clockKey, std::to_string(now.time_since_epoch().count())});
        append({"HSET", limitsKey, "p", formatRule(rule)});
        append({"FCALL", "rateguard_check", "2", limitsKey, log, "p", std::to_string(cost)});
        append({"LLEN", log});
        answer();
        answer();
        const auto reply = answer();
        size = static_cast<std::size_t>(answer()->integer);
        if (!reply || reply->type != REDIS_REPLY_ARRAY || reply->elements != 7) {
            return std::nullopt;
        }
        const auto number = [&](std::size_t i) { return reply->element[i]->integer; };
        Decision decision;
        decision.limit = static_cast<std::uint32_t>(number(1));
        decision.remaining = static_cast<std::uint32_t>(number(2));
        decision.retryAfter = number(3) < 0 ? std::nullopt : std::optional(Duration(number(3)));
        decision.version = static_cast<std::uint64_t>(number(4));
        decision.window = Duration(number(5));
        decision.resetAfter = Duration(number(6));
        decision.verdict = number(0) == 0 ? Verdict::Rejected : number(3) != 0 ? Verdict::WouldReject : Verdict::Allowed;
        return decision;
    }

    static QByteArray text(const Decision &d)
    {
        const auto numbers = {static_cast<std::int64_t>(d.verdict), std::int64_t {d.limit}, std::int64_t {d.remaining},
            std::int64_t {d.retryAfter.value_or(Duration(-1)).count()}, static_cast<std::int64_t>(d.version),
            std::int64_t {d.window.count()}, std::int64_t {d.resetAfter.count()}};
        QByteArray line;
        for (const auto value : numbers) {
            line += QByteArray::number(static_cast<qint64>(value)) + ' ';
        }
        return line;
    }

private slots:
    void initTestCase()
    {
        const auto socket = m_folder.filePath(QStringLiteral("redis.sock"));
        m_server.setProgram(QStringLiteral("redis-server"));
        m_server.setArguments({QStringLiteral("--port"), QStringLiteral("0"), QStringLiteral("--unixsocket"), socket, QStringLiteral("--save"), {},
            QStringLiteral("--dir"), m_folder.path()});
        m_server.start();
        QVERIFY2(m_server.waitForStarted(), "install redis-server 7.0 or later: this test compares with it");
        QTRY_VERIFY((m_redis.reset(redisConnectUnix(socket.toLocal8Bit().constData())), m_redis && m_redis->err == 0));
    }

    void cleanupTestCase()
    {
        m_server.terminate();
        m_server.waitForFinished(5000);
    }

    void init()
    {
        ask({"FLUSHALL"});
        auto code = library();
        QVERIFY2(useTheClockOfTheTest(code), "rateguard.lua has changed: this test no longer finds where it reads the time");
        const auto reply = ask({"FUNCTION", "LOAD", "REPLACE", code.toStdString()});
        QVERIFY2(reply && reply->type != REDIS_REPLY_ERROR, reply ? reply->str : "no answer");
    }

    void decideTheSame_data()
    {
        QTest::addColumn<qint64>("longestWindow");
        QTest::addColumn<int>("largestLimit");
        QTest::addColumn<int>("traces");
        QTest::addColumn<qint64>("farthestStep");
        QTest::newRow("short windows, small limits") << qint64 {2000} << 6 << 200 << qint64 {0};
        QTest::newRow("larger limits and costs") << qint64 {60'000} << 60 << 60 << qint64 {0};
        QTest::newRow("costs above a thousand") << qint64 {60'000} << 6000 << 10 << qint64 {0};
        QTest::newRow("windows of weeks") << qint64 {Limit::maxWindow.count()} << 6 << 60 << qint64 {0};
        QTest::newRow("a clock set back") << qint64 {2000} << 20 << 100 << qint64 {5000};
        QTest::newRow("a clock that trembles") << qint64 {2000} << 60 << 100 << qint64 {300};
        QTest::newRow("a clock set back by days") << qint64 {Limit::maxWindow.count()} << 6 << 60 << qint64 {40 * 86'400'000LL};
    }

    void decideTheSame()
    {
        QFETCH(qint64, longestWindow);
        QFETCH(int, largestLimit);
        QFETCH(int, traces);
        QFETCH(qint64, farthestStep);
        Dice dice(seedOfTheDay());
        int rejected = 0;
        int decisions = 0;
        for (int trace = 0; trace < traces; ++trace) {
            const auto key = std::to_string(trace);
            SlidingLog twin;
            Rule rule {{static_cast<std::uint32_t>(dice(1, largestLimit)), Duration(dice(1, longestWindow))}, Mode::Enforce, 1};
            // Near the places where a 32-bit stamp turns over.
            auto now = Instant(Duration((std::int64_t {1} << 31) * dice(790, 830) + dice(-3000, 3000)));
            Decision last;
            for (int step = 0; step < 60; ++step, ++decisions) {
                const auto window = rule.limit.window.count();
                const std::int64_t pauses[] = {0, 0, 0, 1, last.retryAfter.value_or(Duration(1)).count(),
                    last.retryAfter.value_or(Duration(1)).count() - 1, std::max<std::int64_t>(last.resetAfter.count(), 0),
                    window + dice(-1, 2), dice(0, 2 * window), dice(0, window / 3 + 1)};
                now += Duration(std::max<std::int64_t>(pauses[dice(0, 9)], 0)) + std::chrono::microseconds(dice(0, 300));
                if (farthestStep > 0 && dice.oneIn(8)) {
                    now -= Duration(dice(1, farthestStep));
                }
                if (dice.oneIn(8)) {
                    const auto longest = std::min<std::int64_t>(3 * window, longestWindow);
                    rule.limit = {static_cast<std::uint32_t>(dice(1, largestLimit)), Duration(dice(std::min(window / 3 + 1, longest), longest))};
                    rule.mode = dice.oneIn(3) ? static_cast<Mode>(dice(0, 2)) : Mode::Enforce;
                    ++rule.version;
                }
                const auto cost = dice.oneIn(3) ? static_cast<std::uint32_t>(dice(1, rule.limit.count + 1)) : 1;
                std::size_t size = 0;
                const auto there = decide(rule, key, now, cost, size);
                last = twin.decide(rule, now, cost);
                QVERIFY(there);
                QVERIFY2(*there == last, text(*there) + "in Redis, " + text(last) + "here, trace " + QByteArray::number(trace));
                QCOMPARE(size, twin.size());
                rejected += last.verdict != Verdict::Allowed;
            }
        }
        qInfo("%d decisions agree, %d %% of them over the limit", decisions, 100 * rejected / decisions);
    }

    // The copy replaces PEXPIRE; this is about the original.
    void theOriginalEndsALogOneWindowAfterItsLastEntry()
    {
        ask({"FUNCTION", "LOAD", "REPLACE", library().toStdString()});
        ask({"HSET", limitsKey, "p", "1 enforce log 5/60000"});
        const std::string log = "{rateguard:0}:log:p:real";
        for (int i = 0; i < 2; ++i) {
            ask({"FCALL", "rateguard_check", "2", limitsKey, log, "p"});
            const auto ends = ask({"PEXPIRETIME", log});
            const auto newest = ask({"LINDEX", log, "-1"});
            const auto stamp = static_cast<std::uint32_t>(std::atoll(newest->str));
            const auto life = static_cast<std::uint32_t>(ends->integer) - stamp;
            QVERIFY2(life >= 60'000 && life < 60'100, qPrintable(QString::number(life)));
        }
    }
};

QTEST_GUILESS_MAIN(TwinsTest)
#include "tst_Twins.moc"
