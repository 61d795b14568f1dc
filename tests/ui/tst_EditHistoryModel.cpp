// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The RateGuard authors
#include "KeyDesk.h"
#include "models/EditHistoryModel.h"
#include "format/Text.h"

#include <QAbstractItemModelTester>
#include <QRandomGenerator>
#include <QSignalSpy>
#include <QTest>

#include <random>

using namespace rateguard;

namespace {

// The model, watched, with the history of the desk.
struct Shelf
{
    Shelf() { show(); }
    void show() { model.apply(std::make_shared<EditHistory>(desk.history), KeyDesk::now); }
    QString cell(int row, EditColumn column, int role = Qt::DisplayRole) const { return model.index(row, static_cast<int>(column)).data(role).toString(); }
    void comes(const char *author)
    {
        desk.history.entries.insert(desk.history.entries.begin(), {KeyDesk::now, "api", std::nullopt, 9, "", "9 enforce log 5/1000", author, "new"});
        desk.history.effects.insert(desk.history.effects.begin(), EditHistory::Effect());
        show();
    }

    KeyDesk desk;
    EditHistoryModel model;
    QAbstractItemModelTester tester {&model, QAbstractItemModelTester::FailureReportingMode::QtTest};
};

} // namespace

class tst_EditHistoryModel : public QObject
{
    Q_OBJECT

private slots:
    void initTestCase() { qputenv("TZ", "UTC"); }

    void showsWhoChangedWhatAndWhatItDid()
    {
        const Shelf shelf;
        QCOMPARE(shelf.model.rowCount(), 3);
        QCOMPARE(shelf.cell(0, EditColumn::Label), QStringLiteral("v3")); // as the flags on the charts
        QCOMPARE(shelf.cell(1, EditColumn::Label), QStringLiteral("k2"));
        QCOMPARE(shelf.cell(0, EditColumn::When), QStringLiteral("13:45:06"));
        QCOMPARE(shelf.cell(0, EditColumn::Author), QStringLiteral("ada@oncall-2"));
        QCOMPARE(shelf.cell(0, EditColumn::What), QStringLiteral("limit of search"));
        QCOMPARE(shelf.cell(0, EditColumn::Change), QStringLiteral("100/min → 60/min"));
        QCOMPARE(shelf.cell(0, EditColumn::Reason), QStringLiteral("scraper eats the index"));
        QCOMPARE(shelf.cell(0, EditColumn::Effect), QStringLiteral("▲ 12 → 840/min"));
        QCOMPARE(shelf.cell(1, EditColumn::What), QStringLiteral("scraper of search"));
        QCOMPARE(shelf.cell(0, EditColumn::Effect, Qt::ToolTipRole),
                 plainToolTip(QStringLiteral("▲ 12 → 840/min\nWhole policy, from Redis' minutes: 10 min before, 5 min after")));
        QVERIFY(shelf.cell(0, EditColumn::When, Qt::ToolTipRole).contains(QStringLiteral("1970-01-12 13:45:06 UTC, 94 s ago")));
    }

    void labelsStayWhenNewOnesCome()
    {
        Shelf shelf;
        shelf.comes("linus");
        QCOMPARE(shelf.cell(0, EditColumn::Label), QStringLiteral("v9"));
        QCOMPARE(shelf.cell(1, EditColumn::Label), QStringLiteral("v3"));
        QVERIFY(shelf.cell(1, EditColumn::Label, Qt::ToolTipRole).contains(QStringLiteral("v3: version 3 of the limit of search")));
        shelf.desk.history.entries[0] = {KeyDesk::now, "api", "alice", 0, "", "reset", "linus", ""};
        shelf.show();
        QCOMPARE(shelf.cell(0, EditColumn::Label), QStringLiteral("reset"));
    }

    void newOnesComeAboveAndTheOthersStay()
    {
        Shelf shelf;
        const QPersistentModelIndex second = shelf.model.index(1, 0);
        QSignalSpy resets(&shelf.model, &QAbstractItemModel::modelReset);
        shelf.comes("linus");
        QCOMPARE(second.row(), 2);
        QCOMPARE(shelf.cell(0, EditColumn::Author), QStringLiteral("linus"));
        shelf.desk.history.entries.pop_back(); // Redis forgot the oldest
        shelf.desk.history.effects.pop_back();
        shelf.comes("grace");
        QCOMPARE(second.row(), 3);
        QCOMPARE(shelf.model.rowCount(), 4);
        QCOMPARE(resets.size(), 0);
    }

    void theSameHistoryCostsNothing()
    {
        Shelf shelf;
        const auto same = std::make_shared<EditHistory>(shelf.desk.history);
        shelf.model.apply(same, KeyDesk::now);
        QSignalSpy changes(&shelf.model, &QAbstractItemModel::dataChanged);
        shelf.model.apply(same, KeyDesk::now + 1s);
        QCOMPARE(changes.size(), 0);
    }

