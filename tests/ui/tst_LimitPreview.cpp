// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The RateGuard authors
#include "models/LimitPreview.h"

#include <QTest>

using namespace rateguard;
using namespace std::chrono_literals;

namespace {

RankedKey key(const char *name, double allowed, double rejected, const char *policy = "search")
{
    RankedKey key {policy, name, {}};
    key.row.rates = {allowed, rejected, 0};
    return key;
}

PolicyRow search(const Limits &limit = {60, 1min})
{
    PolicyRow row;
    row.name = "search";
    row.rule = {limit, Mode::Enforce, 3};
    row.rates = {20, 8.5, 0};
    return row;
}

Snapshot busy()
{
    Snapshot snapshot;
    snapshot.now = Instant(100h);
    snapshot.offenders = {key("scraper", 1, 8.5), key("other", 10, 5, "api")};
    snapshot.nearLimit = {key("user-1", 0.9, 0), key("user-2", 0.6, 0)};
    return snapshot;
}

LimitPreview preview(const Limits &wish, Mode mode = Mode::Enforce, const Snapshot &snapshot = busy())
{
    return previewLimit(search(), wish, mode, snapshot);
}

} // namespace

class tst_LimitPreview : public QObject
{
    Q_OBJECT

private slots:
    void namesWhoWouldBeRejectedAndByHowMuch()
    {
        const LimitPreview it = preview({48, 1min});
        QCOMPARE(it.looked, 3U);
        QCOMPARE(it.over.size(), 2U);
        QCOMPARE(it.over[0].key, std::string("scraper"));
        QCOMPARE(previewText(it), QStringLiteral("At least 2 keys would be rejected: scraper at 9.5/s, user-1 at 0.9/s (rejected already: 1). "
                                                 "This limit admits 0.8/s of each key."));
    }

    void tellsWhenTheyAreRejectedAlready()
    {
        QCOMPARE(previewText(preview({120, 1min})),
                 QStringLiteral("scraper at 9.5/s would still be rejected. This limit admits 2.0/s of each key."));
    }

    void tellsWhoWouldBeFreed()
    {
        const LimitPreview it = preview({600, 1min});
        QVERIFY(it.over.empty());
        QCOMPARE(previewText(it), QStringLiteral("scraper at 9.5/s is rejected now, and would be admitted."));
    }

    void theStrictestWindowDecides()
    {
        Limits wish {600, 1min};
        wish.push({1800, 1h});
        const LimitPreview it = preview(wish);
        QCOMPARE(it.allowed, 0.5);
        QCOMPARE(it.over.size(), 3U);
    }

    void aKeyWithAnOverrideIsLeftOut()
    {
        Snapshot snapshot = busy();
        auto list = std::make_shared<OverrideList>();
        list->all = {{"search", "scraper", {Override::Kind::Ban, {}, snapshot.now + 1min, 4}},
                     {"search", "user-1", {Override::Kind::Ban, {}, snapshot.now - 1min, 5}}}; // has ended
        snapshot.overrides = list;
        const LimitPreview it = preview({48, 1min}, Mode::Enforce, snapshot);
        QCOMPARE(it.looked, 2U);
        QCOMPARE(it.over.size(), 1U);
        QCOMPARE(it.over[0].key, std::string("user-1"));
    }

    void otherModesRejectNobody()
    {
        const QString off = previewText(preview({1, 1min}, Mode::Off));
        QVERIFY(off.startsWith(QStringLiteral("Nobody would be rejected, and nothing counted.")));
        QVERIFY(off.contains(QStringLiteral("8.5/s")));
        QVERIFY(previewText(preview({1, 1min}, Mode::Shadow)).contains(QStringLiteral("only reported")));
    }

    void saysWhatItDidNotLookAt()
    {
        QVERIFY(preview({120, 1min}).othersFit); // looser everywhere
        QVERIFY(!preview({50, 1min}).othersFit);
        QVERIFY(!preview({60, 2min}).othersFit); // the same count in a longer window
        QVERIFY(previewBasis(preview({50, 1min})).contains(QStringLiteral("not looked at")));
        QVERIFY(!previewBasis(preview({120, 1min})).contains(QStringLiteral("not looked at")));
        Snapshot many = busy();
        while (many.offenders.size() < 10)
            many.offenders.push_back(key("more", 1, 1, "api"));
        QVERIFY(!preview({120, 1min}, Mode::Enforce, many).othersFit); // the list may be cut
    }

