// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The RateGuard authors
#include "redis/ReplyParser.h"

#include <QCoreApplication>

#include <hiredis/hiredis.h>

namespace rateguard {

namespace {

struct Words
{
    Q_DECLARE_TR_FUNCTIONS(rateguard::ReplyParser)
};

#if HIREDIS_MAJOR >= 1
using Elements = size_t;
#else
using Elements = int;
#endif

int depthOf(const redisReadTask *task)
{
    int depth = 0;
    for (const auto *parent = task->parent; parent; parent = parent->parent) {
        ++depth;
    }
    return depth;
}

// The place for a new reply: a fresh root, or the slot that its array keeps for it.
Reply *place(const redisReadTask *task, Reply::Type type)
{
    auto *reply = task->parent ? &static_cast<Reply *>(task->parent->obj)->items[static_cast<std::size_t>(task->idx)] : new Reply;
    reply->type = type;
    return reply;
}

void *createString(const redisReadTask *task, char *text, std::size_t length)
{
    if (length > ReplyParser::maxBulk) {
        return nullptr;
    }
    const auto type = task->type == REDIS_REPLY_ERROR ? Reply::Type::Error
        : task->type == REDIS_REPLY_STATUS            ? Reply::Type::Status
                                                      : Reply::Type::String;
    auto *reply = place(task, type);
    reply->text.assign(text, length);
    return reply;
}

void *createArray(const redisReadTask *task, Elements elements)
{
    const auto count = static_cast<std::size_t>(elements);
    // Maps, sets and pushes are RESP3, which we never ask for.
    if (task->type != REDIS_REPLY_ARRAY || count > ReplyParser::maxItems || depthOf(task) >= ReplyParser::maxDepth) {
        return nullptr;
    }
    auto *reply = place(task, Reply::Type::Array);
    reply->items.resize(count);
    return reply;
}

void *createInteger(const redisReadTask *task, long long value)
{
    auto *reply = place(task, Reply::Type::Integer);
    reply->integer = value;
    return reply;
}

void *createNil(const redisReadTask *task)
{
    return place(task, Reply::Type::Nil);
}

// Only roots are handed to this; their items go with them.
void freeReply(void *reply)
{
    delete static_cast<Reply *>(reply);
}

#if HIREDIS_MAJOR >= 1
// These are RESP3, too.
void *createDouble(const redisReadTask *, double, char *, std::size_t)
{
    return nullptr;
}

void *createBool(const redisReadTask *, int)
{
    return nullptr;
}

redisReplyObjectFunctions functions {createString, createArray, createInteger, createDouble, createNil, createBool, freeReply};
#else
redisReplyObjectFunctions functions {createString, createArray, createInteger, createNil, freeReply};
#endif

} // namespace

void ReplyParser::FreeReader::operator()(redisReader *reader) const
{
    redisReaderFree(reader);
}

ReplyParser::ReplyParser()
    : m_reader(redisReaderCreateWithFunctions(&functions))
{
}

ReplyParser::~ReplyParser() = default;

bool ReplyParser::feed(const char *bytes, std::size_t size)
{
    if (!m_error.empty()) {
        return false;
    }
    m_unread += size;
    if (m_unread > maxUnread) {
        m_error = Words::tr("the server sent %1 bytes without one complete reply").arg(m_unread).toStdString();
    } else if (redisReaderFeed(m_reader.get(), bytes, size) != REDIS_OK) {
        m_error = m_reader->errstr;
    }
    return m_error.empty();
}

std::optional<Reply> ReplyParser::next()
{
    if (!m_error.empty()) {
        return std::nullopt;
    }
    void *object = nullptr;
    if (redisReaderGetReply(m_reader.get(), &object) != REDIS_OK) {
        m_error = m_reader->err == REDIS_ERR_OOM ? Words::tr("the server sent a reply of a kind or size that does not belong here").toStdString() : m_reader->errstr;
        return std::nullopt;
    }
    if (!object) {
        return std::nullopt;
    }
    const std::unique_ptr<Reply> reply(static_cast<Reply *>(object));
    m_unread = m_reader->len - m_reader->pos;
    return std::move(*reply);
}

} // namespace rateguard
