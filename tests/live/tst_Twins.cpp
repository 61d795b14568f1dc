// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The RateGuard authors
#include "engine/KeyUsage.h"

#include <QFile>
#include <QProcess>
#include <QTemporaryDir>
#include <QTest>

#include "engine/Dice.h"

#include <hiredis/hiredis.h>

#include <set>

using namespace rateguard;
using namespace std::chrono_literals;

namespace {

struct FreeContext { void operator()(redisContext *context) const { redisFree(context); } };
struct FreeReply { void operator()(redisReply *reply) const { freeReplyObject(reply); } };
using ReplyPtr = std::unique_ptr<redisReply, FreeReply>;

const std::string limitsKey = "{rateguard:0}:limits";
const std::string auditKey = "{rateguard:0}:audit";

QByteArray read(const char *path)
{
    QFile file(QStringLiteral(RATEGUARD_SOURCE_DIR "/") + QString::fromLatin1(path));
    return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
}

// What the traces of one row are made of.
struct Traces
{
    std::int64_t longestWindow = 2000;
    int largestLimit = 6;
    int windows = 1; // at most
    int number = 100;
    std::int64_t farthestStep = 0; // of the clock, backwards
    bool buckets = false;
    bool overrides = false;
    int steps = 60;
    int edits = 8; // one in so many steps comes after one
};

} // namespace

Q_DECLARE_METATYPE(Traces)

// The limiter exists twice, in C++ and in Redis; here both get the same random traces, and each decision must agree in
// every field. Edits and overrides go through the library's own functions, so that what it notes down about them is
// tried as well. Time is the trace's, see twins.lua.
class TwinsTest : public QObject
{
    Q_OBJECT

    QTemporaryDir m_folder;
    QProcess m_server;
    std::unique_ptr<redisContext, FreeContext> m_redis;
    Dice m_dice {0};

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

    void setClock(Instant now) { ask({"SET", "testclock", std::to_string(now.time_since_epoch().count())}); }

    static std::string textOf(const ReplyPtr &reply)
    {
        return reply && (reply->type == REDIS_REPLY_STRING || reply->type == REDIS_REPLY_ERROR) ? std::string(reply->str, reply->len) : std::string("no text");
    }

    // Edits the policy of one trace; what Redis made of it, or nothing with a complaint.
    std::optional<Rule> edit(const std::string &policy, const std::string &limit, const std::string &mode)
    {
        const auto reply = ask({"FCALL", "rateguard_set", "2", limitsKey, auditKey, policy, limit, mode, "", "test", "test"});
        const bool applied = reply && reply->type == REDIS_REPLY_ARRAY && reply->elements == 5 && std::string_view(reply->element[0]->str) == "applied";
        if (!applied) {
            qWarning("%s %s: %s", limit.c_str(), mode.c_str(), textOf(reply).c_str());
        }
        return applied ? parseRule(reply->element[2]->str) : std::nullopt;
    }

    std::optional<Override> setOverride(const std::string &policy, const std::string &what, std::int64_t span)
    {
        const auto reply = ask({"FCALL", "rateguard_override", "1", limitsKey, policy, "k", what, std::to_string(span), "", "test", "test"});
        const bool applied = reply && reply->type == REDIS_REPLY_ARRAY && reply->elements == 5;
        return applied ? parseOverride(reply->element[2]->str) : std::nullopt;
    }

    std::string someLimit(const Traces &traces, std::int64_t near)
    {
        std::string text = traces.buckets && m_dice.oneIn(2) ? "bucket" : "log";
        const auto windows = m_dice(1, traces.windows);
        std::set<std::int64_t> known;
        for (std::int64_t i = 0; i < windows; ++i) {
            const auto longest = std::clamp<std::int64_t>(3 * near, 1, traces.longestWindow);
            const auto window = std::max<std::int64_t>(m_dice(std::min(near / 3 + 1, longest), longest), 1) / (i + 1) + 1;
            if (known.insert(window).second) {
                text += ' ' + std::to_string(m_dice(1, traces.largestLimit)) + '/' + std::to_string(window);
            }
        }
        return text;
    }

