// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The RateGuard authors
#include "Peers.h"

#include <QDir>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QProcess>

#include <hiredis/hiredis.h>

#include <algorithm>
#include <array>
#include <chrono>

namespace rateguard {

namespace {

// What a program printed, or why it has nothing to say.
struct Run
{
    QByteArray output;
    std::string failure;
};

Run run(const QString &folder, const QString &program, const QStringList &arguments)
{
    QProcess process;
    process.setWorkingDirectory(folder);
    process.start(program, arguments, QIODevice::ReadOnly);
    if (!process.waitForFinished(-1) || process.exitStatus() != QProcess::NormalExit || process.exitCode() != 0) {
        // The first lines that are no warnings say most.
        QStringList said;
        for (const auto &line : QString::fromUtf8(process.readAllStandardError()).split(QLatin1Char('\n'), Qt::SkipEmptyParts)) {
            if (!line.contains(QLatin1String("warn")) && !line.startsWith(QLatin1String("W:")) && said.size() < 3) {
                said.append(line.trimmed());
            }
        }
        return {{}, (program + QStringLiteral(": ") + (said.isEmpty() ? process.errorString() : said.join(QStringLiteral("; ")))).toStdString()};
    }
    return {process.readAllStandardOutput(), {}};
}

QString helper(const QString &name)
{
    return QStringLiteral(RATEGUARD_BENCH_DIR "/") + name;
}

void addOnce(std::vector<std::string> &list, const std::string &text)
{
    if (std::find(list.begin(), list.end(), text) == list.end()) {
        list.push_back(text);
    }
}

Words wordsOf(const QJsonValue &array)
{
    Words words;
    for (const auto &word : array.toArray()) {
        words.push_back(word.toString().toStdString());
    }
    return words;
}

// One word of a command that is different in each call.
struct Blank
{
    enum class Kind { Key, Milliseconds, Seconds };
    std::size_t at;
    Kind kind;
    std::string before, after;
};

std::vector<Blank> blanksIn(const Words &words)
{
    constexpr std::array<std::pair<std::string_view, Blank::Kind>, 3> names {
        {{"@KEY@", Blank::Kind::Key}, {"@NOW_MS@", Blank::Kind::Milliseconds}, {"@NOW_S@", Blank::Kind::Seconds}}};
    std::vector<Blank> blanks;
    for (std::size_t i = 0; i < words.size(); ++i) {
        for (const auto &[name, kind] : names) {
            if (const auto at = words[i].find(name); at != std::string::npos) {
                blanks.push_back({i, kind, words[i].substr(0, at), words[i].substr(at + name.size())});
            }
        }
    }
    return blanks;
}

void fillIn(const Blank &blank, std::string &word, std::string_view key)
{
    if (blank.kind == Blank::Kind::Key) {
        word.assign(blank.before).append(key).append(blank.after);
        return;
    }
    using namespace std::chrono;
    const auto now = duration_cast<microseconds>(system_clock::now().time_since_epoch()).count();
    if (blank.kind == Blank::Kind::Milliseconds) {
        word = std::to_string(now / 1000);
    } else {
        word = std::to_string(static_cast<double>(now) / 1e6);
    }
}

} // namespace

Peers::Peers(QString folder)
    : m_folder(std::move(folder))
{
    QDir().mkpath(m_folder);
    installPackages();
}

void Peers::installPackages()
{
    const QDir folder(m_folder);
    if (!folder.exists(QStringLiteral("node_modules/@upstash/ratelimit"))) {
        const auto npm = run(m_folder, QStringLiteral("npm"), {QStringLiteral("install"), QStringLiteral("--prefix"), m_folder,
            QStringLiteral("--ignore-scripts"), QStringLiteral("--no-audit"), QStringLiteral("--no-fund"),
            QStringLiteral("rate-limiter-flexible"), QStringLiteral("rate-limit-redis"), QStringLiteral("@upstash/ratelimit")});
        if (!npm.failure.empty()) {
            addOnce(m_missing, "the limiters on npm: " + npm.failure);
        }
    }
    if (!folder.exists(QStringLiteral("usr/lib/python3/dist-packages/limits"))) {
        // With what it imports, so that nothing has to be installed on the system.
        auto apt = run(m_folder, QStringLiteral("apt-get"), {QStringLiteral("download"), QStringLiteral("python3-limits"),
            QStringLiteral("python3-deprecated"), QStringLiteral("python3-wrapt"), QStringLiteral("python3-packaging"),
            QStringLiteral("python3-typing-extensions"), QStringLiteral("python3-pkg-resources")});
        for (const auto &package : folder.entryList({QStringLiteral("*.deb")})) {
            if (apt.failure.empty()) {
                apt = run(m_folder, QStringLiteral("dpkg"), {QStringLiteral("-x"), package, m_folder});
            }
        }
        if (!apt.failure.empty()) {
            addOnce(m_missing, "python-limits: " + apt.failure);
        }
    }
}

std::vector<Contender> Peers::contenders(BenchServer &server, Allowance allowance)
{
    std::vector<Contender> all;
    const QStringList numbers {m_folder, QString::number(allowance.count), QString::number(allowance.milliseconds)};
    const std::array<std::pair<QString, QString>, 2> helpers {
        {{QStringLiteral("node"), helper(QStringLiteral("peers.mjs"))}, {QStringLiteral("python3"), helper(QStringLiteral("peers.py"))}}};
    for (const auto &[program, script] : helpers) {
        const auto result = run(m_folder, program, QStringList {script} + numbers);
        if (!result.failure.empty()) {
            addOnce(m_missing, result.failure);
        }
        for (const auto &line : result.output.split('\n')) {
            const auto captured = QJsonDocument::fromJson(line).object();
            if (captured.contains(QStringLiteral("missing"))) {
                addOnce(m_missing, (captured[QStringLiteral("missing")].toString() + QStringLiteral(": ")
                    + captured[QStringLiteral("reason")].toString()).toStdString());
            } else if (!captured.isEmpty()) {
                all.push_back(contender(server, captured));
            }
        }
    }
    return all;
}

Contender Peers::contender(BenchServer &server, const QJsonObject &captured)
{
    const auto title = captured[QStringLiteral("title")].toString().toStdString();
    auto script = captured[QStringLiteral("script")].toString().toStdString();
    auto loaded = server.tell({"SCRIPT", "LOAD", script});
    // Redis refuses flags that only other servers know; they say nothing about what the script does.
    if (loaded->type == REDIS_REPLY_ERROR && script.starts_with("#!lua ")) {
        script.replace(0, script.find('\n'), "#!lua");
        loaded = server.ask({"SCRIPT", "LOAD", script});
        addOnce(m_changed, title + ": measured without its flags, which this server refuses");
    }
    if (loaded->type == REDIS_REPLY_ERROR) {
        throw BenchError(title + ": " + loaded->str);
    }
    const auto keys = wordsOf(captured[QStringLiteral("keys")]);
    const auto arguments = wordsOf(captured[QStringLiteral("args")]);
    Words words {"EVALSHA", loaded->str, std::to_string(keys.size())};
    words.insert(words.end(), keys.begin(), keys.end());
    words.insert(words.end(), arguments.begin(), arguments.end());

    const auto range = captured[QStringLiteral("admits")].toArray();
    return {Role::Other, title, words,
        [blanks = blanksIn(words)](Words &command, std::string_view key) {
            for (const auto &blank : blanks) {
                fillIn(blank, command[blank.at], key);
            }
        },
        [least = range[0].toInteger(), most = range[1].toInteger()](const redisReply &reply) {
            const auto &first = reply.type == REDIS_REPLY_ARRAY && reply.elements > 0 ? *reply.element[0] : reply;
            return first.type == REDIS_REPLY_INTEGER && first.integer >= least && first.integer <= most;
        }};
}

} // namespace rateguard
