// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The RateGuard authors
#include "KeyDesk.h"
#include "format/Text.h"
#include "widgets/HistoryPage.h"

#include <QLabel>
#include <QLineEdit>
#include <QPushButton>
#include <QRandomGenerator>
#include <QScrollArea>
#include <QScrollBar>
#include <QSignalSpy>
#include <QTableView>
#include <QTest>

#include <random>

using namespace rateguard;
using Status = EditOutcome::Status;

namespace {

// The page with the history of the desk, and what it asked for.
struct Bench
{
    explicit Bench(bool readOnly = false)
    {
        page.setEnvironment(Environment::Development); // asks nothing
        page.setReadOnly(readOnly);
        QObject::connect(&page, &HistoryPage::editRequested, &page, [this](const LimitEdit &edit) { edits.push_back(edit); });
        QObject::connect(&page, &HistoryPage::overrideRequested, &page, [this](const OverrideEdit &edit) { keyEdits.push_back(edit); });
        page.resize(1000, 600);
        page.show();
        show();
    }
    void show() { page.apply(desk.snapshot()); }
    void select(int row)
    {
        table()->selectRow(row);
        show();
    }
    void comes()
    {
        desk.history.entries.insert(desk.history.entries.begin(), {KeyDesk::now, "api", std::nullopt, 9, "", "9 enforce log 5/1000", "linus", "new"});
        desk.history.effects.insert(desk.history.effects.begin(), EditHistory::Effect());
        show();
    }
    QTableView *table() const { return find<QTableView>("historyTable"); }
    template <typename Widget>
    Widget *find(const char *name) const { return page.findChild<Widget *>(QString::fromLatin1(name)); }
    QString text(const char *label) const { return find<QLabel>(label)->text(); }
    bool shows(const char *label) const { return find<QLabel>(label)->isVisible(); }

    KeyDesk desk;
    HistoryPage page {nullptr};
    std::vector<LimitEdit> edits;
    std::vector<OverrideEdit> keyEdits;
};

} // namespace

class tst_HistoryPage : public QObject
{
    Q_OBJECT

private slots:
    void anEditOfAnotherRedisIsNotKept()
    {
        Bench bench;
        bench.select(2);
        QCOMPARE(bench.table()->currentIndex().row(), 2);
        Snapshot other = bench.desk.snapshot();
        other.link.endpoint = "redis://elsewhere:6379";
        bench.page.apply(other);
        QCOMPARE(bench.table()->currentIndex().row(), 0);
        QCOMPARE(bench.text("editTitle"), QStringLiteral("limit of search, v3"));
    }

    void theNewestEditIsShownFirst()
    {
        const Bench bench;
        QCOMPARE(bench.table()->currentIndex().row(), 0);
        QCOMPARE(bench.text("editTitle"), QStringLiteral("limit of search, v3"));
        QCOMPARE(bench.text("editReason"), QStringLiteral("“scraper eats the index”"));
        QVERIFY(bench.text("editAuthor").contains(QStringLiteral("by ada@oncall-2, 94 s ago")));
        QCOMPARE(bench.text("beforeLabel1"), QStringLiteral("100 per min"));
        QCOMPARE(bench.text("afterLabel1"), QStringLiteral("→ 60 per min"));
        QVERIFY(bench.text("editEffect").startsWith(QStringLiteral("▲")));
        QCOMPARE(bench.text("revertDiff"), QStringLiteral("Revert: 60/min enforce, v3 → 100/min enforce"));
        QCOMPARE(bench.text("historyCount"), QStringLiteral("3 edits"));
    }

    void whatTheEffectIsMeasuredOfStandsBelowIt()
    {
        Bench bench;
        bench.select(1);
        auto *bars = bench.find<QWidget>("effectBars");
        QVERIFY(bench.text("editEffect").startsWith(QStringLiteral("not known\nThe key's own decisions of then are not known here")));
        QCOMPARE(bars->accessibleDescription(), QStringLiteral("Before: not known. After: not known."));
        auto &effect = bench.desk.history.effects[1];
        effect = {840, 12, 900, 870, 45s, 20s, EditHistory::Basis::Key, EditHistory::End {EditHistory::End::Cause::Edit, false, 3, 20s}};
        bench.show();
        QCOMPARE(bench.text("editEffect"), QStringLiteral("▼ 840 → 12/min\nThis key alone, heard by this window: 45 s before, 20 s after; overtaken by k3 after 20 s"));
        QCOMPARE(bars->accessibleDescription(), QStringLiteral("Before: rejected 840 of 900 per min, over 45 s. After: rejected 12 of 870 per min, over 20 s."));
        effect.basis = EditHistory::Basis::Minutes;
        effect.before = effect.after = 10min;
        bench.show();
        QVERIFY(bench.text("editEffect").startsWith(QStringLiteral("whole policy 840 → 12/min\nWhole policy, from Redis' minutes"))); // no trend of one key
        QVERIFY(bars->accessibleDescription().endsWith(QStringLiteral("per min, over 10 min.")));
    }

