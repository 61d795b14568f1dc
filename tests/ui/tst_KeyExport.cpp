// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The RateGuard authors
#include "KeyRows.h"
#include "format/ExportFile.h"
#include "models/KeyExport.h"

#include <QFileInfo>
#include <QJsonDocument>
#include <QJsonObject>
#include <QTemporaryDir>
#include <QTest>

using namespace rateguard;

namespace {

KeyEntry entry(std::string policy, std::string key)
{
    KeyEntry entry;
    entry.policy = std::move(policy);
    entry.key = std::move(key);
    entry.row = row(0, 1.5, KeyState::Throttled);
    entry.row.minuteRequests = 8;
    entry.row.minuteRejected = 2;
    return entry;
}

QByteArray csvOf(const std::string &key)
{
    const KeyEntry one = entry("api", key);
    const QByteArray all = keysAsCsv({&one});
    return all.mid(all.indexOf("\r\n") + 2);
}

QJsonObject jsonOf(const std::string &key)
{
    const KeyEntry one = entry("api", key);
    const QByteArray line = keysAsJsonLines({&one});
    Q_ASSERT(line.count('\n') == 1 && line.endsWith('\n'));
    return QJsonDocument::fromJson(line).object();
}

QByteArray contentOf(const QString &path)
{
    QFile file(path);
    return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
}

} // namespace

class tst_KeyExport : public QObject
{
    Q_OBJECT

private slots:
    void aTableHasAHeaderAndALineForEachKeyInOrder()
    {
        const KeyEntry first = entry("search", "anna");
        KeyEntry second = entry("api", "ben");
        second.row = {}; // nothing came in the last minute: no share is known
        QCOMPARE(keysAsCsv({&first, &second}),
                 QByteArray("policy,key,requests_per_s,rejected_per_s,would_reject_per_s,used,limit,rejected_share,state,last_seen\r\n"
                            "search,anna,1.500,1.500,0.000,57,60,0.250,throttled,2026-09-21T14:13:20.000Z\r\n"
                            "api,ben,0.000,0.000,0.000,0,0,,quiet,\r\n"));
        QCOMPARE(keysAsTsv({&second}), QByteArray("api\tben\t0.000\t0.000\t0.000\t0\t0\t\tquiet\t\n"));
        QVERIFY(keysAsTsv({}).isEmpty() && keysAsJsonLines({}).isEmpty());
    }

    void noCellIsAFormula_data()
    {
        QTest::addColumn<QString>("text");
        QTest::addColumn<QString>("cell");
        const auto text = [](const char *bytes) { return QString::fromUtf8(bytes); };
        QTest::newRow("equals") << text("=1+1") << text("'=1+1");
        QTest::newRow("plus") << text("+1") << text("'+1");
        QTest::newRow("minus") << text("-1") << text("'-1");
        QTest::newRow("at") << text("@SUM(A1)") << text("'@SUM(A1)");
        QTest::newRow("tab") << text("\t=1") << text("'\t=1");
        QTest::newRow("carriage return") << text("\r=1") << text("\"'\r=1\"");
        QTest::newRow("later on") << text("a=1") << text("a=1");
        QTest::newRow("with a comma") << text("=1,2") << text("\"'=1,2\"");
        QTest::newRow("quotes") << text("say \"hi\"") << text("\"say \"\"hi\"\"\"");
        QTest::newRow("line end") << text("a\nb") << text("\"a\nb\"");
        QTest::newRow("empty") << QString() << QString();
    }

    void noCellIsAFormula()
    {
        QFETCH(QString, text);
        QFETCH(QString, cell);
        QCOMPARE(exportCell(text, QLatin1Char(',')), cell);
    }

    void hostileKeysStayInTheirCell_data()
    {
        QTest::addColumn<QByteArray>("key");
        QTest::addColumn<QByteArray>("cell");
        QTest::newRow("command") << QByteArray("=cmd|' /C calc'!A1") << QByteArray("'=cmd|' /C calc'!A1");
        QTest::newRow("line ends") << QByteArray("a\r\napi,b") << QByteArray("\"a\\r\\napi,b\"");
        QTest::newRow("tab") << QByteArray("\t=1") << QByteArray("\\t=1");
        QTest::newRow("not UTF-8") << QByteArray("\xFF,\xC3(") << QByteArray("\"\\xFF,\\xC3(\"");
        QTest::newRow("turned around") << QByteArray("a\u202E=b") << QByteArray("a\\u{202E}=b");
        QTest::newRow("letters") << QByteArray("søk-検索") << QByteArray("søk-検索");
        QTest::newRow("null") << QByteArray("a\0b", 3) << QByteArray("a\\x00b");
        QTest::newRow("long") << QByteArray(5000, 'x') << QByteArray(5000, 'x');
    }

