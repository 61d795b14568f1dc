// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The RateGuard authors
#include "engine/AlertBook.h"

#include "Dice.h"

using namespace rateguard;
using namespace std::chrono_literals;
using State = AlertBook::State;

class tst_AlertBook : public QObject
{
    Q_OBJECT

    const Instant t0 {1'700'000'000s};

    static AlertRule rule(AlertKind kind, double threshold, std::chrono::seconds hold)
    {
        AlertRule made;
        made.kind = kind;
        made.threshold = threshold;
        made.clearAt = usualClearAt(threshold);
        made.hold = hold;
        return made;
    }

    static AlertFigures rejecting(double perSecond)
    {
        AlertFigures figures;
        figures.live = true;
        figures.rates = {10, perSecond, 0};
        return figures;
    }

    // The same figures for `span`, ten times a second.
    static void pass(AlertBook &book, AlertFigures figures, Instant &now, Duration span)
    {
        for (const Instant end = now + span; now < end;) {
            now += 100ms;
            book.step(figures, now);
        }
    }

    static State state(const AlertBook &book) { return book.statuses().front().state; }

private slots:
    void raisesAfterItsTimeAndNotBefore()
    {
        AlertBook book;
        book.add(rule(AlertKind::Rejections, 10, 5s));
        Instant now = t0;
        book.step(rejecting(0), now);
        pass(book, rejecting(10.1), now, 5s);
        QCOMPARE(state(book), State::Pending);
        QVERIFY(book.takeEvents().empty());
        pass(book, rejecting(10.1), now, 100ms);
        QCOMPARE(state(book), State::Firing);
        QCOMPARE(book.firing(), 1);
        const auto events = book.takeEvents();
        QCOMPARE(events.size(), std::size_t {1});
        QCOMPARE(events[0].value, 10.1);
        QVERIFY(events[0].at == now);
        QCOMPARE(book.takeNotices().size(), std::size_t {1});
    }

    void aMomentBelowBeginsAnew()
    {
        AlertBook book;
        book.add(rule(AlertKind::Rejections, 10, 5s));
        Instant now = t0;
        for (int i = 0; i < 10; ++i) {
            pass(book, rejecting(50), now, 4900ms);
            pass(book, rejecting(10), now, 100ms); // at the threshold is not above it
        }
        QVERIFY(book.takeEvents().empty());
    }

    void endsOnlyWellBelowAndForAWhile()
    {
        AlertBook book;
        book.add(rule(AlertKind::Rejections, 10, 5s));
        Instant now = t0;
        pass(book, rejecting(12), now, 6s);
        pass(book, rejecting(8.1), now, 1min);
        QCOMPARE(state(book), State::Firing);
        pass(book, rejecting(8), now, 4900ms);
        pass(book, rejecting(30), now, 100ms);
        pass(book, rejecting(8), now, 4900ms);
        QCOMPARE(state(book), State::Firing);
        pass(book, rejecting(8), now, 300ms);
        QCOMPARE(state(book), State::Ok);
        const auto events = book.takeEvents();
        QCOMPARE(events.size(), std::size_t {2});
        QCOMPARE(events[1].what, AlertEvent::What::Cleared);
        QCOMPARE(events[1].alert, events[0].alert);
        QCOMPARE(events[1].value, 30.0); // the worst of it
    }

    void silenceIsSaidUntilTheNextDecision()
    {
        AlertBook book;
        book.add(rule(AlertKind::Silence, 0, 20s));
        Instant now = t0;
        AlertFigures figures = rejecting(0);
        for (int i = 0; i < 30; ++i) { // one each two seconds is no silence
            ++figures.decisions;
            pass(book, figures, now, 2s);
            QCOMPARE(state(book), State::Ok);
        }
        pass(book, figures, now, 20s);
        QCOMPARE(state(book), State::Firing);
        ++figures.decisions;
        pass(book, figures, now, 100ms);
        QCOMPARE(state(book), State::Ok);
        const auto events = book.takeEvents();
        QCOMPARE(events.size(), std::size_t {2});
        QVERIFY(events[1].value >= 20); // seconds
    }

    void anOutageIsNoSilence()
    {
        AlertBook book;
        const auto silence = book.add(rule(AlertKind::Silence, 0, 20s));
        const auto outage = book.add(rule(AlertKind::Disconnected, 0, 10s));
        Instant now = t0;
        AlertFigures figures = rejecting(0);
        pass(book, figures, now, 15s);
        figures.live = false;
        figures.away = true;
        pass(book, figures, now, 10min);
        auto events = book.takeEvents();
        QCOMPARE(events.size(), std::size_t {1});
        QCOMPARE(events[0].rule, outage);
        figures.live = true;
        figures.away = false;
        pass(book, figures, now, 10100ms); // and its time begins anew
        events = book.takeEvents();
        QCOMPARE(events.size(), std::size_t {1});
        QCOMPARE(events[0].rule, outage);
        QCOMPARE(events[0].what, AlertEvent::What::Cleared);
        pass(book, figures, now, 10s);
        events = book.takeEvents();
        QCOMPARE(events.size(), std::size_t {1});
        QCOMPARE(events[0].rule, silence);
    }

    void whatFiresStaysSoWhileNothingIsKnown()
    {
        AlertBook book;
        book.add(rule(AlertKind::Rejections, 10, 5s));
        Instant now = t0;
        pass(book, rejecting(12), now, 6s);
        AlertFigures away;
        away.away = true;
        pass(book, rejecting(0), now, 4s);
        pass(book, away, now, 1h);
        QCOMPARE(state(book), State::Firing);
        pass(book, rejecting(0), now, 5s);
        QCOMPARE(state(book), State::Firing);
        pass(book, rejecting(0), now, 100ms);
        QCOMPARE(state(book), State::Ok);
    }

    void clocksThatJumpRaiseNothing()
    {
        AlertBook book;
        book.add(rule(AlertKind::Rejections, 10, 10s));
        Instant now = t0;
        pass(book, rejecting(12), now, 2s);
        now += 1h; // asleep
        pass(book, rejecting(12), now, 2s);
        now -= 2h;
        pass(book, rejecting(12), now, 900ms);
        QVERIFY(book.takeEvents().empty());
        pass(book, rejecting(12), now, 1s);
        QCOMPARE(book.takeEvents().size(), std::size_t {1});
    }

    void aSnoozedRuleIsSilentAndThenSpeaksUp()
    {
        AlertBook book;
        const auto id = book.add(rule(AlertKind::Rejections, 10, 5s));
        Instant now = t0;
        book.step(rejecting(0), now);
        book.snooze(id, now + 5min);
        pass(book, rejecting(12), now, 4min);
        QCOMPARE(state(book), State::Snoozed);
        QCOMPARE(book.firing(), 0);
        QVERIFY(book.takeNotices().empty());
        QCOMPARE(book.takeEvents().size(), std::size_t {1}); // it is on record
        pass(book, rejecting(12), now, 1min);
        QCOMPARE(state(book), State::Firing);
        QCOMPARE(book.takeNotices().size(), std::size_t {1});
        QVERIFY(book.takeEvents().empty()); // the same one
        book.snooze(id, Instant::max());
        pass(book, rejecting(12), now, 24h);
        QCOMPARE(state(book), State::Snoozed);
        QVERIFY(book.takeNotices().empty());
        book.wake(id);
        QCOMPARE(state(book), State::Firing);
        QCOMPARE(book.takeNotices().size(), std::size_t {1});
    }

    void changingARuleEndsItsAlert()
    {
        AlertBook book;
        AlertRule one = rule(AlertKind::Rejections, 10, 5s);
        one.id = book.add(one);
        Instant now = t0;
        const auto ends = [&](const auto &act) {
            pass(book, rejecting(12), now, 6s);
            if (book.takeEvents().size() != 1)
                return false;
            act();
            const auto events = book.takeEvents();
            return events.size() == 1 && events[0].what == AlertEvent::What::Cleared && book.firing() == 0;
        };
        QVERIFY(ends([&] { book.replace(one); }));
        QVERIFY(ends([&] { book.enable(one.id, false); }));
        pass(book, rejecting(12), now, 1min);
        QCOMPARE(state(book), State::Off);
        book.enable(one.id, true);
        QVERIFY(ends([&] { book.startOver(); }));
        QVERIFY(ends([&] { book.remove(one.id); }));
        QVERIFY(book.statuses().empty());
    }

    void aRandomWalkNeitherFlapsNorStorms()
    {
        Dice dice(seedOfTheDay());
        AlertBook book;
        const AlertRule one = rule(AlertKind::Rejections, 100, 10s);
        for (int i = 0; i < 5; ++i)
            book.add(one);
        Instant now = t0;
        double level = 90;
        Instant lastTurn = now - 1h;
        std::vector<Instant> told;
        int turns = 0;
        for (int i = 0; i < 200'000; ++i) {
            now += 100ms;
            level = std::clamp(level + static_cast<double>(dice(-20, 20)) / 4, 0.0, 200.0);
            book.step(rejecting(level), now);
            for (const AlertEvent &event : book.takeEvents()) {
                if (event.rule != 1)
                    continue;
                QVERIFY2(now - lastTurn >= 10s, qPrintable(QString::number((now - lastTurn).count())));
                QVERIFY(event.what == AlertEvent::What::Cleared ? level <= one.clearAt : level > one.threshold);
                QCOMPARE(event.what == AlertEvent::What::Raised, turns % 2 == 0);
                lastTurn = now;
                ++turns;
            }
            told.insert(told.end(), book.takeNotices().size(), now);
        }
        QVERIFY(turns > 10);
        // All five turn at once: one notice and one digest a minute, whatever happens.
        for (std::size_t i = 2; i < told.size(); ++i)
            QVERIFY(told[i] - told[i - 2] >= 1min);
    }
};

QTEST_APPLESS_MAIN(tst_AlertBook)
#include "tst_AlertBook.moc"