    // Whatever the effect, whenever it changes, and while the filter hides the row.
    void theListAndTheDetailSayTheSame()
    {
        const unsigned seed = QRandomGenerator::global()->generate();
        qInfo("seed %u", seed);
        std::mt19937 random(seed);
        const auto oneIn = [&random](unsigned n) { return random() % n == 0; };
        Bench bench;
        for (int i = 0; i < 400; ++i) {
            for (auto &effect : bench.desk.history.effects) {
                effect = {double(random() % 900), double(random() % 900), 900, 900, std::chrono::seconds(random() % 70), std::chrono::seconds(oneIn(3) ? 0 : random() % 70)};
                effect.basis = static_cast<EditHistory::Basis>(random() % 3);
                effect.isOpen = oneIn(2);
                if (oneIn(2))
                    effect.end = EditHistory::End {EditHistory::End::Cause::Edit, oneIn(2), random() % 3, 20s, oneIn(2) ? std::optional<std::string>("nightly") : std::nullopt};
                if (oneIn(3))
                    effect.expected = KeyDesk::now + 5s;
                if (oneIn(3))
                    effect.without = {"nightly"};
            }
            bench.find<QLineEdit>("historyFilter")->setText(oneIn(3) ? QStringLiteral("nobody") : QString());
            bench.select(static_cast<int>(random() % 3));
            bench.find<QLineEdit>("historyFilter")->clear();
            const int row = bench.table()->currentIndex().row();
            const QAbstractItemModel &model = *bench.table()->model();
            const QModelIndex index = model.index(row, static_cast<int>(EditColumn::Effect));
            QCOMPARE(bench.text("editEffect").section(QLatin1Char('\n'), 0, 0), index.data().toString());
            QCOMPARE(plainToolTip(bench.text("editEffect")), index.data(Qt::ToolTipRole).toString());
        }
    }

    void columnsAreWiderWhereReasonsKeepTheirRoom()
    {
        Bench bench;
        const auto width = [&bench](EditColumn column) { return bench.table()->columnWidth(static_cast<int>(column)); };
        const auto narrow = width(EditColumn::What);
        const auto effect = width(EditColumn::Effect);
        for (const int pixels : {1500, 1000, 1500}) {
            bench.page.resize(pixels, 600);
            bench.show();
            QCOMPARE(width(EditColumn::What) > narrow, pixels == 1500);
            QVERIFY(pixels == 1500 ? width(EditColumn::Effect) > effect : width(EditColumn::Effect) == effect);
            QVERIFY(width(EditColumn::Reason) > 0);
            int all = 0;
            for (int column = 0; column < bench.table()->model()->columnCount(); ++column)
                all += bench.table()->columnWidth(column);
            QCOMPARE(all, bench.table()->viewport()->width());
        }
        // At every width: wide only with room for a reason.
        for (int pixels = 1000; pixels <= 1500; pixels += 10) {
            bench.page.resize(pixels, 600);
            bench.show();
            if (width(EditColumn::What) > narrow)
                QVERIFY(width(EditColumn::Reason) > bench.table()->fontMetrics().horizontalAdvance(QStringLiteral("scraper eats the index")));
        }
    }

    void theSelectionIsAnEditNotARow()
    {
        Bench bench;
        bench.select(1);
        QCOMPARE(bench.text("editTitle"), QStringLiteral("scraper of search, k2"));
        bench.comes();
        QCOMPARE(bench.table()->currentIndex().row(), 2);
        QCOMPARE(bench.text("editTitle"), QStringLiteral("scraper of search, k2"));
        bench.find<QLineEdit>("historyFilter")->setText(QStringLiteral("ada")); // hides it
        bench.show();
        QCOMPARE(bench.text("editTitle"), QStringLiteral("scraper of search, k2"));
        QVERIFY(!bench.table()->selectionModel()->hasSelection());
        bench.find<QLineEdit>("historyFilter")->clear();
        QCOMPARE(bench.table()->currentIndex().row(), 2);
    }