    // Other counts, and perhaps the other algorithm, for the same windows.
    std::string someCounts(const Traces &traces, const Limits &limit)
    {
        std::string text = traces.buckets && m_dice.oneIn(2) ? "bucket" : "log";
        for (const auto &one : limit) {
            text += ' ' + std::to_string(m_dice(1, traces.largestLimit)) + '/' + std::to_string(one.window.count());
        }
        return text;
    }

    Instant someTimeAfter(Instant now, const Rule &rule, const Decision &last, const Traces &traces)
    {
        const auto window = rule.limit.front().window.count();
        const auto retry = last.retryAfter.value_or(1ms).count();
        const std::int64_t pauses[] = {0, 0, 0, 1, retry, retry - 1, std::max<std::int64_t>(last.resetAfter.count(), 0), window + m_dice(-1, 2),
            m_dice(0, 2 * window), m_dice(0, window / 3 + 1)};
        now += Duration(std::max<std::int64_t>(pauses[m_dice(0, 9)], 0)) + std::chrono::microseconds(m_dice(0, 300));
        return traces.farthestStep > 0 && m_dice.oneIn(8) ? now - Duration(m_dice(1, traces.farthestStep)) : now;
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
        auto code = read("resources/redis/rateguard.lua");
        const QByteArray calls = "call, pcall_ = redis.call, redis.pcall\n";
        QVERIFY2(code.count(calls) == 1, "rateguard.lua has changed: this test no longer finds where it takes its calls from");
        code.replace(calls, "call, pcall_ = fake(redis.call), fake(redis.pcall)\n");
        const QByteArray start = "local VERSION";
        code.replace(start, read("tests/live/twins.lua") + start);
        const auto reply = ask({"FUNCTION", "LOAD", "REPLACE", code.toStdString()});
        QVERIFY2(reply && reply->type != REDIS_REPLY_ERROR, reply ? reply->str : "no answer");
        m_dice = Dice(seedOfTheDay());
    }

