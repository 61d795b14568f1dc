// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The RateGuard authors
#include "models/ConnectionBook.h"

#include <QFile>
#include <QJsonDocument>
#include <QSettings>
#include <QTemporaryDir>
#include <QTest>

#include <memory>

using namespace rateguard;

class tst_ConnectionBook : public QObject
{
    Q_OBJECT

    std::unique_ptr<QTemporaryDir> m_folder;

    QString file() const { return m_folder->filePath(QStringLiteral("rateguard.conf")); }
    std::unique_ptr<QSettings> settings() const { return std::make_unique<QSettings>(file(), QSettings::IniFormat); }
    QByteArray bytes() const
    {
        QFile file(this->file());
        return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
    }
    static Place payments()
    {
        return {{}, QStringLiteral("Payments \"EU\" ✓"), QStringLiteral("redis://10.0.0.7:6379/2"), QStringLiteral("on-call"), Environment::Production, true, true};
    }

private slots:
    void init() { m_folder = std::make_unique<QTemporaryDir>(); }

    void keepsEverythingOverARestart()
    {
        Place saved;
        {
            const auto store = settings();
            ConnectionBook book(*store);
            QCOMPARE(book.trouble(), QString());
            saved = book.save(payments());
            QVERIFY(saved.isSaved());
            book.save({{}, QStringLiteral("laptop"), QStringLiteral("unix:///run/redis.sock")});
        }
        const auto store = settings();
        ConnectionBook book(*store);
        QCOMPARE(book.places().size(), std::size_t {2});
        QCOMPARE(book.withId(saved.id), std::optional(saved));
        QCOMPARE(book.named(QStringLiteral("LAPTOP"))->url, QStringLiteral("unix:///run/redis.sock"));
        QCOMPARE(book.named(QStringLiteral("nobody")), std::nullopt);
        QCOMPARE(book.trouble(), QString());
        QCOMPARE(QFile::permissions(file()) & (QFile::ReadGroup | QFile::ReadOther | QFile::WriteGroup | QFile::WriteOther), QFile::Permissions());
    }

    void savesOverTheOldOneAndForgets()
    {
        const auto store = settings();
        ConnectionBook book(*store);
        Place place = book.save(payments());
        place.name = QStringLiteral("Other");
        QCOMPARE(book.save(place), place);
        QCOMPARE(book.places(), std::vector<Place> {place});
        book.remove(place.id);
        QVERIFY(book.places().empty());
        QVERIFY(ConnectionBook(*store).places().empty());
    }

    void neverWritesASecret()
    {
        const auto store = settings();
        ConnectionBook book(*store);
        Place place = payments();
        place.url = QStringLiteral("redis://ann:hunter2@10.0.0.7:6379");
        QCOMPARE(book.save(place).url, QStringLiteral("redis://10.0.0.7:6379"));
        book.noteRecent(QStringLiteral("redis://:hunter2@a:1"));
        book.noteRecent(QStringLiteral("unix://bob:hunter2@/run/redis.sock"));
        book.noteRecent(QStringLiteral("redis://:hunter2@hunter2/@a:1")); // not encoded as it should be
        store->sync();
        QVERIFY(bytes().contains("10.0.0.7"));
        QVERIFY2(!bytes().contains("hunter2"), bytes().constData());
        QCOMPARE(book.recent(), (QStringList {QStringLiteral("redis://a:1"), QStringLiteral("unix:///run/redis.sock")}));
    }

    void remembersTheLastFiveAddresses()
    {
        const auto store = settings();
        ConnectionBook book(*store);
        for (int i = 0; i < 7; ++i)
            book.noteRecent(QStringLiteral("redis://host:%1").arg(i + 1));
        book.noteRecent(QStringLiteral("redis://host:4"));
        QCOMPARE(book.recent().size(), ConnectionBook::maxRecent);
        QCOMPARE(book.recent().first(), QStringLiteral("redis://host:4"));
        QCOMPARE(book.recent().count(QStringLiteral("redis://host:4")), 1);
    }

