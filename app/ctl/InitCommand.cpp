// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The RateGuard authors
#include "ctl/InitCommand.h"

#include "ctl/Wording.h"
#include "format/Text.h"

#include <charconv>

namespace rateguard {

namespace {

const std::string usual = "rateguard";

// What somebody wrote into the configuration; nothing when it is no number of partitions.
std::optional<std::uint32_t> partitionsOf(const std::string &text)
{
    std::uint32_t count = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), count);
    const bool isCount = error == std::errc() && end == text.data() + text.size() && count >= 1 && count <= Partitions::most;
    return isCount ? std::optional(count) : std::nullopt;
}

} // namespace

InitCommand::InitCommand(const Options &options)
    : LinkedCommand(options)
    , m_limits(m_connection, m_library)
    , m_overrides(m_connection, m_library)
    , m_moved(m_connection, m_library)
{
}

// Not through readLayout: what is wrong there is to be repaired here.
void InitCommand::connected()
{
    readTime([this] {
        m_library.update([this](const QString &error) {
            if (error.isEmpty()) {
                begin();
            } else {
                fail(exitOf(Reply {Reply::Type::Error, 0, error.toStdString(), {}}), explainError(Reply {Reply::Type::Error, 0, error.toStdString(), {}}));
            }
        });
    });
}

void InitCommand::begin()
{
    m_connection.call({"HGET", usual + ":config", "prefix"}, [this](const Reply &reply) {
        m_pointer = reply.type == Reply::Type::String ? reply.text : std::string();
        const auto prefix = m_options.prefix.value_or(isPrefix(m_pointer) ? m_pointer : usual);
        m_connection.call({"HGET", prefix + ":config", "partitions"}, [this, prefix](const Reply &count) {
            if (isAnswer(count)) {
                m_count = count.text;
                const auto before = partitionsOf(m_count).value_or(1);
                m_partitions = Partitions(prefix, before);
                m_wanted = Partitions(prefix, m_options.partitions.value_or(before));
                look();
            }
        });
    });
}

void InitCommand::look()
{
    m_limits.setPartitions(m_partitions);
    m_overrides.setPartitions(m_partitions);
    m_moved.setPartitions(m_wanted);
    m_limits.list([this](const LimitStore::Listed &limits) {
        if (!limits.error.isEmpty()) {
            fail(exitOf(limits.failure), limits.error);
            return;
        }
        m_overrides.list({}, [this, limits](const OverrideStore::Listed &overrides) {
            overrides.error.isEmpty() ? decide(limits, overrides) : fail(exitOf(overrides.failure), overrides.error);
        });
    });
}

void InitCommand::decide(const LimitStore::Listed &limits, const OverrideStore::Listed &overrides)
{
    m_limitCount = limits.texts.size();
    if (m_wanted.size() != m_partitions.size() && !limits.texts.empty() && !m_options.force) {
        fail(Exit::Value, QStringLiteral("prefix '%1' is in use, with %2 partition(s) and %3 limit(s). With %4 partitions most keys live in another one. What they have used "
                                            "is forgotten there, so for one window they may use twice their limit. Services that run go on with the old number until they are "
                                            "restarted, and count apart from the new ones until then. Limits and overrides move along; of partitions that are no more, traffic "
                                            "and history are out of sight. Nothing was changed; with --force it is done.")
                                 .arg(textOf(m_wanted.prefix())).arg(m_partitions.size()).arg(m_limitCount).arg(m_wanted.size()));
        return;
    }
    if (overrides.isCut) {
        fail(Exit::Value, QStringLiteral("there are more than %1 overrides to move; lift some first. Nothing was changed.").arg(OverrideStore::maxOverrides));
        return;
    }
    for (const auto &one : overrides.all) {
        if (m_partitions.of(one.key).limits != m_wanted.of(one.key).limits) {
            // Without a limit nothing can be set for a key, and nothing taken away.
            limits.texts.contains(one.policy) ? m_moving.push_back(one) : static_cast<void>(++m_leftCount);
        }
    }
    sending(QStringLiteral("init"));
    auto texts = limits.texts;
    for (const auto &[policy, version] : limits.unset) {
        texts.try_emplace(policy, std::to_string(version) + " unset"); // so that versions go on from there
    }
    copyLimits(texts);
}

// Before the number counts: whoever sees the new partitions finds their limits.
void InitCommand::copyLimits(const std::map<std::string, std::string> &texts)
{
    const auto waiting = std::make_shared<std::size_t>(texts.size() * m_wanted.size());
    if (*waiting == 0) {
        moveNext();
        return;
    }
    for (const auto &[policy, text] : texts) {
        for (const auto &names : m_wanted) {
            m_library.call({"FCALL", "rateguard_copy", "1", names.limits, policy, text}, [this, waiting](const Reply &reply) {
                --*waiting;
                if (isAnswer(reply) && *waiting == 0) {
                    moveNext();
                }
            });
        }
    }
}