    void aFilterThatFitsNothingSaysSo()
    {
        Bench bench;
        bench.page.activateWindow();
        bench.find<QLineEdit>("historyFilter")->setFocus();
        QVERIFY(QTest::qWaitForWindowActive(&bench.page));
        bench.find<QLineEdit>("historyFilter")->setText(QStringLiteral("nobody"));
        QVERIFY(bench.shows("historyNoMatch"));
        QCOMPARE(bench.text("historyCount"), QStringLiteral("0 of 3 edits"));
        QTest::keyClick(bench.find<QLineEdit>("historyFilter"), Qt::Key_Escape);
        QVERIFY(!bench.shows("historyNoMatch"));
        QVERIFY(bench.table()->isVisible());
    }

    void revertingALimitIsAnEditAgainstWhatRedisHolds()
    {
        Bench bench;
        bench.find<QPushButton>("revertEditButton")->click();
        QCOMPARE(bench.edits.size(), std::size_t {1});
        const LimitEdit &edit = bench.edits[0];
        QVERIFY(edit.limit == Limits(100, 1min));
        QCOMPARE(edit.expectedVersion.value(), 3ULL);
        QVERIFY(edit.id >= std::uint64_t {1} << 33 && edit.id < LimitEdit::firstRestoreId);
        QCOMPARE(edit.reason, std::string("reverts v3"));
        QVERIFY(edit.author.find('@') != std::string::npos);
        QVERIFY(bench.text("revertOutcomeLabel").startsWith(QStringLiteral("…")));
        QVERIFY(!bench.find<QPushButton>("revertEditButton")->isEnabled());
    }

    void revertingAnOverrideSendsWhatHeldBefore()
    {
        Bench bench;
        bench.desk.overrides.all = {{"search", "scraper", {Override::Kind::Ban, {}, std::nullopt, 8}}};
        bench.show();
        bench.select(1);
        QCOMPARE(bench.text("revertDiff"), QStringLiteral("Revert: banned until lifted, k8 → exempt until lifted"));
        bench.find<QLineEdit>("revertReasonEdit")->setText(QStringLiteral("they are nice"));
        bench.find<QPushButton>("revertEditButton")->click();
        QCOMPARE(bench.keyEdits.size(), std::size_t {1});
        QVERIFY(bench.keyEdits[0].kind == Override::Kind::Exempt);
        QCOMPARE(bench.keyEdits[0].expectedVersion.value(), 8ULL);
        QCOMPARE(bench.keyEdits[0].reason, std::string("they are nice"));
    }

    void enterOpensTheRowAtOnceAndNotTheOneBefore()
    {
        Bench bench;
        QSignalSpy keys(&bench.page, &HistoryPage::keyChosen);
        QSignalSpy policies(&bench.page, &HistoryPage::policyChosen);
        bench.table()->setFocus();
        QTest::keyClick(bench.table(), Qt::Key_Down); // to the edit of a key; no snapshot has come since
        QTest::keyClick(bench.table(), Qt::Key_Return);
        QCOMPARE(policies.size(), 0);
        QCOMPARE(keys.size(), 1);
        QCOMPARE(keys.at(0).at(1).value<std::string>(), std::string("scraper"));
    }

    void aRevertNamesTheEditAsTheHistoryDoes()
    {
        Bench bench;
        bench.desk.overrides.all = {{"search", "scraper", {Override::Kind::Ban, {}, std::nullopt, 8}}};
        bench.show();
        bench.select(1);
        QCOMPARE(bench.text("editTitle"), QStringLiteral("scraper of search, k2"));
        bench.find<QPushButton>("revertEditButton")->click();
        QCOMPARE(bench.keyEdits.at(0).reason, std::string("reverts k2"));
    }

    void theOutcomeStaysWithTheEditThatWasReverted()
    {
        Bench bench;
        bench.find<QPushButton>("revertEditButton")->click();
        bench.page.hide();
        Snapshot snapshot = bench.desk.snapshot();
        EditOutcome outcome;
        outcome.id = bench.edits.at(0).id;
        outcome.status = Status::Conflict;
        outcome.after = {{80, 1min}, Mode::Enforce, 4};
        snapshot.edits.push_back(outcome);
        bench.page.apply(snapshot); // while nobody looks
        bench.page.show();
        bench.show();
        QVERIFY(bench.text("revertOutcomeLabel").startsWith(QStringLiteral("≠")));
        QVERIFY(bench.shows("revertOutcomeLabel"));
        bench.select(1);
        QVERIFY(!bench.shows("revertOutcomeLabel"));
        bench.select(0);
        QVERIFY(bench.shows("revertOutcomeLabel"));
        QVERIFY(bench.find<QPushButton>("revertEditButton")->isEnabled());
    }

