// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The RateGuard authors
#include "engine/KeyIndex.h"

#include <QTest>

#include "engine/Dice.h"

#include <map>

using namespace rateguard;

class KeyIndexTest : public QObject
{
    Q_OBJECT

private slots:
    void findsNothingWhenEmpty()
    {
        QCOMPARE(KeyIndex().find(7, [](std::uint32_t) { return true; }), KeyIndex::none);
    }

    void keepsApartWhatSharesAHash()
    {
        KeyIndex index;
        index.insert(7, 1);
        index.insert(7, 2);
        QCOMPARE(index.find(7, [](std::uint32_t number) { return number == 2; }), 2u);
        index.erase(7, 1);
        QCOMPARE(index.find(7, [](std::uint32_t number) { return number == 2; }), 2u);
        QCOMPARE(index.find(7, [](std::uint32_t number) { return number == 1; }), KeyIndex::none);
    }

    // Few distinct hashes: long chains that wrap around the end and have holes made in their middle.
    void agreesWithAMapUnderCrowdedHashes()
    {
        Dice dice(seedOfTheDay());
        for (int round = 0; round < 50; ++round) {
            KeyIndex index;
            std::map<std::uint32_t, std::size_t> model; // number -> hash
            const auto hashes = dice(1, 200);
            for (int step = 0; step < 3000; ++step) {
                const auto number = static_cast<std::uint32_t>(dice(0, 300));
                if (const auto known = model.find(number); known != model.end()) {
                    index.erase(known->second, number);
                    model.erase(known);
                } else {
                    const auto hash = static_cast<std::size_t>(-dice(1, hashes)); // at the end of the table
                    index.insert(hash, number);
                    model.emplace(number, hash);
                }
                QCOMPARE(index.size(), model.size());
            }
            for (std::uint32_t number = 0; number <= 300; ++number) {
                for (std::int64_t hash = 1; hash <= hashes; ++hash) {
                    const auto found = index.find(static_cast<std::size_t>(-hash), [=](std::uint32_t n) { return n == number; });
                    const auto known = model.find(number);
                    const bool expected = known != model.end() && known->second == static_cast<std::size_t>(-hash);
                    QCOMPARE(found, expected ? number : KeyIndex::none);
                }
            }
        }
    }
};

QTEST_APPLESS_MAIN(KeyIndexTest)
#include "tst_KeyIndex.moc"
