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