// One after the other; each is in its new place before it leaves the old one.
void InitCommand::moveNext()
{
    if (m_movedCount == m_moving.size()) {
        writeConfig();
        return;
    }
    const auto &one = m_moving[m_movedCount];
    OverrideEdit edit;
    edit.policy = one.policy;
    edit.key = one.key;
    edit.kind = one.value.kind;
    edit.limit = one.value.limit;
    if (one.value.until) {
        edit.span = std::max(Duration(1), std::chrono::ceil<Duration>(*one.value.until - now()));
    }
    edit.author = operatorName();
    edit.reason = m_options.reason.empty() ? "moved by init" : m_options.reason;
    m_moved.apply(edit, [this, edit](const OverrideOutcome &made) mutable {
        if (!isApplied(made.status, made.cause, made.message)) {
            return;
        }
        edit.kind.reset();
        edit.span.reset();
        m_overrides.apply(edit, [this](const OverrideOutcome &gone) {
            if (isApplied(gone.status, gone.cause, gone.message)) {
                ++m_movedCount;
                moveNext();
            }
        });
    });
}

void InitCommand::writeConfig()
{
    const auto count = std::to_string(m_wanted.size());
    if (m_count == count) {
        redirect();
        return;
    }
    m_connection.call({"HSET", m_wanted.prefix() + ":config", "partitions", count}, [this](const Reply &reply) {
        if (isAnswer(reply)) {
            redirect();
        }
    });
}

// Clients that were told no prefix ask under the usual name. Who has limits there already is not led away from them.
void InitCommand::redirect()
{
    const auto &prefix = m_wanted.prefix();
    if (prefix == usual && !m_pointer.empty() && m_pointer != usual) {
        report(QStringLiteral("clients without a prefix are led to '%1'; to end that: HDEL rateguard:config prefix").arg(displayText(m_pointer, 80)));
        return;
    }
    if (prefix == usual || m_pointer == prefix) {
        report({});
        return;
    }
    const auto told = QStringLiteral("; clients have to be told the prefix '%1'").arg(textOf(prefix));
    if (!m_pointer.empty()) {
        report(QStringLiteral("rateguard:config already names the prefix '%1'").arg(displayText(m_pointer, 80)) + told);
        return;
    }
    const Partitions usualPlace(usual, 1);
    m_connection.call({"HSCAN", usualPlace.first().limits, "0", "COUNT", "1"}, [this, told, prefix](const Reply &reply) {
        const bool isUsed = reply.hasItems(2) && !reply.items[1].items.empty();
        if (isUsed) {
            report(QStringLiteral("the prefix 'rateguard' has limits, too, so nobody is led away from it") + told);
            return;
        }
        m_connection.call({"HSET", usual + ":config", "prefix", prefix}, [this, told](const Reply &written) {
            m_hasRedirect = !written.isError();
            report(written.isError() ? QStringLiteral("this user may not write rateguard:config") + told : QString());
        });
    });
}

void InitCommand::report(const QString &note)
{
    const auto &prefix = m_wanted.prefix();
    m_hasRedirect = m_hasRedirect || m_pointer == prefix;
    if (m_options.json) {
        printLine(QJsonObject {{QStringLiteral("prefix"), textOf(prefix)}, {QStringLiteral("partitions"), static_cast<qint64>(m_wanted.size())},
            {QStringLiteral("partitions_before"), m_count.empty() ? QJsonValue() : QJsonValue(static_cast<qint64>(m_partitions.size()))},
            {QStringLiteral("limits"), static_cast<qint64>(m_limitCount)}, {QStringLiteral("overrides_moved"), static_cast<qint64>(m_moving.size())},
            {QStringLiteral("redirect"), m_hasRedirect}, {QStringLiteral("library"), Library::version()}});
    } else {
        printLine(QStringLiteral("prefix '%1': %2 partition(s), %3 limit(s), %4 override(s) moved, library %5%6").arg(textOf(prefix)).arg(m_wanted.size())
                      .arg(m_limitCount).arg(m_moving.size()).arg(Library::version())
                      .arg(m_hasRedirect ? QStringLiteral("; clients without a prefix use this one") : QString()));
    }
    if (m_leftCount > 0) {
        printError(QStringLiteral("%1 override(s) of policies that have no limit now did not move along").arg(m_leftCount));
    }
    if (!note.isEmpty()) {
        printError(note);
    }
    emit done(Exit::Ok);
}

} // namespace rateguard
