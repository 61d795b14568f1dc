// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The RateGuard authors
#include "engine/AlertRule.h"

#include "Dice.h"

#include <limits>

using namespace rateguard;
using namespace std::chrono_literals;

class tst_AlertRule : public QObject
{
    Q_OBJECT

    // The meaning of a pattern, word for word, without regard to cost.
    static bool plainly(std::string_view pattern, std::string_view text)
    {
        if (pattern.empty())
            return text.empty();
        if (pattern.front() == '*')
            return plainly(pattern.substr(1), text) || (!text.empty() && plainly(pattern, text.substr(1)));
        return !text.empty() && (pattern.front() == '?' || pattern.front() == text.front()) && plainly(pattern.substr(1), text.substr(1));
    }

private slots:
    void patternsMatchWholeTexts()
    {
        QVERIFY(globMatches("api*", "api-v2"));
        QVERIFY(globMatches("*:user-??", "search:user-12"));
        QVERIFY(!globMatches("api", "api-v2"));
        QVERIFY(!globMatches("?", ""));
        QVERIFY(globMatches("*", ""));
        QVERIFY(globMatches("\xff*", "\xff\xfe"));
    }

    void patternsMeanWhatTheySay()
    {
        Dice dice(seedOfTheDay());
        const auto text = [&](std::string_view letters, std::int64_t most) {
            std::string made;
            for (auto left = dice(0, most); left > 0; --left)
                made += letters[static_cast<std::size_t>(dice(0, static_cast<std::int64_t>(letters.size()) - 1))];
            return made;
        };
        int matches = 0;
        for (int i = 0; i < 20'000; ++i) {
            const std::string pattern = text("ab*?", 6);
            const std::string candidate = text("ab", 7);
            QVERIFY2(globMatches(pattern, candidate) == plainly(pattern, candidate), (pattern + " on " + candidate).c_str());
            matches += globMatches(pattern, candidate);
        }
        QVERIFY(matches > 1000);
    }

    void aHostilePatternCostsLittle()
    {
        std::string pattern;
        for (int i = 0; i < 128; ++i)
            pattern += "*a";
        QVERIFY(!globMatches(pattern + "b", std::string(100'000, 'a')));
    }

    void whatIsThereFromTheBeginningIsValidAndThreeOfItAreOn()
    {
        int on = 0;
        for (const AlertRule &rule : defaultAlertRules()) {
            QVERIFY(isValid(rule));
            on += rule.enabled;
        }
        QCOMPARE(on, 3);
    }

    void refusesWhatCannotBe_data()
    {
        QTest::addColumn<int>("kind");
        QTest::addColumn<double>("threshold");
        QTest::addColumn<double>("clearAt");
        QTest::addColumn<int>("hold");
        QTest::addColumn<int>("scope");
        QTest::addColumn<QString>("pattern");
        const auto kind = [](AlertKind it) { return static_cast<int>(it); };
        QTest::newRow("more than all") << kind(AlertKind::RejectedShare) << 100.0 << 80.0 << 10 << 0 << QString();
        QTest::newRow("ends above its beginning") << kind(AlertKind::Rejections) << 10.0 << 11.0 << 10 << 0 << QString();
        QTest::newRow("no time") << kind(AlertKind::Rejections) << 10.0 << 8.0 << 0 << 0 << QString();
        QTest::newRow("longer than a day") << kind(AlertKind::Rejections) << 10.0 << 8.0 << 86'401 << 0 << QString();
        QTest::newRow("a silent key") << kind(AlertKind::Silence) << 0.0 << 0.0 << 10 << 2 << QStringLiteral("a");
        QTest::newRow("lag of a policy") << kind(AlertKind::EventLag) << 10.0 << 8.0 << 10 << 1 << QStringLiteral("a");
        QTest::newRow("no pattern") << kind(AlertKind::Rejections) << 10.0 << 8.0 << 10 << 1 << QString();
        QTest::newRow("ten keys of which nine are known") << kind(AlertKind::NearLimit) << 10.0 << 8.0 << 10 << 1 << QStringLiteral("a");
        QTest::newRow("not a number") << kind(AlertKind::Rejections) << std::numeric_limits<double>::quiet_NaN() << 8.0 << 10 << 0 << QString();
    }

    void refusesWhatCannotBe()
    {
        QFETCH(int, kind);
        QFETCH(double, threshold);
        QFETCH(double, clearAt);
        QFETCH(int, hold);
        QFETCH(int, scope);
        QFETCH(QString, pattern);
        AlertRule rule {0, static_cast<AlertKind>(kind), threshold, clearAt, std::chrono::seconds(hold), static_cast<AlertScope>(scope),
                        pattern.toStdString(), true};
        QVERIFY(!isValid(rule));
    }
};

QTEST_APPLESS_MAIN(tst_AlertRule)
#include "tst_AlertRule.moc"