    void knowsNothingOfAQuietPolicy()
    {
        QCOMPARE(previewText(preview({1, 1min}, Mode::Enforce, {})), QStringLiteral("No key of this policy is over or near its limit now."));
    }

    // All that is told is put in at once, or a key would have figures put into it.
    void aKeyWithAPercentSignStaysAsItIs()
    {
        Snapshot snapshot = busy();
        snapshot.offenders = {key("100%1", 9, 0), key("b%2", 8, 0), key("c", 7, 0), key("d", 6, 0)};
        snapshot.nearLimit = {};
        QVERIFY2(previewText(preview({48, 1min}, Mode::Enforce, snapshot)).startsWith(QStringLiteral("At least 4 keys would be rejected: 100%1 at 9.0/s, b%2 at 8.0/s, c at 7.0/s and 1 more.")),
                 qPrintable(previewText(preview({48, 1min}, Mode::Enforce, snapshot))));
    }

    void saysAtLeastOfAListThatIsCut()
    {
        Snapshot many = busy();
        many.offenders.clear();
        for (int i = 0; i < 10; ++i)
            many.offenders.push_back(key(("key-" + std::to_string(i)).c_str(), 1, 5));
        const QString text = previewText(preview({48, 1min}, Mode::Enforce, many));
        QVERIFY2(text.startsWith(QStringLiteral("At least 11 keys would be rejected: ")), qPrintable(text));
        QVERIFY2(text.contains(QStringLiteral("(rejected already: at least 10)")), qPrintable(text));
        many.offenders.pop_back();
        QVERIFY(previewText(preview({48, 1min}, Mode::Enforce, many)).contains(QStringLiteral("(rejected already: 9)")));
    }

    // 100 keys at 3/s each get 0.083/s each: few of them are in a list.
    void saysOfTheWholePolicyWhatIsSure()
    {
        PolicyRow policy = search({200, 1min});
        policy.rates = {295, 5, 0};
        Snapshot snapshot = busy();
        snapshot.keysKnown = 100;
        snapshot.overrides = std::make_shared<OverrideList>();
        const auto say = [&](const Limits &wish) { return previewText(previewLimit(policy, wish, Mode::Enforce, snapshot)); };
        QVERIFY2(say({5, 1min}).startsWith(QStringLiteral("At least 97 % of all requests of this policy would be rejected: of 300/s it would admit 8.3/s at most. At least 3 keys")), qPrintable(say({5, 1min})));
        QVERIFY2(!say({100, 1min}).contains(QLatin1Char('%')), qPrintable(say({100, 1min}))); // half may get through
        auto list = std::make_shared<OverrideList>();
        list->all = {{"search", "batch", {Override::Kind::Exempt, {}, std::nullopt, 4}}};
        snapshot.overrides = list; // it may be the one that sends the most
        QVERIFY(!say({5, 1min}).contains(QLatin1Char('%')));
        list->all.front().policy = "api";
        QVERIFY(say({5, 1min}).contains(QLatin1Char('%')));
        snapshot.otherRates.allowed = 1; // there are more keys than are known
        QVERIFY(!say({5, 1min}).contains(QLatin1Char('%')));
        snapshot.otherRates = {};
        snapshot.offenders.clear();
        snapshot.nearLimit.clear();
        QVERIFY(say({5, 1min}).startsWith(QStringLiteral("At least 97 %")));
    }

    void hostileKeysAreSpelledOut()
    {
        Snapshot snapshot = busy();
        snapshot.offenders[0].key = "\xff\n<b>";
        QVERIFY(previewText(preview({48, 1min}, Mode::Enforce, snapshot)).contains(QStringLiteral("\\xFF\\n<b>")));
    }
};

QTEST_GUILESS_MAIN(tst_LimitPreview)
#include "tst_LimitPreview.moc"
