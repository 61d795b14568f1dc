// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The RateGuard authors
#include "redis/Library.h"

#include <QFile>

#include <charconv>

// Resources of a static library are not found unless somebody asks for them by name, outside any namespace.
static void useResources()
{
    Q_INIT_RESOURCE(library);
}

namespace rateguard {

bool isLibraryMissing(const Reply &reply)
{
    return reply.startsWith("ERR Function not found");
}

Library::Library(Connection &connection, bool mayLoad)
    : Library([&connection](const Arguments &arguments, ReplyCallback callback) { connection.call(arguments, std::move(callback)); }, mayLoad)
{
}

Library::Library(Caller caller, bool mayLoad)
    : m_caller(std::move(caller))
    , m_mayLoad(mayLoad)
{
}

const std::string &Library::text()
{
    static const std::string text = [] {
        useResources();
        QFile file(QStringLiteral(":/rateguard/rateguard.lua"));
        return file.open(QIODevice::ReadOnly) ? file.read(1 << 20).toStdString() : std::string();
    }();
    return text;
}

int Library::version()
{
    static const int version = [] {
        constexpr std::string_view mark = "local VERSION = ";
        int value = 0;
        const auto at = text().find(mark) + mark.size();
        std::from_chars(text().data() + at, text().data() + text().size(), value);
        return value;
    }();
    return version;
}

void Library::call(const Connection::Arguments &arguments, Connection::Callback callback)
{
    m_caller(arguments, [this, arguments, callback = std::move(callback)](const Reply &reply) {
        if (!isLibraryMissing(reply) || !m_mayLoad) {
            if (callback) {
                callback(reply);
            }
            return;
        }
        load(false, [this, arguments, callback, reply](const Reply &loaded) {
            if (loaded.isError() && callback) {
                // Who may not load it is told that it is missing, not that something else is wrong.
                callback(isRightsError(loaded) ? reply : loaded);
            } else {
                m_caller(arguments, callback);
            }
        });
    });
}

void Library::listen(const Keyspace &names, Connection::Callback callback)
{
    call({"FCALL_RO", "rateguard_listen", "1", names.limits}, std::move(callback));
}

void Library::update(std::function<void(QString)> done)
{
    call({"FCALL_RO", "rateguard_version", "0"}, [this, done = std::move(done)](const Reply &reply) {
        const bool older = reply.type == Reply::Type::Integer && reply.integer < version();
        if (!older || !m_mayLoad) {
            done(reply.isError() ? QString::fromStdString(reply.text) : QString());
            return;
        }
        load(true, [done](const Reply &loaded) { done(loaded.isError() ? QString::fromStdString(loaded.text) : QString()); });
    });
}

void Library::load(bool replace, std::function<void(const Reply &)> done)
{
    Connection::Arguments arguments {"FUNCTION", "LOAD"};
    if (replace) {
        arguments.push_back("REPLACE");
    }
    arguments.push_back(text());
    m_caller(arguments, [done = std::move(done)](const Reply &reply) {
        // Somebody else was faster: as good as loaded.
        const bool exists = reply.type == Reply::Type::Error && reply.text.find("already exists") != std::string::npos;
        done(exists ? Reply {Reply::Type::Status, 0, "OK", {}} : reply);
    });
}

} // namespace rateguard
