// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The RateGuard authors
#include "ctl/PeekCommand.h"

#include "ctl/Decided.h"
#include "ctl/Wording.h"

#include <QJsonArray>

namespace rateguard {

namespace {

QString usedText(const KeyUse::Window &window, const KeyUse::Seen &seen)
{
    const auto of = QStringLiteral("%1 of %2 units in %3").arg(window.used ? QString::number(*window.used) : QStringLiteral("?")).arg(window.limit.count).arg(spanText(window.limit.window));
    if (!window.used) {
        return of + QStringLiteral(", known with its next request");
    }
    const auto left = window.remaining();
    const auto least = window.isLeast ? QStringLiteral("at least ") + of : of;
    const auto text = seen.decision->why == Why::Ban ? least + QStringLiteral(", none left while it is banned")
        : QStringLiteral("%1, %2%3 left").arg(least, window.isLeast && left > 0 ? QStringLiteral("at most ") : QString(), QString::number(left));
    // Rounded up: that long a unit may count after its window.
    return seen.isBucket ? text + QStringLiteral(", counted in pieces of %1 ms").arg((window.limit.window.count() + 59) / 60) : text;
}

QString limitText(const KeyUse::Seen &seen)
{
    const auto policys = ruleText(seen.rule, seen.at);
    if (!seen.override) {
        return QStringLiteral("that of the policy: ") + policys;
    }
    const auto own = overrideText(seen.override) + (seen.override->until ? QString() : QStringLiteral(" without an end"));
    return seen.decision->why == Why::Off ? QStringLiteral("that of the policy: %1; in mode off its own is not asked: %2").arg(policys, own)
                                          : QStringLiteral("its own: %1, instead of the policy's %2").arg(own, policys);
}

// When a request of this cost is next within the limit; nothing: never, as things are.
std::optional<Instant> nextOf(const KeyUse::Seen &seen)
{
    return seen.decision->retryAfter ? std::optional(seen.at + *seen.decision->retryAfter) : std::nullopt;
}

QString nextText(const KeyUse::Seen &seen)
{
    const auto &decision = *seen.decision;
    if (decision.retryAfter == Duration(0)) {
        return QStringLiteral("now");
    }
    const auto next = nextOf(seen);
    if (!next) {
        return decision.why == Why::Ban ? QStringLiteral("never: the ban has no end") : QStringLiteral("never: the cost is above the limit");
    }
    return QStringLiteral("%1, in %2 ms, %3").arg(localTime(*next)).arg(decision.retryAfter->count())
        .arg(decision.why == Why::Ban ? QStringLiteral("when the ban ends") : QStringLiteral("if nothing else comes"));
}

} // namespace

PeekCommand::PeekCommand(const Options &options)
    : LinkedCommand(options)
    , m_store(m_connection, m_library)
    , m_use(m_connection, m_store)
{
}

void PeekCommand::begin()
{
    m_store.setPartitions(m_partitions);
    m_use.setPartitions(m_partitions);
    m_use.read(m_options.policy, m_options.key, m_options.cost, [this](const KeyUse::Seen &seen) {
        if (!seen.decision) {
            fail(exitOf(seen.answer), undecidedText(m_options.policy, seen.answer));
            return;
        }
        m_options.json ? printObject(seen) : print(seen);
        if (!seen.error.isEmpty()) {
            printError(QStringLiteral("what the key has used could not be read: %1").arg(seen.error));
        }
        emit done(Exit::Ok);
    });
}

// The first line is what check says; those behind it say why.
void PeekCommand::print(const KeyUse::Seen &seen)
{
    printLine(decisionText(*seen.decision));
    auto head = QStringLiteral("used ");
    for (const auto &window : seen.windows) {
        printLine(QStringLiteral("%1  %2").arg(head, -5).arg(usedText(window, seen)));
        head.clear();
    }
    printLine(QStringLiteral("limit  ") + limitText(seen));
    printLine(QStringLiteral("next   ") + nextText(seen));
}

void PeekCommand::printObject(const KeyUse::Seen &seen)
{
    QJsonArray windows;
    for (const auto &window : seen.windows) {
        const auto figure = [&](std::uint64_t units) { return window.used ? QJsonValue(static_cast<qint64>(units)) : QJsonValue(); };
        windows.append(QJsonObject {{QStringLiteral("limit"), static_cast<qint64>(window.limit.count)}, {QStringLiteral("window_ms"), static_cast<qint64>(window.limit.window.count())},
            {QStringLiteral("used"), figure(window.used.value_or(0))}, {QStringLiteral("left"), figure(window.remaining())}, {QStringLiteral("at_least"), window.isLeast}});
    }
    auto object = decisionObject(*seen.decision);
    const auto names = keyObject(m_options.policy, m_options.key);
    for (auto name = names.begin(); name != names.end(); ++name) {
        object.insert(name.key(), name.value());
    }
    object.insert(QStringLiteral("cost"), static_cast<qint64>(m_options.cost));
    object.insert(QStringLiteral("time_ms"), millisecondsOf(seen.at));
    object.insert(QStringLiteral("next_ms"), millisecondsOf(nextOf(seen)));
    object.insert(QStringLiteral("windows"), windows);
    object.insert(QStringLiteral("rule"), ruleObject(m_options.policy, seen.rule, seen.at));
    object.insert(QStringLiteral("override"), seen.override ? QJsonValue(overrideObject(*seen.override)) : QJsonValue());
    printLine(object);
}

} // namespace rateguard