    void hostileKeysStayInTheirCell()
    {
        QFETCH(QByteArray, key);
        QFETCH(QByteArray, cell);
        QCOMPARE(csvOf(key.toStdString()), "api," + cell + ",1.500,1.500,0.000,57,60,0.250,throttled,2026-09-21T14:13:20.000Z\r\n");
    }

    void jsonKeepsEveryByte_data()
    {
        QTest::addColumn<QByteArray>("key");
        QTest::addColumn<bool>("isText");
        QTest::newRow("plain") << QByteArray("user-17") << true;
        QTest::newRow("quotes and line ends") << QByteArray("\"\\\r\n\t") << true;
        QTest::newRow("null") << QByteArray("a\0b", 3) << true;
        QTest::newRow("letters") << QByteArray("søk-検索 😀") << true;
        QTest::newRow("a noncharacter") << QByteArray("\xEF\xBF\xBF") << true;
        QTest::newRow("empty") << QByteArray("") << true;
        QTest::newRow("byte order mark") << QByteArray("\xEF\xBB\xBFx") << false; // Qt would drop it
        QTest::newRow("stray byte") << QByteArray("a\xFF") << false;
        QTest::newRow("cut off") << QByteArray("a\xC3") << false;
        QTest::newRow("overlong") << QByteArray("\xC0\xAF") << false;
        QTest::newRow("surrogate") << QByteArray("\xED\xA0\x80") << false;
    }

    void jsonKeepsEveryByte()
    {
        QFETCH(QByteArray, key);
        QFETCH(bool, isText);
        const QJsonObject object = jsonOf(key.toStdString());
        QCOMPARE(object.contains(QStringLiteral("key_hex")), !isText);
        if (isText)
            QCOMPARE(object[QStringLiteral("key")].toString().toUtf8(), key);
        else
            QCOMPARE(QByteArray::fromHex(object[QStringLiteral("key_hex")].toString().toLatin1()), key);
        QCOMPARE(object[QStringLiteral("policy")].toString(), QStringLiteral("api"));
        QCOMPARE(object[QStringLiteral("rejected_per_s")].toDouble(), 1.5);
        QCOMPARE(object[QStringLiteral("state")].toString(), QStringLiteral("throttled"));
    }

    void whatIsUnknownIsNull()
    {
        KeyEntry unknown = entry("api", "a");
        unknown.row.lastSeen = {};
        unknown.row.rates.allowed = std::numeric_limits<double>::infinity();
        const QJsonObject object = QJsonDocument::fromJson(keysAsJsonLines({&unknown})).object();
        QVERIFY(object[QStringLiteral("last_seen")].isNull());
        QVERIFY(object[QStringLiteral("requests_per_s")].isNull());
    }

    void aFileIsReplacedWhole()
    {
        const QTemporaryDir folder;
        const QString path = folder.filePath(QStringLiteral("keys.csv"));
        QCOMPARE(writeExport(path, "one"), QString());
        QCOMPARE(writeExport(path, "two"), QString());
        QCOMPARE(contentOf(path), QByteArray("two"));
        QCOMPARE(QDir(folder.path()).entryList(QDir::Files).size(), 1);
    }

    void errorsSayWhatHappenedAndWhatToDo()
    {
        const QTemporaryDir folder;
        const QString full = folder.filePath(QStringLiteral("full.csv"));
        QVERIFY(QFile::link(QStringLiteral("/dev/full"), full));
        QCOMPARE(writeExport(full, "x"), full + QStringLiteral(" was not written: No space left on device. Free some space there, or choose another place."));
        QVERIFY(!QFileInfo(QStringLiteral("/dev/full")).isFile()); // still a device

        const QString missing = folder.filePath(QStringLiteral("none/keys.csv"));
        QCOMPARE(writeExport(missing, "x"), missing + QStringLiteral(" was not written: No such file or directory. Choose a folder that exists."));
        QVERIFY(writeExport(folder.path(), "x").contains(QStringLiteral("it is a folder. Choose another name.")));
    }

    void withoutTheRightNothingChanges()
    {
        // Nobody may write there, not even root, which may do anything in other places.
        const QString path = QStringLiteral("/proc/rateguard.csv");
        const QString said = writeExport(path, "x");
        QVERIFY2(said.startsWith(path + QStringLiteral(" was not written: ")), qPrintable(said));
        QVERIFY(!QFileInfo::exists(path));
    }
};

QTEST_GUILESS_MAIN(tst_KeyExport)
#include "tst_KeyExport.moc"
