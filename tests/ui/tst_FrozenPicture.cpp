// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The RateGuard authors
#include "KeyRows.h"
#include "models/FrozenPicture.h"

#include <QTest>

#include <random>

using namespace rateguard;

namespace {

// What a table shows, key by key.
QStringList rowsOf(const KeyTableModel &model)
{
    QStringList rows;
    for (int i = 0; i < model.rowCount(); ++i) {
        QStringList cells;
        for (int column = 0; column < model.columnCount(); ++column)
            cells << model.index(i, column).data().toString();
        rows << cells.join(QLatin1Char('|'));
    }
    return rows;
}

// A feed that adds, changes, removes and renames keys at random, with ids used again, and now and then starts anew.
class RandomFeed
{
public:
    explicit RandomFeed(unsigned seed) : m_dice(seed) { }

    Snapshot next()
    {
        Snapshot out;
        out.now = m_now += 1s;
        if (roll(40) == 0) {
            out.keysReset = true;
            m_alive.fill(false);
        }
        std::array<bool, 30> fresh {};
        for (std::uint32_t id = 0; id < m_alive.size(); ++id) {
            if (m_alive[id] && roll(8) == 0) {
                out.removed.push_back(id);
                m_alive[id] = false;
            }
            if (!m_alive[id] && roll(4) == 0) {
                out.added.push_back({id, "api", "key " + std::to_string(++m_names)});
                m_alive[id] = fresh[id] = true;
            }
            if (m_alive[id] && (fresh[id] || roll(2) == 0))
                out.changed.push_back(row(id, roll(100), static_cast<KeyState>(roll(5))));
        }
        return out;
    }

private:
    int roll(int sides) { return std::uniform_int_distribution<>(0, sides - 1)(m_dice); }

    std::mt19937 m_dice;
    std::array<bool, 30> m_alive {};
    Instant m_now {start};
    int m_names = 0;
};

} // namespace

class tst_FrozenPicture : public QObject
{
    Q_OBJECT

private slots:
    void afterThePauseTheTableIsAsIfThereHadBeenNone()
    {
        const unsigned seed = std::random_device()();
        qInfo("seed %u", seed);
        RandomFeed feed(seed);
        KeyTableModel always;
        KeyTableModel paused;
        for (int round = 0; round < 50; ++round) {
            const Snapshot shown = feed.next();
            always.apply(shown);
            paused.apply(shown);
            const QStringList before = rowsOf(paused);
            FrozenPicture picture(shown);
            for (int i = 0; i <= round % 7; ++i) {
                const Snapshot next = feed.next();
                always.apply(next);
                paused.apply(*picture.hold(next));
                QCOMPARE(rowsOf(paused), before);
            }
            paused.apply(*picture.thaw());
            QCOMPARE(rowsOf(paused), rowsOf(always));
            QCOMPARE(paused.throttled(), always.throttled());
        }
    }

    void gathersTheLatestOfAKeyOnly()
    {
        Snapshot shown;
        shown.added = {{0, "api", "anna"}};
        shown.changed = {row(0, 1)};
        FrozenPicture picture(shown);
        for (int i = 0; i < 10'000; ++i) {
            Snapshot next;
            next.changed = {row(0, i)};
            picture.hold(next);
        }
        const SnapshotPtr all = picture.thaw();
        QCOMPARE(all->changed.size(), 1U);
        QCOMPARE(all->changed[0].rates.rejected, 9999.0);
        QVERIFY(all->added.empty());
    }

    void trafficStandsStillWhileLimitsAndTroubleComeThrough()
    {
        Snapshot shown;
        shown.now = start;
        shown.rates.allowed = 5;
        shown.all = {{1, 7, 0, 0, false}};
        shown.policies = {{"api", "", true, {{100, 60s}, Mode::Enforce, 1}, {3, 0, 0}}};
        shown.edits.resize(1); // drawn already
        FrozenPicture picture(shown);
        QCOMPARE(picture.behind(), 0ms);

        Snapshot next = shown;
        next.now = start + 12s;
        next.rates.allowed = 50;
        next.all = {{2, 70, 0, 0, false}};
        next.policies[0].rule.version = 2;
        next.policies[0].rates.allowed = 30;
        next.edits.clear();
        next.lostLimits = {"search"};
        next.link.state = LinkState::Lost;
        const SnapshotPtr held = picture.hold(next);
        QCOMPARE(picture.behind(), 12s);
        QCOMPARE(held->now, shown.now);
        QCOMPARE(held->rates, shown.rates);
        QCOMPARE(held->all, shown.all);
        QCOMPARE(held->policies[0].rates, shown.policies[0].rates);
        QCOMPARE(held->policies[0].rule.version, 2U);
        QCOMPARE(held->lostLimits, next.lostLimits);
        QCOMPARE(held->link.state, LinkState::Lost);
        QVERIFY(held->edits.empty());
    }

    void newsOfEditsAreToldOnce()
    {
        FrozenPicture picture({});
        Snapshot next;
        next.edits.resize(1);
        QCOMPARE(picture.hold(next)->edits.size(), 1U);
        QVERIFY(picture.hold({})->edits.empty());
        QVERIFY(picture.thaw()->edits.empty());
    }

    void anotherKeyIsShownAsItWasAtThatMoment()
    {
        Snapshot shown;
        shown.now = start;
        const std::int64_t second = std::chrono::floor<std::chrono::seconds>(start.time_since_epoch()).count();
        FrozenPicture picture(shown);
        Snapshot next;
        next.now = start + 5s;
        next.selectedKnown = true;
        next.selected = {{second - 1, 4, 0, 0, false}, {second, 5, 0, 0, false}, {second + 1, 6, 0, 0, false}};
        QVERIFY(picture.hold(next)->selected.empty()); // nobody asked
        picture.selectAnother();
        picture.hold(next);
        for (int i = 0; i < 3; ++i) {
            const SnapshotPtr held = picture.hold(next);
            QVERIFY(held->selectedKnown);
            QCOMPARE(held->selected.size(), 1U);
            QCOMPARE(held->selected[0].allowed, 4U);
            next.selected[0].allowed = 99;
        }
    }

    void aPauseInWhichNothingCameLeavesNothingToDraw()
    {
        QVERIFY(!FrozenPicture({}).thaw());
    }
};

QTEST_GUILESS_MAIN(tst_FrozenPicture)
#include "tst_FrozenPicture.moc"
