// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The RateGuard authors
#include "engine/Dice.h"

#include "engine/RejectionBook.h"

#include <algorithm>

using namespace rateguard;
using namespace std::chrono_literals;

class RejectionBookTest : public QObject
{
    Q_OBJECT

private slots:
    void tellsAllOfTheLastRejection()
    {
        RejectionBook book;
        DecisionEvent rejected {t0, "search", "ann", Verdict::Rejected, 3, 98, 1500ms, {100, 60s}, 7, Why::Override};
        book.record(rejected);
        const auto *found = book.find("search", "ann");
        QVERIFY(found);
        QVERIFY(found->at == t0 && found->limit == (Limit {100, 60s}) && found->used == 98 && found->cost == 3);
        QVERIFY(found->retryAfter == 1500ms && found->version == 7 && found->why == Why::Override && !found->shadow);
        rejected.verdict = Verdict::WouldReject;
        rejected.retryAfter.reset();
        book.record(rejected);
        found = book.find("search", "ann");
        QVERIFY(found->shadow && !found->retryAfter);
        QCOMPARE(book.size(), std::size_t {1});
    }

    void keepsNothingOfWhatWasAllowedNorOfAbsurdNames()
    {
        RejectionBook book;
        book.record(event("search", "ann", Verdict::Allowed, t0));
        book.record(event("search", absurd, Verdict::Rejected, t0));
        QCOMPARE(book.size(), std::size_t {0});
        QVERIFY(!book.find("search", "ann") && !book.find("search", absurd));
    }

    void knowsSinceWhenItGoesOn()
    {
        RejectionBook book(2);
        const auto since = [&book](std::string_view key) { return book.find("search", key)->since; };
        const auto orLonger = [&book](std::string_view key) { return book.find("search", key)->orLonger; };
        book.listeningFrom(t0);
        book.record(event("search", "ann", Verdict::Rejected, t0 + 60s));
        QVERIFY(since("ann") == t0 + 60s && orLonger("ann")); // we did not listen for a minute before
        book.record(event("search", "ann", Verdict::Rejected, t0 + 120s));
        book.record(event("search", "ann", Verdict::Allowed, t0 + 130s));
        book.record(event("search", "ann", Verdict::Rejected, t0 + 180s));
        QVERIFY(since("ann") == t0 + 60s && orLonger("ann"));
        book.record(event("search", "ann", Verdict::Rejected, t0 + 180s + Rejection::calm + 1ms));
        QVERIFY(since("ann") == t0 + 240s + 1ms && !orLonger("ann"));
        book.record(event("search", "ann", Verdict::Rejected, t0 + 230s)); // late
        QVERIFY(since("ann") == t0 + 230s);
        book.record(event("search", "ann", Verdict::WouldReject, t0 + 250s)); // another kind
        QVERIFY(since("ann") == t0 + 250s && !orLonger("ann"));
        book.record(event("search", "bob", Verdict::Rejected, t0 + 260s));
        QVERIFY(!orLonger("bob"));
        book.record(event("search", "cal", Verdict::Rejected, t0 + 260s)); // who may have been forgotten
        QVERIFY(orLonger("cal"));
        book.listeningFrom(t0 + 900s);
        book.record(event("search", "bob", Verdict::Rejected, t0 + 901s));
        QVERIFY(since("bob") == t0 + 901s && orLonger("bob"));
    }

    void beginsANewRunWithALimitOfItsOwnAndAfterATimeOfAdmissions()
    {
        RejectionBook book;
        book.listeningFrom(t0 - 1h);
        const auto since = [&book] { return book.find("search", "ann")->since; };
        const auto put = [&book](Verdict verdict, Instant at, std::uint64_t version = 1, Why why = Why::Limit) {
            auto decided = event("search", "ann", verdict, at);
            decided.limit = {20, 10s};
            decided.version = version;
            decided.why = why;
            book.record(decided);
        };
        put(Verdict::Rejected, t0);
        put(Verdict::Allowed, t0 + 10s, 1, Why::Override); // a limit of its own, and lifted again
        put(Verdict::Rejected, t0 + 12s);
        QVERIFY(since() == t0 + 12s && !book.find("search", "ann")->orLonger);
        put(Verdict::Rejected, t0 + 14s, 2); // an edit, under which it is rejected all the same
        QVERIFY(since() == t0 + 12s);
        put(Verdict::Rejected, t0 + 16s, 2, Why::Override);
        QVERIFY(since() == t0 + 16s);
        book.changed("search", "bob", t0 + 17s); // somebody else's
        put(Verdict::Rejected, t0 + 18s, 2, Why::Override);
        QVERIFY(since() == t0 + 16s);
        book.changed("search", "ann", t0 + 19s); // another limit of its own, which no decision tells from the first
        put(Verdict::Rejected, t0 + 20s, 2, Why::Override);
        QVERIFY(since() == t0 + 20s);
        for (auto second = 21s; second <= 31s; second += 1s) { // as long as the window, and no longer
            put(Verdict::Allowed, t0 + second, 2, Why::Override);
        }
        put(Verdict::Rejected, t0 + 32s, 2, Why::Override);
        QVERIFY(since() == t0 + 20s);
        for (auto second = 33s; second <= 44s; second += 1s) {
            put(Verdict::Allowed, t0 + second, 2, Why::Override);
        }
        put(Verdict::Rejected, t0 + 45s, 2, Why::Override);
        QVERIFY(since() == t0 + 45s);
        for (auto burst = 50s; burst <= 200s; burst += 15s) { // three of four seconds of which it rests
            put(Verdict::Allowed, t0 + burst, 2, Why::Override);
            put(Verdict::Allowed, t0 + burst + 2s, 2, Why::Override);
            put(Verdict::Rejected, t0 + burst + 3s, 2, Why::Override);
            put(Verdict::Allowed, t0 + burst + 4s, 2, Why::Override);
        }
        QVERIFY(since() == t0 + 45s);
    }

