// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The RateGuard authors
#include "engine/Dice.h"

#include <array>
#include <cstdio>
#include <string>

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t *data, std::size_t size);

// Feeds the fuzz target with samples of everything that it reads, changed at random: for compilers without libFuzzer, and
// for ctest. Prints its seed.
//
//   fuzz_wire [rounds, 2000000 unless given]
int main(int count, char **words)
{
    using namespace std::string_literals;
    const std::array samples {"RG 2 7 9 2 1700000000000 1 99 0 60000 100 60000 12 limit 24 {rateguard:0}:log:p:bob1+4 *3 0 0 -1 -1 100 60000 12 ban 23 {rateguard:0}:log:p:ann"s,
        "7 enforce bucket 10/1000 1000/3600000 until:1764000000000:off settled:1764000000000 keys"s, "3 limit 1764000000000 10/1000"s,
        "1 99 0 60000 100 60000 7 limit"s, "10/s, 1000/h"s, "bucket 1000000/24d"s, "*2\r\n$3\r\nabc\r\n:-5\r\n"s, "$-1\r\n+OK\r\n-ERR no\r\n"s};
    constexpr std::string_view marks = "+* 09-:{}/\r\n$";
    const auto rounds = count > 1 ? std::atoll(words[1]) : 2'000'000;
    Dice dice(seedOfTheDay());
    for (long long round = 0; round < rounds; ++round) {
        auto bytes = samples[static_cast<std::size_t>(dice(0, samples.size() - 1))];
        for (auto changes = dice(0, 5); changes > 0 && !bytes.empty(); --changes) {
            const auto at = static_cast<std::size_t>(dice(0, static_cast<std::int64_t>(bytes.size()) - 1));
            const auto byte = dice.oneIn(2) ? static_cast<char>(dice(0, 255)) : marks[static_cast<std::size_t>(dice(0, marks.size() - 1))];
            switch (dice(0, 3)) {
            case 0:
                bytes.insert(at, 1, byte);
                break;
            case 1:
                bytes.erase(at, static_cast<std::size_t>(dice(1, 20)));
                break;
            default:
                bytes[at] = byte;
            }
        }
        LLVMFuzzerTestOneInput(reinterpret_cast<const std::uint8_t *>(bytes.data()), bytes.size());
    }
    std::printf("%lld inputs survived\n", rounds);
    return 0;
}
