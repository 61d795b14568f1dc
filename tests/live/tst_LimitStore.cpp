// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The RateGuard authors
#include "support/Edits.h"
#include "support/TestRedis.h"

#include "redis/LimitStore.h"

using namespace rateguard;
using namespace std::chrono_literals;
using Status = EditOutcome::Status;

class LimitStoreTest : public QObject
{
    Q_OBJECT

private slots:
    void editsListAndAudit()
    {
        TestRedis redis;
        Editor editor(redis.url());
        const auto made = editor.apply(edit(50, 0));
        QVERIFY(made.status == Status::Applied && made.after == (Rule {{50, 60s}, Mode::Enforce, 1}) && made.before.version == 0);
        const auto changed = editor.apply(edit(80, 1));
        QVERIFY(changed.status == Status::Applied && changed.after.version == 2 && changed.before.limit.front().count == 50);
        QVERIFY(changed.appliedAt > made.appliedAt);
        QCOMPARE(editor.list().texts, (std::map<std::string, std::string> {{"search", "2 enforce log 80/60000"}}));
        const auto audit = redis.ask({"XRANGE", names.audit, "-", "+"});
        QCOMPARE(audit.items.size(), std::size_t {2});
        std::map<std::string, std::string> entry;
        const auto &fields = audit.items[1].items[1].items;
        for (std::size_t i = 0; i + 1 < fields.size(); i += 2) {
            entry[fields[i].text] = fields[i + 1].text;
        }
        QCOMPARE(entry["author"], std::string("tester"));
        QCOMPARE(entry["reason"], std::string("because \"<b>\""));
        QCOMPARE(entry["old"], std::string("1 enforce log 50/60000"));
        QCOMPARE(entry["new"], std::string("2 enforce log 80/60000"));
    }

    void announcesEachEdit()
    {
        TestRedis redis;
        Editor editor(redis.url());
        Connection subscriber(redis.url(), "listener");
        std::vector<std::string> heard;
        subscriber.setSubscription({names.changes}, [&](std::string_view, std::string_view payload) { heard.emplace_back(payload); });
        subscriber.open();
        QTRY_VERIFY(subscriber.isLive());
        editor.apply(edit(50, {}));
        editor.apply(edit(51, {}));
        QTRY_COMPARE(heard, (std::vector<std::string> {"search 1", "search 2"}));
    }

    void theSlowerOfTwoEditorsIsToldAndChangesNothing()
    {
        TestRedis redis;
        Editor ann(redis.url());
        Editor ben(redis.url());
        ann.apply(edit(50, 0));
        QVERIFY(ann.apply(edit(60, 1)).status == Status::Applied);
        const auto late = ben.apply(edit(70, 1));
        QVERIFY(late.status == Status::Conflict && late.after == (Rule {{60, 60s}, Mode::Enforce, 2}));
        QVERIFY2(late.message.find("60/min") != std::string::npos, late.message.c_str());
        QCOMPARE(ben.list().texts.at("search"), std::string("2 enforce log 60/60000"));
        QVERIFY(ben.apply(edit(70, 0)).status == Status::Conflict);
    }

    void everyVersionIsGivenOnce()
    {
        TestRedis redis;
        std::vector<std::unique_ptr<Editor>> editors;
        for (int i = 0; i < 4; ++i) {
            editors.push_back(std::make_unique<Editor>(redis.url()));
        }
        std::vector<std::uint64_t> versions;
        int answers = 0;
        for (int i = 0; i < 400; ++i) {
            editors[static_cast<std::size_t>(i) % 4]->store.apply(edit(static_cast<std::uint32_t>(i + 1), {}), [&](const EditOutcome &outcome) {
                ++answers;
                versions.push_back(outcome.after.version);
            });
        }
        QTRY_COMPARE(answers, 400);
        std::sort(versions.begin(), versions.end());
        for (std::size_t i = 0; i < versions.size(); ++i) {
            QCOMPARE(versions[i], i + 1);
        }
    }

