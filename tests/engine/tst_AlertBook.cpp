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

    static AlertFigures lagging(double milliseconds)
    {
        AlertFigures figures = rejecting(0);
        figures.lag = milliseconds;
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
        book.add(rule(AlertKind::EventLag, 10, 5s));
        Instant now = t0;
        book.step(lagging(0), now);
        pass(book, lagging(10.1), now, 5s);
        QCOMPARE(state(book), State::Pending);
        QVERIFY(book.takeEvents().empty());
        pass(book, lagging(10.1), now, 100ms);
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
        book.add(rule(AlertKind::EventLag, 10, 5s));
        Instant now = t0;
        for (int i = 0; i < 10; ++i) {
            pass(book, lagging(50), now, 4900ms);
            pass(book, lagging(10), now, 100ms); // at the threshold is not above it
        }
        QVERIFY(book.takeEvents().empty());
    }

    void endsOnlyWellBelowAndForAWhile()
    {
        AlertBook book;
        book.add(rule(AlertKind::EventLag, 10, 5s));
        Instant now = t0;
        pass(book, lagging(12), now, 6s);
        pass(book, lagging(8.1), now, 1min);
        QCOMPARE(state(book), State::Firing);
        pass(book, lagging(8), now, 4900ms);
        pass(book, lagging(30), now, 100ms);
        pass(book, lagging(8), now, 4900ms);
        QCOMPARE(state(book), State::Firing);
        pass(book, lagging(8), now, 300ms);
        QCOMPARE(state(book), State::Ok);
        const auto events = book.takeEvents();
        QCOMPARE(events.size(), std::size_t {2});
        QCOMPARE(events[1].what, AlertEvent::What::Cleared);
        QCOMPARE(events[1].alert, events[0].alert);
        QCOMPARE(events[1].value, 30.0); // the worst of it
    }

    // 23 % on average, but in waves of 0 and 60 %: never above 20 % for 30 s without a break.
    void rejectionsInWavesAreAveraged()
    {
        AlertBook book;
        book.add(rule(AlertKind::RejectedShare, 20, 30s));
        AlertFigures calm = rejecting(0);
        calm.rates = {100, 0, 0};
        AlertFigures wave = rejecting(0);
        wave.rates = {40, 60, 0};
        Instant now = t0;
        book.step(calm, now);
        for (int i = 0; i < 3; ++i) {
            pass(book, calm, now, 6s);
            pass(book, wave, now, 4s);
        }
        QCOMPARE(state(book), State::Firing);
        const auto events = book.takeEvents();
        QCOMPARE(events.size(), std::size_t {1});
        QVERIFY(events[0].value > 20 && events[0].value < 25);
        QVERIFY(now - events[0].at < 1s); // not before all of the time was watched
        for (int i = 0; i < 60; ++i) {
            pass(book, calm, now, 6s);
            pass(book, wave, now, 4s);
            QVERIFY(*book.statuses().front().value > 20); // the waves cannot be seen in it
        }
        QVERIFY(book.takeEvents().empty());
        // After 10 s two of three waves are left in the mean, which is then at 16 %, where it has to stay for 30 s.
        pass(book, calm, now, 39s);
        QVERIFY(book.takeEvents().empty());
        pass(book, calm, now, 2s);
        QCOMPARE(book.takeEvents().size(), std::size_t {1});
    }

    void anOutageBeginsTheAverageAnew()
    {
        AlertBook book;
        book.add(rule(AlertKind::Rejections, 10, 10s));
        Instant now = t0;
        book.step(rejecting(100), now);
        pass(book, rejecting(100), now, 9s);
        QCOMPARE(state(book), State::Pending);
        AlertFigures away;
        away.away = true;
        pass(book, away, now, 3s);
        QVERIFY(!book.statuses().front().value);
        pass(book, rejecting(11), now, 9s);
        QCOMPARE(*book.statuses().front().value, 11.0);
        QVERIFY(book.takeEvents().empty());
        pass(book, rejecting(11), now, 1s);
        QCOMPARE(state(book), State::Firing);
        book.startOver(); // another server
        pass(book, rejecting(2), now, 1s);
        QCOMPARE(*book.statuses().front().value, 2.0);
    }

    void ratesAreNeverAveragedOverLessThanTheyCover()
    {
        AlertBook book;
        book.add(rule(AlertKind::Rejections, 10, 1s));
        Instant now = t0;
        book.step(rejecting(100), now);
        pass(book, rejecting(100), now, 4900ms);
        QCOMPARE(state(book), State::Pending);
        pass(book, rejecting(100), now, 100ms);
        QCOMPARE(state(book), State::Firing);
    }

    // Against a plain list of all that was seen.
    void aRandomWalkRaisesWhatItsMeanSays()
    {
        Dice dice(seedOfTheDay());
        struct Seen
        {
            Duration lasted;
            double rejected;
            double requests;
        };
        int turns = 0;
        for (int run = 0; run < 40; ++run) {
            const std::chrono::seconds hold(dice(1, 20)); // steps are longer than a sixtieth of it: all is exact
            const Duration span = std::max(hold, AlertRule::ratesCover);
            AlertBook book;
            AlertRule one = rule(run % 2 ? AlertKind::RejectedShare : AlertKind::Rejections, 20, hold);
            book.add(one);
            std::vector<Seen> seen;
            Instant now = t0;
            bool firing = false;
            Duration calm {0};
            double rejected = 0;
            for (int i = 0; i < 3000; ++i) {
                if (dice.oneIn(40))
                    rejected = static_cast<double>(dice(0, 60)) + 0.1370713; // no mean is just at a bound: it has too many digits
                AlertFigures figures = rejecting(rejected);
                figures.rates.allowed = static_cast<double>(dice(1, 100));
                const Duration step(i == 0 ? 0 : dice(334, 2000));
                now += step;
                book.step(figures, now);
                if (i > 0)
                    seen.push_back({step, rejected, rejected + figures.rates.allowed});
                Duration known {0};
                double sum = 0;
                double requests = 0;
                for (auto it = seen.rbegin(); it != seen.rend() && known < span; ++it) {
                    const Duration part = std::min(it->lasted, span - known);
                    sum += it->rejected * static_cast<double>(part.count());
                    requests += it->requests * static_cast<double>(part.count());
                    known += part;
                }
                if (i == 0)
                    continue;
                const double mean = sum / static_cast<double>(known.count());
                const double value = one.kind == AlertKind::Rejections ? mean : mean < AlertRule::leastRejections ? 0 : 100 * sum / requests;
                const double got = *book.statuses().front().value;
                QVERIFY2(std::abs(got - value) < 1e-6, qPrintable(QStringLiteral("%1 for %2").arg(got).arg(value)));
                calm = !firing || value > one.clearAt ? Duration(-1) : calm < Duration(0) ? Duration(0) : calm + step;
                const bool was = firing;
                if (firing)
                    firing = calm < hold;
                else
                    firing = value > one.threshold && known >= span;
                if (firing != was)
                    calm = Duration(-1);
                turns += firing != was;
                QCOMPARE(state(book) == State::Firing, firing);
            }
        }
        QVERIFY(turns > 40);
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
        pass(book, figures, now, 200ms);
        QCOMPARE(book.statuses()[1].state, State::Ok); // it answers, which ends it at once
        pass(book, figures, now, 9900ms); // the time of the silence begins anew
        events = book.takeEvents();
        QCOMPARE(events.size(), std::size_t {1});
        QCOMPARE(events[0].rule, outage);
        QCOMPARE(events[0].what, AlertEvent::What::Cleared);
        pass(book, figures, now, 10s);
        events = book.takeEvents();
        QCOMPARE(events.size(), std::size_t {1});
        QCOMPARE(events[0].rule, silence);
    }

    void anOutageEndsWithTheServerThatWasLeft()
    {
        AlertBook book;
        book.add(rule(AlertKind::Disconnected, 0, 10s));
        Instant now = t0;
        AlertFigures figures;
        pass(book, figures, now, 1h); // nobody answered yet
        QVERIFY(book.takeEvents().empty());
        figures.away = true;
        pass(book, figures, now, 11s);
        QCOMPARE(state(book), State::Firing);
        figures.away.reset(); // the same is chosen anew
        pass(book, figures, now, 100ms);
        QCOMPARE(state(book), State::Ok);
        QCOMPARE(book.takeEvents().size(), std::size_t {2});
        QCOMPARE(book.firing(), 0);
    }

    void whatFiresStaysSoWhileNothingIsKnown()
    {
        AlertBook book;
        book.add(rule(AlertKind::EventLag, 10, 5s));
        Instant now = t0;
        pass(book, lagging(12), now, 6s);
        AlertFigures away;
        away.away = true;
        pass(book, lagging(0), now, 4s);
        pass(book, away, now, 1h);
        QCOMPARE(state(book), State::Firing);
        pass(book, lagging(0), now, 5s);
        QCOMPARE(state(book), State::Firing);
        pass(book, lagging(0), now, 100ms);
        QCOMPARE(state(book), State::Ok);
    }

    void clocksThatJumpRaiseNothing()
    {
        AlertBook book;
        book.add(rule(AlertKind::EventLag, 10, 10s));
        Instant now = t0;
        pass(book, lagging(12), now, 2s);
        now += 1h; // asleep
        pass(book, lagging(12), now, 2s);
        now -= 2h;
        pass(book, lagging(12), now, 900ms);
        QVERIFY(book.takeEvents().empty());
        pass(book, lagging(12), now, 1s);
        QCOMPARE(book.takeEvents().size(), std::size_t {1});
    }

    void aSnoozedRuleIsSilentAndThenSpeaksUp()
    {
        AlertBook book;
        const auto id = book.add(rule(AlertKind::EventLag, 10, 5s));
        Instant now = t0;
        book.step(lagging(0), now);
        book.snooze(id, now + 5min);
        pass(book, lagging(12), now, 4min);
        QCOMPARE(state(book), State::Snoozed);
        QCOMPARE(book.firing(), 0);
        QVERIFY(book.takeNotices().empty());
        QCOMPARE(book.takeEvents().size(), std::size_t {1}); // it is on record
        pass(book, lagging(12), now, 1min);
        QCOMPARE(state(book), State::Firing);
        QCOMPARE(book.takeNotices().size(), std::size_t {1});
        QVERIFY(book.takeEvents().empty()); // the same one
        book.snooze(id, Instant::max());
        pass(book, lagging(12), now, 24h);
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
        const AlertRule one = rule(AlertKind::EventLag, 100, 10s);
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
            book.step(lagging(level), now);
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