    void decideTheSame_data()
    {
        QTest::addColumn<Traces>("traces");
        constexpr auto weeks = Limit::maxWindow.count() - 1;
        QTest::newRow("short windows, small limits") << Traces {2000, 6, 1, 150};
        QTest::newRow("larger limits and costs") << Traces {60'000, 60, 1, 60};
        QTest::newRow("costs above a thousand") << Traces {60'000, 6000, 1, 10};
        QTest::newRow("windows of weeks") << Traces {weeks, 6, 1, 60};
        QTest::newRow("a clock set back") << Traces {2000, 20, 1, 100, 5000};
        QTest::newRow("a clock that trembles") << Traces {2000, 60, 1, 100, 300};
        QTest::newRow("a clock set back by days") << Traces {weeks, 6, 1, 60, 40 * 86'400'000LL};
        QTest::newRow("several windows") << Traces {2000, 20, 4, 100};
        QTest::newRow("several windows, larger limits") << Traces {60'000, 200, 3, 40};
        QTest::newRow("several windows, a clock set back") << Traces {2000, 20, 3, 60, 5000};
        QTest::newRow("logs and buckets") << Traces {2000, 20, 1, 150, 0, true};
        QTest::newRow("logs and buckets, several windows") << Traces {60'000, 60, 3, 80, 0, true};
        QTest::newRow("logs and buckets, a clock set back") << Traces {2000, 20, 2, 80, 5000, true};
        QTest::newRow("overrides") << Traces {2000, 10, 2, 120, 0, true, true};
        // Long enough without a rejection for the library to write first and to look afterwards.
        QTest::newRow("few rejections") << Traces {20'000, 400, 1, 6, 0, false, false, 1500, 300};
        QTest::newRow("few rejections, buckets") << Traces {20'000, 400, 2, 6, 0, true, false, 1000, 300};
    }

    void decideTheSame()
    {
        QFETCH(Traces, traces);
        int rejected = 0;
        int decisions = 0;
        for (int trace = 0; trace < traces.number; ++trace) {
            const auto policy = "p" + std::to_string(trace);
            const auto log = "{rateguard:0}:log:" + policy + ":k";
            KeyUsage twin;
            std::optional<Override> override;
            // Near the places where a 32-bit stamp turns over.
            auto now = Instant(Duration((std::int64_t {1} << 31) * m_dice(790, 830) + m_dice(-3000, 3000)));
            setClock(now);
            auto rule = edit(policy, someLimit(traces, m_dice(1, traces.longestWindow)), "enforce");
            QVERIFY(rule);
            Decision last;
            for (int step = 0; step < traces.steps; ++step, ++decisions) {
                now = someTimeAfter(now, *rule, last, traces);
                setClock(now);
                const auto window = rule->limit.front().window.count();
                if (m_dice.oneIn(traces.edits)) {
                    const char *const modes[] = {"enforce", "enforce", "shadow", "off", "off 500", "shadow 2000"};
                    const bool keep = m_dice.oneIn(3);
                    // From when on all logs are of the new windows is a matter of time, too.
                    const auto limit = keep ? std::string() : traces.farthestStep ? someCounts(traces, rule->limit) : someLimit(traces, window);
                    rule = edit(policy, limit, modes[m_dice.oneIn(3) ? m_dice(0, 5) : 0]);
                    QVERIFY(rule);
                }
                if (traces.overrides && m_dice.oneIn(8)) {
                    const auto limit = someLimit(traces, window);
                    const std::string whats[] = {"ban", "exempt", "limit" + limit.substr(limit.find(' '))};
                    override = m_dice.oneIn(3) ? (setOverride(policy, "none", 0), std::nullopt)
                                               : setOverride(policy, whats[m_dice(0, 2)], m_dice.oneIn(2) ? 0 : m_dice(1, 2 * window));
                }
                const auto largest = std::int64_t {rule->limit.front().count} + 1;
                const auto cost = m_dice.oneIn(3) ? static_cast<std::uint32_t>(m_dice(1, largest)) : 1;
                const std::vector<std::string> about {"2", limitsKey, log, policy, std::to_string(cost)};
                const auto call = [&](std::vector<std::string> words) {
                    words.insert(words.end(), about.begin(), about.end());
                    return textOf(ask(words));
                };
                const auto where = " trace " + std::to_string(trace) + " step " + std::to_string(step) + " cost " + std::to_string(cost) + " under " + formatRule(*rule);
                // Looking lets a log expire here, not there: it matters when the clock goes back to before that.
                if (traces.farthestStep == 0 && m_dice.oneIn(4)) {
                    ask({"FCALL", "test_expire", "1", log});
                    const auto here = formatDecision(twin.peek(*rule, now, cost, override ? &*override : nullptr));
                    const auto there = call({"FCALL_RO", "rateguard_peek"});
                    QVERIFY2(there == here, ("peek: " + there + " in Redis, " + here + " here," + where).c_str());
                }
                last = twin.decide(*rule, now, cost, override ? &*override : nullptr);
                const auto here = formatDecision(last);
                const auto there = call({"FCALL", "rateguard_check"});
                QVERIFY2(there == here, (there + " in Redis, " + here + " here," + where).c_str());
                rejected += last.verdict != Verdict::Allowed;
            }
        }
        qInfo("%d decisions agree, %d %% of them over the limit", decisions, 100 * rejected / decisions);
    }

    // The copy has a clock of its own; this is about the original.
    void theOriginalEndsALogTwoWindowsAfterItsOldestEntry()
    {
        ask({"FUNCTION", "LOAD", "REPLACE", read("resources/redis/rateguard.lua").toStdString()});
        ask({"FLUSHALL"});
        ask({"HSET", limitsKey, "p", "1 enforce log 5/60000"});
        const std::string log = "{rateguard:0}:log:p:real";
        for (int i = 0; i < 3; ++i) {
            ask({"FCALL", "rateguard_check", "2", limitsKey, log, "p"});
            const auto ends = ask({"PEXPIRETIME", log});
            const auto oldest = ask({"LINDEX", log, "0"});
            const auto life = static_cast<std::uint32_t>(ends->integer) - static_cast<std::uint32_t>(std::atoll(oldest->str));
            QCOMPARE(life, 120'000u);
        }
    }
};

QTEST_GUILESS_MAIN(TwinsTest)
#include "tst_Twins.moc"