    void effectsFollowTheirEdits()
    {
        Shelf shelf;
        shelf.desk.history.effects[0].rejectedAfter = 3;
        shelf.show();
        QCOMPARE(shelf.cell(0, EditColumn::Effect), QStringLiteral("▼ 12 → 3.0/min"));
        shelf.comes("linus");
        QCOMPARE(shelf.cell(1, EditColumn::Effect), QStringLiteral("▼ 12 → 3.0/min"));
        shelf.desk.history.effects.clear(); // of none
        shelf.show();
        QCOMPARE(shelf.cell(1, EditColumn::Effect), QStringLiteral("not known"));
        QCOMPARE(shelf.cell(1, EditColumn::Effect, Qt::ToolTipRole), plainToolTip(QStringLiteral("not known")));
    }

    void theFilterLooksAtAuthorPolicyKeyAndReason_data()
    {
        QTest::addColumn<QString>("filter");
        QTest::addColumn<int>("rows");
        QTest::newRow("none") << QString() << 3;
        QTest::newRow("author") << QStringLiteral("GRACE") << 2;
        QTest::newRow("key") << QStringLiteral("other") << 1;
        QTest::newRow("policy") << QStringLiteral("search") << 3;
        QTest::newRow("reason") << QStringLiteral("eats") << 1;
        QTest::newRow("all words") << QStringLiteral(" grace  robot ") << 1;
        QTest::newRow("nobody") << QStringLiteral("ada robot") << 0;
    }

    void theFilterLooksAtAuthorPolicyKeyAndReason()
    {
        QFETCH(QString, filter);
        QFETCH(int, rows);
        Shelf shelf;
        shelf.model.setFilter(filter);
        QCOMPARE(shelf.model.rowCount(), rows);
        QCOMPARE(shelf.model.edits(), std::size_t {3});
        shelf.comes("nobody we look for, of no search");
        shelf.model.setFilter({});
        QCOMPARE(shelf.model.rowCount(), 4);
    }

    void aKeySeesItsOwnAndThoseOfItsPolicy()
    {
        Shelf shelf;
        shelf.model.setSubject("search", "scraper");
        QCOMPARE(shelf.model.rowCount(), 2);
        shelf.comes("linus"); // of another policy
        QCOMPARE(shelf.model.rowCount(), 2);
    }

    void staysRightWhateverComesAndGoes()
    {
        const unsigned seed = QRandomGenerator::global()->generate();
        qInfo("seed %u", seed);
        std::mt19937 random(seed);
        Shelf shelf;
        for (int i = 0; i < 300; ++i) {
            auto &entries = shelf.desk.history.entries;
            switch (random() % 5) {
            case 0: shelf.comes(std::to_string(random() % 4).c_str()); break;
            case 1:
                if (!entries.empty())
                    entries.pop_back();
                break;
            case 2: std::shuffle(entries.begin(), entries.end(), random); break;
            case 3: shelf.model.setFilter(QString::number(random() % 4)); break;
            case 4: entries.resize(std::min<std::size_t>(entries.size(), random() % 30)); break;
            }
            shelf.show();
        }
        shelf.model.setFilter({});
        QCOMPARE(shelf.model.rowCount(), static_cast<int>(shelf.desk.history.entries.size()));
        for (int row = 0; row < shelf.model.rowCount(); ++row)
            QVERIFY(shelf.model.entryAt(row) == shelf.desk.history.entries[static_cast<std::size_t>(row)]);
    }

    void strangersBytesStayPlainText()
    {
        Shelf shelf;
        AuditEntry &entry = shelf.desk.history.entries[0];
        for (std::string *text : {&entry.policy, &entry.author, &entry.reason, &entry.before, &entry.after})
            *text = hostile();
        entry.key = hostile();
        shelf.show();
        for (int column = 0; column < shelf.model.columnCount(); ++column) {
            const QString text = shelf.cell(0, static_cast<EditColumn>(column));
            const QString tip = shelf.cell(0, static_cast<EditColumn>(column), Qt::ToolTipRole);
            QVERIFY(text.size() < 1000 && tip.size() < 4000);
            QVERIFY(!text.contains(QLatin1Char('\n')) && !text.contains(QChar(0x202E)));
            QVERIFY(!tip.contains(QStringLiteral("<img")));
        }
        shelf.model.setFilter(QStringLiteral("passwd"));
        QCOMPARE(shelf.model.rowCount(), 1);
    }
};

QTEST_GUILESS_MAIN(tst_EditHistoryModel)
#include "tst_EditHistoryModel.moc"
