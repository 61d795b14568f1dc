// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The RateGuard authors
#include "engine/KeyHash.h"

#include <bit>
#include <random>

namespace rateguard {

namespace {

std::uint64_t littleEndian(const char *bytes, std::size_t count)
{
    std::uint64_t word = 0;
    for (std::size_t i = 0; i < count; ++i) {
        word |= std::uint64_t {static_cast<unsigned char>(bytes[i])} << (8 * i);
    }
    return word;
}

struct State
{
    std::uint64_t a, b, c, d;

    void round() noexcept
    {
        a += b;
        b = std::rotl(b, 13) ^ a;
        a = std::rotl(a, 32);
        c += d;
        d = std::rotl(d, 16) ^ c;
        a += d;
        d = std::rotl(d, 21) ^ a;
        c += b;
        b = std::rotl(b, 17) ^ c;
        c = std::rotl(c, 32);
    }

    void absorb(std::uint64_t word) noexcept
    {
        d ^= word;
        round();
        a ^= word;
    }
};

KeyHash::Seed randomSeed()
{
    std::random_device source;
    const auto word = [&source] { return (std::uint64_t {source()} << 32) | source(); };
    const auto first = word();
    return {first, word()};
}

} // namespace

KeyHash::KeyHash()
    : m_seed(randomSeed())
{
}

KeyHash::KeyHash(Seed seed)
    : m_seed(seed)
{
}

std::size_t KeyHash::operator()(std::string_view bytes) const noexcept
{
    State state {m_seed.first ^ 0x736f6d6570736575, m_seed.second ^ 0x646f72616e646f6d,
        m_seed.first ^ 0x6c7967656e657261, m_seed.second ^ 0x7465646279746573};
    const auto whole = bytes.size() / 8 * 8;
    for (std::size_t i = 0; i < whole; i += 8) {
        state.absorb(littleEndian(bytes.data() + i, 8)); // compilers make one load of it
    }
    state.absorb(littleEndian(bytes.data() + whole, bytes.size() - whole) | (std::uint64_t {bytes.size()} << 56));
    state.c ^= 0xff;
    state.round();
    state.round();
    state.round();
    return static_cast<std::size_t>(state.a ^ state.b ^ state.c ^ state.d);
}

} // namespace rateguard