    void aReasonStaysUntilTheRevertWasMade()
    {
        Bench bench;
        auto *why = bench.find<QLineEdit>("revertReasonEdit");
        why->setText(QStringLiteral("too tight"));
        for (const Status status : {Status::Refused, Status::Conflict, Status::Applied}) {
            bench.find<QPushButton>("revertEditButton")->click();
            Snapshot snapshot = bench.desk.snapshot();
            EditOutcome outcome;
            outcome.id = bench.edits.back().id;
            outcome.status = status;
            snapshot.edits.push_back(outcome);
            bench.page.apply(snapshot);
            QCOMPARE(bench.edits.back().reason, std::string("too tight"));
            QCOMPARE(why->text(), status == Status::Applied ? QString() : QStringLiteral("too tight"));
        }
        QVERIFY(bench.shows("revertOutcomeLabel"));
        Snapshot later = bench.desk.snapshot();
        later.now += 59s;
        bench.page.apply(later);
        QVERIFY(bench.shows("revertOutcomeLabel"));
        later.now += 1s; // the edit itself is read in the history by now
        bench.page.apply(later);
        QVERIFY(!bench.shows("revertOutcomeLabel"));
    }

    void aRevertedOverridesOutcomeIsSaid()
    {
        Bench bench;
        bench.select(1);
        bench.find<QPushButton>("revertEditButton")->click();
        Snapshot snapshot = bench.desk.snapshot();
        OverrideOutcome outcome;
        outcome.id = bench.keyEdits.at(0).id;
        outcome.status = Status::Unknown;
        outcome.message = "Look at the key.";
        snapshot.keyEdits.push_back(outcome);
        bench.page.apply(snapshot);
        QVERIFY(bench.text("revertOutcomeLabel").startsWith(QStringLiteral("?")));
        QVERIFY(bench.text("revertOutcomeLabel").contains(QStringLiteral("Look at the key.")));
    }

    void whatCannotBeRevertedSaysWhy()
    {
        Bench bench;
        bench.select(2); // a ban that is gone by now
        QVERIFY(!bench.find<QPushButton>("revertEditButton")->isEnabled());
        QVERIFY(bench.text("revertDiff").contains(QStringLiteral("nothing to revert")));
        QVERIFY(bench.find<QPushButton>("revertEditButton")->toolTip().contains(QStringLiteral("nothing to revert")));
    }

    void whoMayOnlyWatchSeesWhy()
    {
        Bench bench(true);
        QVERIFY(!bench.find<QPushButton>("revertEditButton")->isEnabled());
        QVERIFY(bench.text("revertDiff").contains(QStringLiteral("Read-only")));
    }

    void aLostLinkGreysAndItsReturnUngreys()
    {
        Bench bench;
        Snapshot lost = bench.desk.snapshot();
        lost.link.state = LinkState::Lost;
        bench.page.apply(lost);
        QVERIFY(bench.text("revertDiff").contains(QStringLiteral("Not connected")));
        lost.link.state = LinkState::Live;
        bench.page.apply(lost);
        QCOMPARE(bench.text("revertDiff"), QStringLiteral("Revert: 60/min enforce, v3 → 100/min enforce"));
        QVERIFY(bench.find<QPushButton>("revertEditButton")->isEnabled());
    }

    void leadsToThePolicyAndToTheKey()
    {
        Bench bench;
        QSignalSpy policies(&bench.page, &HistoryPage::policyChosen);
        QSignalSpy keys(&bench.page, &HistoryPage::keyChosen);
        bench.find<QPushButton>("openEditButton")->click();
        QCOMPARE(policies.at(0).at(0).value<std::string>(), std::string("search"));
        bench.select(1);
        bench.find<QPushButton>("openEditButton")->click();
        QCOMPARE(keys.at(0).at(1).value<std::string>(), std::string("scraper"));
    }

