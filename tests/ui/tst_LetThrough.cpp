// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The RateGuard authors
#include "BusyTraffic.h"
#include "WindowParts.h"
#include "models/BulkPlan.h"
#include "models/LetThroughWords.h"
#include "models/TimeWords.h"
#include "widgets/Dashboard.h"
#include "widgets/LetThroughStrip.h"

#include <QLabel>
#include <QListWidget>
#include <QPushButton>
#include <QTest>

using namespace rateguard;
using namespace std::chrono_literals;

namespace {

void open(Snapshot &snapshot, std::size_t policy, Duration span, Mode mode = Mode::Off, Mode after = Mode::Enforce)
{
    Rule &rule = snapshot.policies[policy].rule;
    rule.mode = mode;
    rule.until = snapshot.now + span;
    rule.after = after;
}

void sign(Snapshot &snapshot, std::size_t policy, const char *author, const char *reason = "")
{
    auto history = std::make_shared<EditHistory>(*snapshot.history);
    const PolicyRow &row = snapshot.policies[policy];
    history->entries.insert(history->entries.begin(), {snapshot.now, row.name, std::nullopt, row.rule.version, "", "", author, reason});
    snapshot.history = history;
}

std::shared_ptr<Snapshot> calm()
{
    static BusyTraffic traffic;
    auto snapshot = traffic.next();
    snapshot->history = std::make_shared<EditHistory>();
    return snapshot;
}

} // namespace

class tst_LetThrough : public QObject
{
    Q_OBJECT

private slots:
    void saysWhichUntilWhenAndByWhom()
    {
        auto snapshot = calm();
        QCOMPARE(LetThroughWords::of(*snapshot).count, 0); // shadow mode without an end is nobody's timer
        open(*snapshot, 0, 12min, Mode::Off, Mode::Shadow);
        const QString until = shortTimeText(snapshot->now + 12min, snapshot->now);
        QCOMPARE(LetThroughWords::of(*snapshot).text, QStringLiteral("⚠ 1 of 3 policies lets everything through until %1 (12 min left): api (off, then shadow).").arg(until));
        sign(*snapshot, 0, "ada@oncall", "limiter <b>mad</b>");
        const LetThroughWords words = LetThroughWords::of(*snapshot);
        QVERIFY2(words.text.endsWith(QStringLiteral("Set by ada@oncall.")), qPrintable(words.text));
        QVERIFY2(words.details.contains(QStringLiteral("api: off, ends in 12 min, then shadow; set by ada@oncall at ")), qPrintable(words.details));
        QVERIFY(words.details.endsWith(QStringLiteral(": limiter <b>mad</b>")));
        auto later = std::make_shared<EditHistory>(*snapshot->history);
        later->entries.front().version = 99; // an edit that is not the one in force says nothing of it
        snapshot->history = later;
        QVERIFY(!LetThroughWords::of(*snapshot).text.contains(QStringLiteral("Set by")));
        snapshot->history = nullptr;
        QVERIFY(!LetThroughWords::of(*snapshot).text.contains(QStringLiteral("Set by")));
    }

