// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The RateGuard authors
#include "engine/KeyHash.h"

#include <QTest>

#include <set>
#include <string>

using namespace rateguard;

class KeyHashTest : public QObject
{
    Q_OBJECT

private slots:
    // Outputs of the reference implementation for the bytes 0, 1, 2 … under the key zero (the vectors that OCaml tests with).
    void agreesWithTheReference()
    {
        constexpr std::uint64_t expected[] = {0xd1fba762150c532c, 0x68a914128e01e473, 0x010bac45c41e3669, 0x4d4c9a4a8ef6e0ad,
            0x7cc43f98813e4dbd, 0x5abe2169dff36275, 0xe3c25f87624f1cdb, 0x2f098ab0c751325a, 0xead411e67ebe2eea,
            0x75927f9d95124362, 0xaf9f77a65ab51a1d, 0xfe64ce8b6617fcff, 0xa6baf4fb0f9fe1c2, 0xa0cf3211850f8e0d,
            0x7f86049379fbfe67, 0xf30eb725bb91c9ea, 0x8972188433a5c5b7, 0x4883c49a2c009c1d, 0xadc2c0b63044067d};
        const KeyHash hash({0, 0});
        std::string bytes;
        for (const auto value : expected) {
            QCOMPARE(hash(bytes), value);
            bytes.push_back(static_cast<char>(bytes.size()));
        }
    }

    // CPython 3.11 hashes bytes with the same function; these are its answers under PYTHONHASHSEED=0.
    void agreesWithPython()
    {
        const KeyHash hash({0, 0});
        QCOMPARE(hash("abc"), std::size_t {0xc03bc3a0042630f2});
        QCOMPARE(hash("12345678"), std::size_t {0x3489982430560a87});
        QCOMPARE(hash("rateguard:login:203.0.113.7"), std::size_t {0xa584615fc4cc8387});
        std::string bytes;
        for (char i = 0; i < 64; ++i) {
            bytes.push_back(i);
        }
        QCOMPARE(hash(bytes), std::size_t {0x75e05fd5bbc870c6});
    }

    void dependsOnBothHalvesOfTheSeed()
    {
        std::set<std::size_t> seen;
        for (const auto seed : {KeyHash::Seed {0, 0}, {1, 0}, {0, 1}, {1, 1}}) {
            seen.insert(KeyHash(seed)("same"));
        }
        QCOMPARE(seen.size(), std::size_t {4});
    }

    void picksAnotherSeedEachTime() { QVERIFY(KeyHash()("same") != KeyHash()("same")); }

    void hashesBytesBehindANull()
    {
        const KeyHash hash;
        QVERIFY(hash(std::string_view("a\0b", 3)) != hash(std::string_view("a\0c", 3)));
        QVERIFY(hash(std::string_view("", 0)) != hash(std::string_view("\0", 1)));
    }
};

QTEST_APPLESS_MAIN(KeyHashTest)
#include "tst_KeyHash.moc"
