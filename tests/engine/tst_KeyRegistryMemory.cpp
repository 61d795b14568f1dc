// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The RateGuard authors
#include "KnownKeys.h"

#include <QTest>

#include <cstdio>

#include <unistd.h>

using namespace rateguard;
using namespace std::chrono_literals;

namespace {

std::size_t residentBytes()
{
    std::size_t total = 0;
    std::size_t resident = 0;
    auto *file = std::fopen("/proc/self/statm", "r");
    const int read = std::fscanf(file, "%zu %zu", &total, &resident);
    std::fclose(file);
    return read == 2 ? resident * static_cast<std::size_t>(sysconf(_SC_PAGESIZE)) : 0;
}

} // namespace

class KeyRegistryMemoryTest : public QObject
{
    Q_OBJECT

    const Instant t0 {1'700'000'000s};

private slots:
    // First, while nothing freed earlier can be used again.
    void aKeyTakesLittleMemory()
    {
        const auto before = residentBytes();
        KeyRegistry keys(KeyRegistry::Options {.maxHistories = 0});
        for (int i = 0; i < 100'000; ++i) {
            keys.record(decided(t0, "client-" + std::to_string(i)));
        }
        const auto each = static_cast<double>(residentBytes() - before) / 100'000;
        qInfo("%.0f bytes a key with its text of about 18 bytes, without history", each);
#ifndef __SANITIZE_ADDRESS__
        QVERIFY(each < 260);
#endif
    }

    void staysFlatUnderAMillionKeys()
    {
        const auto before = residentBytes();
        KeyRegistry keys;
        auto now = t0;
        std::size_t early = 0;
        std::size_t most = 0;
        for (std::uint64_t i = 0; i < 10'000'000; ++i) {
            now += 20us; // 50,000 a second
            keys.record(decided(now, "client-" + std::to_string(i * 2654435761 % 1'000'000)));
            if (i % 50'000 == 49'999) {
                collected(keys, now);
                most = std::max(most, residentBytes());
                early = i < 2'000'000 ? most : early;
            }
        }
        qInfo("ten million events of a million keys: at most %.1f MB more than before, %.1f MB of it after two million",
            static_cast<double>(most - before) / 1e6, static_cast<double>(early - before) / 1e6);
        QCOMPARE(keys.size(), std::size_t {100'000});
#ifndef __SANITIZE_ADDRESS__
        QVERIFY(most - before < 120'000'000);
        QVERIFY(most - early < 20'000'000);
#endif
    }
};

QTEST_APPLESS_MAIN(KeyRegistryMemoryTest)
#include "tst_KeyRegistryMemory.moc"