    void nothingIsCutHoweverMuchThereIsToSay_data()
    {
        QTest::addColumn<QSize>("size");
        QTest::newRow("window of 1024 x 640") << QSize(877, 497);
        QTest::newRow("with two banners") << QSize(877, 400);
        QTest::newRow("window of 1440 x 900") << QSize(1293, 757);
    }
    void nothingIsCutHoweverMuchThereIsToSay()
    {
        QFETCH(QSize, size);
        Bench bench;
        bench.page.resize(size);
        AuditEntry &edit = bench.desk.history.entries[1];
        edit.reason = "the importer of the partner asks for every page twice since their release of Thursday, and nobody there answers the phone; "
                      "until they do, half of what the others get has to be enough for them as well";
        edit.before = "1 limit 0 100/60000";
        edit.after = "2 limit 900000000000 1/1000 30/60000 1000/3600000";
        bench.desk.history.effects[1] = {840, 12, 900, 870, 45s, 20s, EditHistory::Basis::Key, EditHistory::End {EditHistory::End::Cause::Edit, true, 3, 20s}};
        bench.show();
        bench.select(1);
        bench.find<QPushButton>("revertEditButton")->click();
        QCOMPARE(bench.keyEdits.size(), std::size_t {1});
        Snapshot snapshot = bench.desk.snapshot();
        OverrideOutcome outcome;
        outcome.id = bench.keyEdits.at(0).id;
        outcome.status = Status::Unknown;
        outcome.message = "Redis has not answered for 3 s: the edit may have been made. It is looked up as soon as Redis answers, and this line then says "
                          "what became of it, whoever else has changed the key in between.";
        snapshot.keyEdits.push_back(outcome);
        bench.page.apply(snapshot);
        QVERIFY(bench.shows("revertOutcomeLabel"));
        const auto *below = bench.page.findChild<QScrollArea *>();
        const QWidget *line = bench.find<QWidget>("revertOutcomeLabel");
        const auto isInside = [](const QWidget *part, const QWidget *whole) { return whole->rect().contains(QRect(part->mapTo(whole, QPoint(0, 0)), part->size())); };
        QTRY_VERIFY(isInside(below, &bench.page) && isInside(line, below->viewport()));
        QVERIFY2(size.height() < 450 || below->verticalScrollBar()->maximum() == 0, "a usual window has room for all of it");
        QVERIFY(bench.find<QWidget>("historyTable")->height() >= 100);
        const QWidget *detail = bench.find<QWidget>("effectBars")->parentWidget();
        for (const QWidget *part : detail->findChildren<QWidget *>()) {
            if (part->isHidden() || part->size().isEmpty())
                continue;
            const QByteArray name = part->objectName().toUtf8() + ' ' + part->metaObject()->className();
            QVERIFY2(part->parentWidget()->rect().contains(part->geometry()), name);
            const auto *label = qobject_cast<const QLabel *>(part);
            const int needed = label && label->wordWrap() ? label->heightForWidth(label->width()) : part->minimumSizeHint().height();
            QVERIFY2(part->height() >= needed, name + ' ' + QByteArray::number(part->height()) + " of " + QByteArray::number(needed));
        }
    }

    void emptyUnreadAndBrokenAreNotTheSame()
    {
        Bench bench;
        HistoryPage page(nullptr);
        page.show();
        const auto hint = [&] { return page.findChild<QLabel *>(QStringLiteral("historyHint"))->text(); };
        Snapshot snapshot = bench.desk.snapshot();
        snapshot.history.reset();
        page.apply(snapshot);
        QCOMPARE(hint(), QStringLiteral("Reading the history…"));
        snapshot.link.state = LinkState::Lost;
        page.apply(snapshot);
        QCOMPARE(hint(), QStringLiteral("Not connected"));
        EditHistory none;
        none.isComplete = true;
        snapshot.history = std::make_shared<EditHistory>(none);
        page.apply(snapshot);
        QCOMPARE(hint(), QStringLiteral("No edits yet"));
        none.error = "This user may not read the audit.";
        snapshot.history = std::make_shared<EditHistory>(none);
        page.apply(snapshot);
        QCOMPARE(hint(), QStringLiteral("The history could not be read"));
        bench.desk.history.error = "Redis went away.";
        bench.desk.history.isComplete = false;
        bench.show();
        QVERIFY(bench.text("historyTrouble").contains(QStringLiteral("Redis went away.")));
        QVERIFY(bench.text("historyCount").contains(QStringLiteral("there are older ones")));
    }

    void strangersBytesAreDrawnAsPlainText()
    {
        Bench bench;
        for (AuditEntry &entry : bench.desk.history.entries) {
            for (std::string *text : {&entry.policy, &entry.author, &entry.reason, &entry.before, &entry.after})
                *text = hostile();
            entry.key = hostile();
        }
        bench.desk.history.error = hostile();
        bench.show();
        bench.select(0);
        const auto labels = bench.page.findChildren<QLabel *>();
        for (const QLabel *label : labels) {
            QCOMPARE(label->textFormat(), Qt::PlainText);
            QVERIFY2(label->text().size() < 1500, qPrintable(label->objectName()));
            QVERIFY(!label->text().contains(QChar(0x202E)));
            QVERIFY(!label->toolTip().contains(QStringLiteral("<img")));
        }
    }
};

QTEST_MAIN(tst_HistoryPage)
#include "tst_HistoryPage.moc"