    void saysOfManyWhatTheyHaveInCommon()
    {
        auto snapshot = calm();
        open(*snapshot, 0, 15min);
        open(*snapshot, 2, 15min);
        sign(*snapshot, 0, "ada");
        sign(*snapshot, 2, "ada");
        QString text = LetThroughWords::of(*snapshot).text;
        QVERIFY2(text.startsWith(QStringLiteral("⚠ 2 of 3 policies let everything through until ")), qPrintable(text));
        QVERIFY2(text.endsWith(QStringLiteral(" (15 min left): api, search (off, then enforce). Set by ada.")), qPrintable(text));
        open(*snapshot, 1, 45min, Mode::Shadow);
        sign(*snapshot, 1, "bob");
        text = LetThroughWords::of(*snapshot).text;
        QVERIFY2(text.startsWith(QStringLiteral("⚠ All 3 policies let everything through until ")), qPrintable(text));
        QVERIFY2(text.endsWith(QStringLiteral(" (15 min left), the last of them until %1: api, search (off, then enforce); checkout (shadow, then enforce). Set by ada, bob.").arg(shortTimeText(snapshot->now + 45min, snapshot->now))), qPrintable(text));
        QVERIFY2(text.startsWith(QStringLiteral("⚠ All 3 policies let everything through until %1 (").arg(shortTimeText(snapshot->now + 15min, snapshot->now))), qPrintable(text));
        PolicyRow more = snapshot->policies[0];
        for (int i = 0; i < 30; ++i) {
            more.name = "more-" + std::to_string(i);
            snapshot->policies.push_back(more);
        }
        const LetThroughWords words = LetThroughWords::of(*snapshot);
        QVERIFY2(words.text.contains(QStringLiteral("; and 30 more.")), qPrintable(words.text));
        QVERIFY(words.details.count(QLatin1Char('\n')) <= 20);
    }

    void namesAsManyAsOneLineHasRoomFor()
    {
        LetThroughStrip strip(false, nullptr);
        auto snapshot = calm();
        PolicyRow row = snapshot->policies[0];
        snapshot->policies.clear();
        for (int i = 0; i < 6; ++i) {
            row.name = "policy-" + std::to_string(i);
            snapshot->policies.push_back(row);
            open(*snapshot, static_cast<std::size_t>(i), 15min);
        }
        strip.resize(700, 40);
        strip.apply(*snapshot);
        strip.show();
        const auto *label = strip.findChild<QLabel *>(QStringLiteral("letThroughLabel"));
        QVERIFY2(label->text().contains(QStringLiteral("; and 3 more.")), qPrintable(label->text()));
        strip.resize(4000, 40);
        QVERIFY2(label->text().contains(QStringLiteral("policy-5 (off, then enforce).")), qPrintable(label->text()));
        strip.resize(900, 40);
        QVERIFY2(label->text().contains(QStringLiteral(" more.")), qPrintable(label->text()));
        QVERIFY(label->text().contains(QStringLiteral("; and 3 more.")) || label->fontMetrics().horizontalAdvance(label->text()) <= label->width());
        snapshot->now += 1h; // over
        strip.apply(*snapshot);
        QVERIFY(!strip.isVisible());
    }

    void isThereOnEveryPageAndTakesNoRoomOtherwise()
    {
        MainWindow window {{.readOnly = false, .theme = Theme::Light, .url = {}}};
        window.resize(1024, 640);
        window.show();
        window.apply(calm());
        auto *strip = window.findChild<LetThroughStrip *>();
        QVERIFY(!strip->isVisible());
        auto snapshot = calm();
        open(*snapshot, 0, 12min);
        window.apply(snapshot);
        for (const Page page : allPages) {
            window.dashboard().showPage(page);
            QCoreApplication::processEvents();
            QVERIFY(strip->isVisible());
            QVERIFY(strip->height() < 60);
            QCOMPARE(find<QPushButton>(window, "letThroughShowButton")->isVisible(), page != Page::Limits);
        }
        window.dashboard().showPage(Page::History);
        find<QPushButton>(window, "letThroughShowButton")->click();
        QCOMPARE(window.dashboard().page(), Page::Limits);
        auto over = calm();
        open(*over, 0, 12min);
        over->now += 12min;
        window.apply(over);
        QVERIFY(!strip->isVisible());
    }

    void countsDownWhileThePictureStandsStill()
    {
        MainWindow window {{.readOnly = false, .theme = Theme::Light, .url = {}}};
        window.show();
        auto snapshot = calm();
        open(*snapshot, 0, 12min);
        window.apply(snapshot);
        window.setPaused(true);
        auto later = std::make_shared<Snapshot>(*snapshot);
        later->now += 5min;
        window.apply(later);
        QVERIFY(text(window, "letThroughLabel").contains(QStringLiteral("(7 min left)")));
        later = std::make_shared<Snapshot>(*later);
        later->now += 7min;
        window.apply(later);
        QVERIFY(!window.findChild<LetThroughStrip *>()->isVisible());
    }