    void keepsWhatIsNotGivenAndGoesAboveTheFloor()
    {
        TestRedis redis;
        Editor editor(redis.url());
        auto first = edit(50, {});
        first.mode = Mode::Shadow;
        first.floorVersion = 7;
        QVERIFY(editor.apply(first).after == (Rule {{50, 60s}, Mode::Shadow, 8}));
        auto limitOnly = edit(60, {});
        limitOnly.keepMode = true;
        QVERIFY(editor.apply(limitOnly).after == (Rule {{60, 60s}, Mode::Shadow, 9}));
        auto modeOnly = edit(1, {});
        modeOnly.limit = {};
        QVERIFY(editor.apply(modeOnly).after == (Rule {{60, 60s}, Mode::Enforce, 10}));
    }

    void refusesWithTheValueAndTheRemedy()
    {
        TestRedis redis;
        Editor editor(redis.url());
        auto bad = edit(50, {});
        bad.policy = "no spaces";
        const auto refused = editor.apply(bad);
        QVERIFY(refused.status == Status::Refused);
        QVERIFY2(refused.message.find("no spaces") != std::string::npos, refused.message.c_str());
        redis.ask({"HSET", names.limits, "search", "garbage"});
        const auto listed = editor.list();
        QCOMPARE(listed.texts.at("search"), std::string("garbage"));
        QVERIFY(editor.apply(edit(50, {})).status == Status::Applied); // and mends it
    }

    void saysWhichRightIsMissing()
    {
        TestRedis redis;
        Editor operatorOne(redis.url());
        operatorOne.apply(edit(50, {}));
        QVERIFY(!redis.ask({"ACL", "SETUSER", "viewer", "on", ">pw", "%R~*", "&*", "+@all"}).isError());
        auto url = redis.url();
        url.user = "viewer";
        url.password = "pw";
        Editor viewer(url);
        const auto refused = viewer.apply(edit(60, {}));
        QVERIFY(refused.status == Status::Refused);
        QVERIFY2(refused.message.find("may not do that") != std::string::npos, refused.message.c_str());
        QCOMPARE(viewer.list().texts.at("search"), std::string("1 enforce log 50/60000"));
    }

    void aLostAnswerIsUnknown()
    {
        TestRedis redis;
        Editor editor(redis.url());
        editor.apply(edit(50, 0));
        std::optional<EditOutcome> outcome;
        editor.store.apply(edit(60, 1), [&](const EditOutcome &o) { outcome = o; });
        editor.connection.close(); // before the answer could come
        QVERIFY(outcome && outcome->status == Status::Unknown);
    }

    void readsThousandsOfLimitsInPieces()
    {
        TestRedis redis;
        Editor editor(redis.url());
        Connection::Arguments arguments {"HSET", names.limits};
        for (int i = 0; i < 5000; ++i) {
            arguments.insert(arguments.end(), {"p" + std::to_string(i), "1 enforce log 5/1000"});
        }
        redis.ask(arguments);
        QCOMPARE(editor.list().texts.size(), std::size_t {5000});
    }

private:
    struct Editor
    {
        explicit Editor(const RedisUrl &url)
            : connection(url, "editor")
            , library(connection)
            , store(connection, library)
        {
            connection.open();
            if (!QTest::qWaitFor([this] { return connection.isLive(); })) {
                qFatal("no connection: %s", qPrintable(connection.detail()));
            }
        }

        EditOutcome apply(const LimitEdit &wanted)
        {
            return wait([&](auto done) { store.apply(wanted, done); });
        }
        LimitStore::Listed list()
        {
            std::optional<LimitStore::Listed> listed;
            store.list([&](const LimitStore::Listed &l) { listed = l; });
            return QTest::qWaitFor([&] { return listed.has_value(); }) ? *listed : LimitStore::Listed();
        }

        template <typename Start>
        EditOutcome wait(Start start)
        {
            std::optional<EditOutcome> outcome;
            start([&](const EditOutcome &o) { outcome = o; });
            return QTest::qWaitFor([&] { return outcome.has_value(); }) ? *outcome : EditOutcome();
        }

        Connection connection;
        Library library;
        LimitStore store;
    };

    static LimitEdit edit(std::uint32_t count, std::optional<std::uint64_t> expected)
    {
        return editOf(1, {count, 60s}, expected, Mode::Enforce, "because \"<b>\"");
    }

    static inline const Keyspace names {};
};

QTEST_GUILESS_MAIN(LimitStoreTest)
#include "tst_LimitStore.moc"
