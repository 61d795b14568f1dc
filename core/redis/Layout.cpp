// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The RateGuard authors
#include "redis/Layout.h"

#include <QCoreApplication>

#include <charconv>

namespace rateguard {

namespace {

struct Words
{
    Q_DECLARE_TR_FUNCTIONS(rateguard::Layout)
};

void read(const Caller &caller, const std::string &prefix, bool mayMove, LayoutCallback done)
{
    caller({"HMGET", prefix + ":config", "prefix", "partitions"}, [caller, prefix, mayMove, done = std::move(done)](const Reply &reply) {
        if (reply.isLost()) {
            done(Partitions(prefix), QString::fromStdString(reply.text));
            return;
        }
        if (!reply.hasItems(2)) {
            done(Partitions(prefix), {}); // no right to read it, or no hash
            return;
        }
        const auto &other = reply.items[0].text;
        const auto &count = reply.items[1].text;
        if (mayMove && !other.empty() && other != prefix) {
            isPrefix(other) ? read(caller, other, false, done)
                            : done(Partitions(prefix), Words::tr("The field prefix of rateguard:config holds '%1', which is no prefix. Repair it: rateguardctl init")
                                                           .arg(QString::fromStdString(other.substr(0, 80))));
            return;
        }
        std::uint32_t partitions = 1;
        const auto [end, error] = std::from_chars(count.data(), count.data() + count.size(), partitions);
        const bool isNumber = count.empty() || (error == std::errc() && end == count.data() + count.size());
        if (!isNumber || partitions < 1 || partitions > Partitions::most) {
            done(Partitions(prefix), Words::tr("The field partitions of %1:config holds '%2' instead of a number from 1 to %3. Repair it: rateguardctl init")
                                         .arg(QString::fromStdString(prefix), QString::fromStdString(count.substr(0, 80))).arg(Partitions::most));
            return;
        }
        done(Partitions(prefix, partitions), {});
    });
}

} // namespace

void readLayout(const Caller &caller, const std::optional<std::string> &prefix, LayoutCallback done)
{
    read(caller, prefix.value_or("rateguard"), !prefix, std::move(done));
}

void readLayout(Connection &connection, const std::optional<std::string> &prefix, LayoutCallback done)
{
    readLayout([&connection](const Arguments &arguments, ReplyCallback callback) { connection.call(arguments, std::move(callback)); }, prefix, std::move(done));
}

} // namespace rateguard
