// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The RateGuard authors
#include "redis/ReplyParser.h"

#include <QRandomGenerator>
#include <QTest>

using rateguard::Reply;
using rateguard::ReplyParser;

class ReplyParserTest : public QObject
{
    Q_OBJECT

private slots:
    void readsEveryKindOfReply()
    {
        const auto replies = parse("+OK\r\n-ERR no\r\n:-7\r\n$3\r\na\0b\r\n$-1\r\n*3\r\n:1\r\n*1\r\n$1\r\nx\r\n$0\r\n\r\n*-1\r\n", 64);
        QCOMPARE(replies.size(), std::size_t {7});
        QCOMPARE(replies[0].type, Reply::Type::Status);
        QCOMPARE(replies[1].text, std::string("ERR no"));
        QCOMPARE(replies[2].integer, -7);
        QCOMPARE(replies[3].text, std::string("a\0b", 3));
        QCOMPARE(replies[4].type, Reply::Type::Nil);
        QCOMPARE(replies[5].items[1].items[0].text, std::string("x"));
        QCOMPARE(replies[5].items[2].text, std::string());
        QCOMPARE(replies[6].type, Reply::Type::Nil);
    }

    void doesNotCareHowBytesArrive()
    {
        const std::string_view bytes = "*3\r\n$7\r\nmessage\r\n$2\r\nch\r\n$10\r\n0123456789\r\n:42\r\n";
        for (std::size_t piece = 1; piece <= bytes.size(); ++piece) {
            const auto replies = parse(bytes, piece);
            QCOMPARE(replies.size(), std::size_t {2});
            QCOMPARE(replies[0].items[2].text, std::string("0123456789"));
            QCOMPARE(replies[1].integer, 42);
        }
    }

    void stopsAtHostileReplies_data()
    {
        QTest::addColumn<QByteArray>("bytes");
        QTest::newRow("array of two thousand million") << QByteArray("*2147483647\r\n");
        QTest::newRow("array just over the cap") << QByteArray("*65537\r\n");
        QTest::newRow("not Redis") << QByteArray("HTTP/1.1 400 Bad Request\r\n");
        QTest::newRow("RESP3 map") << QByteArray("%1\r\n+a\r\n+b\r\n");
        QTest::newRow("nested without end") << QByteArray("*1\r\n").repeated(100'000);
        QTest::newRow("string over the cap") << QByteArray("$5000000\r\n") + QByteArray(5'000'000, 'x') + "\r\n";
        QTest::newRow("string that never ends") << QByteArray("$99999999999\r\n") + QByteArray(9'000'000, 'x');
    }

    void stopsAtHostileReplies()
    {
        QFETCH(QByteArray, bytes);
        ReplyParser parser;
        QVERIFY(!feed(parser, std::string_view(bytes.constData(), static_cast<std::size_t>(bytes.size())), 16'384));
        QVERIFY(!parser.error().empty());
        QVERIFY(!parser.feed("+OK\r\n", 5)); // errors are final
        QVERIFY(!parser.next());
    }

    void survivesAnyBytes()
    {
        const auto seed = QRandomGenerator::global()->generate();
        qInfo("seed %u", seed);
        QRandomGenerator random(seed);
        const QByteArray alphabet("+-:$*0123456789\r\nabcx%_#\0\xff", 27);
        for (int round = 0; round < 20'000; ++round) {
            std::string bytes;
            const auto size = random.bounded(60);
            for (int i = 0; i < size; ++i) {
                bytes += alphabet[random.bounded(static_cast<int>(alphabet.size()))];
            }
            ReplyParser parser;
            feed(parser, bytes, 1 + static_cast<std::size_t>(random.bounded(20)));
        }
    }

private:
    static bool feed(ReplyParser &parser, std::string_view bytes, std::size_t piece, std::vector<Reply> *replies = nullptr)
    {
        for (; !bytes.empty(); bytes.remove_prefix(std::min(piece, bytes.size()))) {
            const auto part = bytes.substr(0, piece);
            if (!parser.feed(part.data(), part.size())) {
                return false;
            }
            while (auto reply = parser.next()) {
                if (replies) {
                    replies->push_back(std::move(*reply));
                }
            }
        }
        return parser.error().empty();
    }

    template <std::size_t N>
    static std::vector<Reply> parse(const char (&bytes)[N], std::size_t piece)
    {
        return parse(std::string_view(bytes, N - 1), piece);
    }

    static std::vector<Reply> parse(std::string_view bytes, std::size_t piece)
    {
        std::vector<Reply> replies;
        ReplyParser parser;
        feed(parser, bytes, piece, &replies);
        return replies;
    }
};

QTEST_GUILESS_MAIN(ReplyParserTest)
#include "tst_ReplyParser.moc"