    void isEndedFromAnyPage()
    {
        MainWindow window {{.readOnly = false, .theme = Theme::Light, .url = {}}};
        window.show();
        auto snapshot = calm();
        open(*snapshot, 0, 12min, Mode::Off, Mode::Shadow);
        window.apply(snapshot);
        window.dashboard().showPage(Page::Overview);
        window.dashboard().setEnvironment(Environment::Development); // where it asks once
        std::vector<LimitEdit> edits;
        connect(&window, &MainWindow::editRequested, this, [&edits](const LimitEdit &edit) { edits.push_back(edit); });
        find<QPushButton>(window, "endNowButton")->click();
        QVERIFY(edits.empty()); // it asks first
        find<QPushButton>(window, "bulkGo")->click();
        QCOMPARE(edits.size(), 1U);
        QCOMPARE(edits[0].policy, std::string("api"));
        QVERIFY(edits[0].mode == Mode::Shadow && !edits[0].modeFor);
    }

    void whatWasNotSetTogetherIsNotEndedUnlessItIsChosen()
    {
        MainWindow window {{.readOnly = false, .theme = Theme::Light, .url = {}}};
        window.show();
        auto snapshot = calm();
        open(*snapshot, 0, 4min, Mode::Shadow); // api, for a reason of its own
        open(*snapshot, 1, 2min);
        open(*snapshot, 2, 2min + 3s);
        window.apply(snapshot);
        window.dashboard().setEnvironment(Environment::Development);
        std::vector<LimitEdit> edits;
        connect(&window, &MainWindow::editRequested, this, [&edits](const LimitEdit &edit) { edits.push_back(edit); });
        find<QPushButton>(window, "endNowButton")->click();
        auto *which = find<QListWidget>(window, "endWhich");
        QCOMPARE(which->count(), 3);
        QCOMPARE(which->item(0)->text(), QStringLiteral("api: shadow until %1").arg(shortTimeText(snapshot->now + 4min, snapshot->now)));
        QCOMPARE(which->item(0)->checkState(), Qt::Unchecked);
        auto *go = find<QPushButton>(window, "bulkGo");
        QCOMPARE(go->text(), QStringLiteral("End 2 now"));
        which->item(0)->setCheckState(Qt::Checked);
        QCOMPARE(go->text(), QStringLiteral("End 3 now"));
        for (int row = 0; row < 3; ++row)
            which->item(row)->setCheckState(Qt::Unchecked);
        QVERIFY(!go->isEnabled());
        which->item(2)->setCheckState(Qt::Checked);
        go->click();
        QCOMPARE(edits.size(), 1U);
        QCOMPARE(edits[0].policy, snapshot->policies[2].name);
    }

    void severalThatHaveNothingInCommonAreAllChosen()
    {
        auto snapshot = calm();
        open(*snapshot, 0, 4min, Mode::Shadow);
        open(*snapshot, 1, 2min);
        QVERIFY(setTogether(letThrough(snapshot->policies, snapshot->now)) == std::vector({true, true}));
    }

    void whoMayOnlyWatchIsToldWhy()
    {
        MainWindow window {{.readOnly = true, .theme = Theme::Dark, .url = {}}};
        window.show();
        auto snapshot = calm();
        open(*snapshot, 0, 12min);
        window.apply(snapshot);
        QVERIFY(!find<QPushButton>(window, "endNowButton")->isEnabled());
        QVERIFY(find<QPushButton>(window, "endNowButton")->toolTip().contains(QStringLiteral("Read-only")));
    }
};

QTEST_MAIN(tst_LetThrough)
#include "tst_LetThrough.moc"
