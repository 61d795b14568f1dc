// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The RateGuard authors
#pragma once

#include "redis/Reply.h"

#include <cstddef>
#include <memory>
#include <optional>

struct redisReader;

namespace rateguard {

// Bytes from Redis -> replies, by hiredis' reader with our own limits: a hostile or broken server costs an error,
// not the memory or the time of this process. Errors are final: take a new parser for a new connection.
class ReplyParser
{
public:
    static constexpr std::size_t maxUnread = 8u << 20; // bytes without one complete reply
    static constexpr std::size_t maxBulk = 4u << 20;
    static constexpr std::size_t maxItems = 65'536;
    static constexpr int maxDepth = 6;
    static constexpr std::size_t sip = 16u << 10; // feed no more at once: the reader is quadratic in what it holds

    ReplyParser();
    ~ReplyParser();

    // False after an error. Take all replies out with next() before feeding more.
    bool feed(const char *bytes, std::size_t size);
    std::optional<Reply> next();
    const std::string &error() const { return m_error; }

private:
    struct FreeReader
    {
        void operator()(redisReader *reader) const;
    };

    std::unique_ptr<redisReader, FreeReader> m_reader;
    std::size_t m_unread = 0;
    std::string m_error;
};

} // namespace rateguard
