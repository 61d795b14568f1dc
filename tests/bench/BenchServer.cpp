// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The RateGuard authors
#include "BenchServer.h"

#include <hiredis/hiredis.h>

#include <cstdlib>
#include <sched.h>
#include <string_view>

namespace rateguard {

namespace {

// The number after `name:` in what INFO says; below zero when it is not there.
double field(std::string_view info, std::string_view name)
{
    const auto at = info.find(std::string(name) + ":");
    return at == std::string_view::npos ? -1 : std::strtod(info.data() + at + name.size() + 1, nullptr);
}

std::string text(std::string_view info, std::string_view name)
{
    const auto at = info.find(std::string(name) + ":");
    if (at == std::string_view::npos) {
        return {};
    }
    const auto from = at + name.size() + 1;
    return std::string(info.substr(from, info.find('\r', from) - from));
}

// This thread onto the first CPU that it may use, the server onto the last: left alone, the scheduler now and then puts
// both onto one, where waking each other costs a third of what it costs across, and no two runs compare. A service that
// calls Redis is never on its core either.
void keepApart(pid_t server)
{
    static const auto allowed = [] {
        cpu_set_t set;
        CPU_ZERO(&set);
        ::sched_getaffinity(0, sizeof set, &set);
        return set;
    }();
    int first = -1;
    int last = -1;
    for (int cpu = 0; cpu < CPU_SETSIZE; ++cpu) {
        if (CPU_ISSET(cpu, &allowed)) {
            first = first < 0 ? cpu : first;
            last = cpu;
        }
    }
    if (first == last) {
        return;
    }
    for (const auto &[process, cpu] : {std::pair(pid_t {0}, first), std::pair(server, last)}) {
        cpu_set_t one;
        CPU_ZERO(&one);
        CPU_SET(cpu, &one);
        ::sched_setaffinity(process, sizeof one, &one);
    }
}

} // namespace

void FreeReply::operator()(redisReply *reply) const
{
    freeReplyObject(reply);
}

void FreeContext::operator()(redisContext *context) const
{
    redisFree(context);
}

BenchServer::BenchServer()
    : m_process({QStringLiteral("--maxmemory"), QStringLiteral("0")})
{
    QString error;
    if (!m_process.start(&error)) {
        throw BenchError(error.toStdString());
    }
    keepApart(static_cast<pid_t>(m_process.processId()));
    m_context = connect();
}

ContextPtr BenchServer::connect() const
{
    ContextPtr context(redisConnectUnix(m_process.url().path.c_str()));
    if (!context || context->err) {
        throw BenchError(std::string("no connection to the private server: ") + (context ? context->errstr : "out of memory"));
    }
    return context;
}

ReplyPtr BenchServer::tell(const Words &command)
{
    append(command);
    return answer();
}

ReplyPtr BenchServer::ask(const Words &command)
{
    auto reply = tell(command);
    if (reply->type == REDIS_REPLY_ERROR) {
        throw BenchError(command.front() + ": " + reply->str);
    }
    return reply;
}

void BenchServer::append(const Words &command)
{
    m_starts.clear();
    m_lengths.clear();
    for (const auto &word : command) {
        m_starts.push_back(word.data());
        m_lengths.push_back(word.size());
    }
    if (redisAppendCommandArgv(m_context.get(), static_cast<int>(command.size()), m_starts.data(), m_lengths.data()) != REDIS_OK) {
        throw BenchError("a command could not be queued");
    }
}

ReplyPtr BenchServer::answer()
{
    void *reply = nullptr;
    if (redisGetReply(m_context.get(), &reply) != REDIS_OK) {
        throw BenchError(std::string("the private server went away: ") + m_context->errstr);
    }
    return ReplyPtr(static_cast<redisReply *>(reply));
}

double BenchServer::cpu()
{
    const auto reply = ask({"INFO", "cpu"});
    const std::string_view info(reply->str, reply->len);
    const auto own = field(info, "used_cpu_user_main_thread");
    if (own >= 0) {
        return 1e6 * (own + field(info, "used_cpu_sys_main_thread"));
    }
    return 1e6 * (field(info, "used_cpu_user") + field(info, "used_cpu_sys"));
}

std::string BenchServer::loadScript(const std::string &script)
{
    return ask({"SCRIPT", "LOAD", script})->str;
}

void BenchServer::loadLibrary(const std::string &library)
{
    ask({"FUNCTION", "LOAD", "REPLACE", library});
}

std::string BenchServer::version()
{
    const auto reply = ask({"INFO", "server"});
    const std::string_view info(reply->str, reply->len);
    const auto valkey = text(info, "valkey_version");
    return valkey.empty() ? "redis " + text(info, "redis_version") : "valkey " + valkey;
}

} // namespace rateguard
