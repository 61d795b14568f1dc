// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The RateGuard authors
#include "format/Text.h"

#include <QElapsedTimer>
#include <QTest>

#include <random>
#include <set>

using namespace rateguard;
using namespace std::string_view_literals;

namespace {

// 0 to sides - 1.
template <typename Sides>
unsigned pick(std::mt19937 &random, Sides sides)
{
    return static_cast<unsigned>(random() % static_cast<unsigned>(sides));
}

} // namespace

class tst_Text : public QObject
{
    Q_OBJECT

private slots:
    void spellsOutWhatTheEyeCannotSee_data()
    {
        QTest::addColumn<QByteArray>("bytes");
        QTest::addColumn<QString>("text");
        const auto row = [](const char *name, std::string_view bytes, const QString &text) {
            QTest::newRow(name) << QByteArray(bytes.data(), static_cast<qsizetype>(bytes.size())) << text;
        };
        row("plain", "user-17"sv, QStringLiteral("user-17"));
        row("nothing", ""sv, QString());
        row("umlauts and CJK stay", "\xC3\xA4\xE6\xBC\xA2"sv, QStringLiteral("ä漢"));
        row("an emoji stays", "\xF0\x9F\x98\x80"sv, QStringLiteral("😀"));
        row("lone invalid byte", "a\xFF"sv, QStringLiteral("a\\xFF"));
        row("overlong slash", "\xC0\xAF"sv, QStringLiteral("\\xC0\\xAF"));
        row("surrogate", "\xED\xA0\x80"sv, QStringLiteral("\\xED\\xA0\\x80"));
        row("beyond Unicode", "\xF4\x90\x80\x80"sv, QStringLiteral("\\xF4\\x90\\x80\\x80"));
        row("cut short", "\xE6\xBC"sv, QStringLiteral("\\xE6\\xBC"));
        row("zero byte", "a\0b"sv, QStringLiteral("a\\x00b"));
        row("line breaks", "a\nb\r\tc"sv, QStringLiteral("a\\nb\\r\\tc"));
        row("terminal escape", "\x1B[31m"sv, QStringLiteral("\\x1B[31m"));
        row("C1 control", "\xC2\x85"sv, QStringLiteral("\\u{85}"));
        row("right-to-left override", "\xE2\x80\xAEtxt"sv, QStringLiteral("\\u{202E}txt"));
        row("zero-width space", "a\xE2\x80\x8B"sv, QStringLiteral("a\\u{200B}"));
        row("byte order mark", "\xEF\xBB\xBF"sv, QStringLiteral("\\u{FEFF}"));
        row("line separator", "\xE2\x80\xA8"sv, QStringLiteral("\\u{2028}"));
        row("no-break space", "\xC2\xA0"sv, QStringLiteral("\\u{A0}"));
        row("variation selector", "a\xEF\xB8\x8F"sv, QStringLiteral("a\\u{FE0F}"));
        row("HTML is just text", "<b>x</b>&amp;"sv, QStringLiteral("<b>x</b>&amp;"));
        row("two marks stay", "e\xCC\x81\xCC\x82"sv, QStringLiteral("e\u0301\u0302"));
        row("a third mark does not", "e\xCC\x81\xCC\x82\xCC\x83"sv, QStringLiteral("e\u0301\u0302\\u{303}"));
        row("a mark without a base", "\xCC\x81"sv, QStringLiteral("\\u{301}"));
        row("a backslash that means nothing", "DOMAIN\\anna"sv, QStringLiteral("DOMAIN\\anna"));
        row("a backslash that fakes an escape", "\\xFF"sv, QStringLiteral("\\\\xFF"));
    }

    void spellsOutWhatTheEyeCannotSee()
    {
        QFETCH(QByteArray, bytes);
        QFETCH(QString, text);
        QCOMPARE(displayText({bytes.constData(), static_cast<std::size_t>(bytes.size())}), text);
    }

    void cutsInTheMiddle()
    {
        const QString text = displayText("abcdefghijklmnopqrstuvwxyz", 10);
        QCOMPARE(text, QStringLiteral("abcdef…xyz"));
        QCOMPARE(displayText("abcdefghij", 10), QStringLiteral("abcdefghij"));
    }

    void neverCutsACharacterInHalf()
    {
        std::string bytes;
        for (int i = 0; i < 100; ++i)
            bytes += "\xF0\x9F\x98\x80";
        for (int length = 4; length < 30; ++length) {
            const QString text = displayText(bytes, length);
            QVERIFY(text.isValidUtf16());
            QVERIFY(!text.contains(QLatin1Char('\\')));
            QVERIFY(text.toUcs4().size() <= length);
        }
    }

    void doesNotReadAWholeMegabyte()
    {
        const std::string huge(1 << 20, '\xFF');
        QElapsedTimer timer;
        timer.start();
        for (int i = 0; i < 1000; ++i)
            QVERIFY(displayText(huge).size() <= 121);
        QVERIFY2(timer.elapsed() < 2000, "a thousand megabyte keys must not take seconds");
    }

    void tellsDifferentBytesApart()
    {
        const unsigned seed = std::random_device {}();
        qInfo("seed %u", seed);
        std::mt19937 random(seed);
        constexpr std::string_view alphabet = "\xFF\x80\xC3\xA4\\xF0u{}n\x1B\n\xE2\xAE"sv;
        std::set<std::string> inputs;
        std::set<QString> outputs;
        for (int i = 0; i < 20000; ++i) {
            std::string bytes;
            for (unsigned n = pick(random, 6); n > 0; --n)
                bytes += alphabet[pick(random, alphabet.size())];
            if (!inputs.insert(bytes).second)
                continue;
            const QString text = displayText(bytes);
            QVERIFY(text.isValidUtf16());
            QVERIFY2(outputs.insert(text).second, qPrintable(text));
        }
    }

    void toolTipsShowMarkupAsItStands()
    {
        const QString tip = plainToolTip(QStringLiteral("<img src=x>&"));
        QVERIFY(tip.contains(QStringLiteral("&lt;img src=x&gt;&amp;")));
        QVERIFY(!tip.contains(QStringLiteral("<img")));
        QVERIFY(plainToolTip({}).isEmpty());
    }
};

QTEST_APPLESS_MAIN(tst_Text)
#include "tst_Text.moc"