    // Against the definition in the header, looked up in all that ever happened.
    void knowsTheRunOfRandomTraffic()
    {
        Dice dice(seedOfTheDay());
        int runs = 0;
        for (int round = 0; round < 40; ++round) {
            RejectionBook book;
            book.listeningFrom(t0 - 1h);
            std::vector<DecisionEvent> heard; // and changes: those without a policy
            auto at = t0;
            auto decided = event("a", "k", Verdict::Allowed, t0);
            decided.version = 1;
            const Duration window = dice.oneIn(2) ? 1s : 10s;
            const auto longest = dice.oneIn(2) ? 1'000 : 9'000; // ms between two
            for (int i = 0; i < 400; ++i) {
                at += std::chrono::milliseconds(dice.oneIn(60) ? dice(20'000, 70'000) : dice(1, longest));
                decided.at = at;
                decided.limit = {10, window};
                decided.version += dice.oneIn(60);
                decided.why = dice.oneIn(60) ? (decided.why == Why::Limit ? Why::Override : Why::Limit) : decided.why;
                if (dice.oneIn(80)) {
                    book.changed("a", "k", at);
                    heard.push_back(event("", "", Verdict::Allowed, at));
                    continue;
                }
                // For a while mostly this, for a while mostly that.
                const bool isHard = (i / 25) % 2 == 0;
                decided.verdict = dice.oneIn(isHard ? 2 : 20) ? (dice.oneIn(40) ? Verdict::WouldReject : Verdict::Rejected) : Verdict::Allowed;
                book.record(decided);
                heard.push_back(decided);
                if (decided.verdict != Verdict::Allowed) {
                    const auto *found = book.find("a", "k");
                    QVERIFY(found && found->at == at);
                    QVERIFY2(found->since == runOf(heard), qPrintable(QStringLiteral("round %1, event %2").arg(round).arg(i)));
                    runs += found->since == at;
                }
            }
        }
        QVERIFY(runs > 200); // else little was tried
    }

    // Against the simplest thing that does the same: a list, searched from one end to the other.
    void agreesWithAListThatIsSearched()
    {
        Dice dice(seedOfTheDay());
        for (const std::size_t capacity : {1U, 2U, 7U, 50U}) {
            RejectionBook book(capacity);
            std::vector<std::pair<std::string, Instant>> model; // the latest first
            for (int i = 0; i < 20'000; ++i) {
                const auto policy = dice.oneIn(3) ? std::string("a") : std::string("a.b");
                auto key = std::to_string(dice(0, static_cast<std::int64_t>(capacity) * 2));
                key.append(dice.oneIn(5) ? std::string("\0:", 2) : std::string());
                const auto verdict = static_cast<Verdict>(dice(0, 2));
                const auto at = t0 + Duration(i);
                const auto name = policy + ':' + key;
                const auto same = [&name](const auto &entry) { return entry.first == name; };
                book.record(event(policy, key, verdict, at));
                if (verdict != Verdict::Allowed) {
                    std::erase_if(model, same);
                    model.insert(model.begin(), {name, at});
                    model.resize(std::min(model.size(), capacity));
                }
                QCOMPARE(book.size(), model.size());
                const auto known = std::find_if(model.begin(), model.end(), same);
                const auto *found = book.find(policy, key);
                QCOMPARE(found != nullptr, known != model.end());
                QVERIFY(!found || found->at == known->second);
            }
        }
    }

private:
    // Since when the last of them, a rejection, is part of a run.
    static Instant runOf(const std::vector<DecisionEvent> &heard)
    {
        auto i = heard.size() - 1;
        for (auto j = i; j-- > 0;) {
            const auto &it = heard[j];
            const auto &next = heard[i]; // the rejection that is known to belong to it
            if (it.policy.empty() || it.why != next.why) {
                return next.at;
            }
            if (it.verdict == Verdict::Allowed) {
                continue;
            }
            if (it.verdict != next.verdict || next.at - it.at > Rejection::calm || isLetIn(heard, j, i)) {
                return next.at;
            }
            i = j;
        }
        return heard[i].at;
    }

    // Two of the admissions between them lie further apart than the patience, and no two neighbours between these than half of it.
    static bool isLetIn(const std::vector<DecisionEvent> &heard, std::size_t from, std::size_t to)
    {
        const auto patience = std::max<Duration>(heard[from].limit.window, 5s);
        for (auto first = from + 1; first < to; ++first) {
            for (auto last = first + 1; last < to && heard[last].at - heard[last - 1].at <= patience / 2; ++last) {
                if (heard[last].at - heard[first].at > patience) {
                    return true;
                }
            }
        }
        return false;
    }

    static DecisionEvent event(std::string_view policy, std::string_view key, Verdict verdict, Instant at)
    {
        DecisionEvent event;
        event.at = at;
        event.policy = policy;
        event.key = key;
        event.verdict = verdict;
        return event;
    }

    static constexpr Instant t0 {std::chrono::seconds(1'764'000'000)};
    const std::string absurd = std::string(4000, 'x');
};

QTEST_GUILESS_MAIN(RejectionBookTest)
#include "tst_RejectionBook.moc"