    void keepsWhatALaterVersionWrote()
    {
        const auto store = settings();
        store->setValue(QStringLiteral("connections"),
                        QString::fromUtf8("{\"version\":9,\"tags\":[\"x\"],\"connections\":[{\"id\":\"1\",\"name\":\"a\",\"url\":\"redis://a:1\",\"colour\":\"teal\"}]}"));
        ConnectionBook book(*store);
        QCOMPARE(book.places().size(), std::size_t {1});
        Place place = book.places().front();
        place.readOnly = true;
        book.save(place);
        const auto whole = QJsonDocument::fromJson(store->value(QStringLiteral("connections")).toString().toUtf8());
        QCOMPARE(whole[QLatin1String("version")].toInt(), 9);
        QCOMPARE(whole[QLatin1String("tags")].toArray().size(), 1);
        const QJsonValue entry = whole[QLatin1String("connections")][0];
        QCOMPARE(entry[QLatin1String("colour")].toString(), QStringLiteral("teal"));
        QVERIFY(entry[QLatin1String("readOnly")].toBool());
    }

    void tellsOfADamagedEntryAndKeepsIt()
    {
        const auto store = settings();
        store->setValue(QStringLiteral("connections"),
                        QString::fromUtf8("{\"version\":1,\"connections\":[{\"id\":\"1\",\"name\":\"a\",\"url\":\"redis://a:1\"},{\"name\":\"lost\"},7]}"));
        ConnectionBook book(*store);
        QCOMPARE(book.places().size(), std::size_t {1});
        QVERIFY2(book.trouble().contains(QLatin1Char('2')) && book.trouble().contains(file()), qPrintable(book.trouble()));
        book.save(payments());
        QVERIFY(store->value(QStringLiteral("connections")).toString().contains(QStringLiteral("lost")));
        const ConnectionBook again(*store);
        QCOMPARE(again.places().size(), std::size_t {2});
        QVERIFY(!again.trouble().isEmpty());
    }

    void putsAsideWhatIsNoListAtAll()
    {
        const auto store = settings();
        store->setValue(QStringLiteral("connections"), QStringLiteral("{broken"));
        ConnectionBook book(*store);
        QVERIFY(book.places().empty());
        QVERIFY(book.trouble().contains(QStringLiteral("connectionsDamaged")));
        book.save(payments());
        QCOMPARE(store->value(QStringLiteral("connectionsDamaged")).toString(), QStringLiteral("{broken"));
        QCOMPARE(ConnectionBook(*store).places().size(), std::size_t {1});
    }

    void anAddressMeansTheMostCarefulOfItsPlaces()
    {
        const auto store = settings();
        ConnectionBook book(*store);
        book.save({{}, QStringLiteral("a"), QStringLiteral("redis://a:1"), {}, Environment::Test});
        book.save({{}, QStringLiteral("b"), QStringLiteral("redis://a:1"), {}, Environment::Production});
        QCOMPARE(book.at(QStringLiteral("redis://:x@a:1"))->environment, Environment::Production);
        QCOMPARE(book.at(QStringLiteral("redis://b:1")), std::nullopt);
        QVERIFY(!book.at(QStringLiteral("redis://a:1"))->readOnly);
        book.save({{}, QStringLiteral("c"), QStringLiteral("redis://a:1"), {}, Environment::Unmarked, true});
        QCOMPARE(book.at(QStringLiteral("redis://a:1"))->environment, Environment::Production);
        QVERIFY(book.at(QStringLiteral("redis://a:1"))->readOnly);
    }

    void aSecretIsFoundWithoutASchemeToo()
    {
        QCOMPARE(withoutSecret(QStringLiteral("user:se@cret@host:6379")), QStringLiteral("host:6379"));
        QCOMPARE(withoutSecret(QStringLiteral("rediss://user:se@cret@host:6379")), QStringLiteral("rediss://host:6379"));
        QCOMPARE(withoutSecret(QStringLiteral("host:6379")), QStringLiteral("host:6379"));
    }
};

QTEST_GUILESS_MAIN(tst_ConnectionBook)
#include "tst_ConnectionBook.moc"
