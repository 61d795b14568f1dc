// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The RateGuard authors
#include "feed/DetailReader.h"

#include "feed/KeyEdits.h"

#include "redis/LimitStore.h"

#include <QCoreApplication>

#include <utility>

namespace rateguard {

namespace {

struct Words
{
    Q_DECLARE_TR_FUNCTIONS(rateguard::DetailReader)
};

} // namespace

struct DetailReader::Reading
{
    std::uint64_t number = 0;
    std::optional<Rule> rule;
    std::optional<Override> override;
    KeyWindow::Log log;
    std::optional<Decision> next;
    Reply answer; // to the question for `next`
};

DetailReader::DetailReader(Connection &connection, OverrideStore &store, Heard heard)
    : m_connection(connection)
    , m_store(store)
    , m_heard(std::move(heard))
    , m_window(connection)
{
    m_timer.setInterval(every);
    QObject::connect(&m_timer, &QTimer::timeout, &m_timer, [this] { readSoon(); });
}

void DetailReader::setPartitions(const Partitions &partitions)
{
    m_partitions = partitions;
    m_window.setPartitions(partitions);
}

void DetailReader::want(const std::string &policy, const std::string &key)
{
    if (m_isWanted && m_policy == policy && m_key == key) {
        return;
    }
    m_isWanted = true;
    m_policy = policy;
    m_key = key;
    m_current.reset();
    m_reading = 0; // what is under way is about another key
    m_timer.start();
    read();
}

void DetailReader::stop()
{
    m_isWanted = false;
    m_reading = 0;
    m_timer.stop();
    m_current.reset();
}

void DetailReader::changed(std::string_view policy, std::optional<std::string_view> key)
{
    if (policy == m_policy && key.value_or(m_key) == m_key) {
        readSoon();
    }
}

// Never two at a time about the same key.
void DetailReader::readSoon()
{
    if (m_reading != 0) {
        m_isReadAgain = true;
    } else if (m_isWanted) {
        read();
    }
}

void DetailReader::read()
{
    m_isReadAgain = false;
    if (isShortenedKey(m_key)) {
        KeyDetail detail;
        detail.error = Words::tr("This key has more than 256 bytes, and only its beginning is known here: details need its real name. "
                                 "Ask with rateguardctl peek and the full name.")
                           .toStdString();
        put(std::move(detail));
        return;
    }
    const auto reading = std::make_shared<Reading>();
    reading->number = m_reading = ++m_readings;
    m_connection.call({"HGET", m_partitions.of(m_key).limits, m_policy},
        [reading](const Reply &reply) { reading->rule = reply.type == Reply::Type::String ? parseRule(reply.text) : std::nullopt; });
    m_store.find(m_policy, m_key, [reading](const std::optional<Override> &value, const Reply &) { reading->override = value; });
    m_window.read(m_policy, m_key, KeyDetail::maxStamps, [reading](const KeyWindow::Log &log) { reading->log = log; });
    m_store.peek(m_policy, m_key, 1, [this, reading](const std::optional<Decision> &decision, const Reply &reply) {
        reading->next = decision;
        reading->answer = reply;
        if (m_reading == reading->number) {
            finish(*reading);
        }
    });
}

void DetailReader::finish(const Reading &reading)
{
    m_reading = 0;
    if (reading.answer.isLost() && m_current) {
        return; // what was known stands, with its time
    }
    KeyDetail detail;
    detail.at = reading.log.now;
    detail.next = reading.next;
    if (reading.override && !reading.override->isOver(detail.at)) {
        detail.override = reading.override;
    }
    const bool hasOwnLimit = detail.override && detail.override->kind == Override::Kind::Limit;
    const auto &limits = hasOwnLimit ? detail.override->limit : reading.rule ? reading.rule->limit : Limits();
    if (reading.rule && reading.rule->limit.algorithm == Algorithm::Log && !limits.empty()) {
        detail.admitted = reading.log.inside(limits.longest());
        detail.isCut = reading.log.isCut(limits.longest());
    }
    if (!detail.next) {
        detail.error = (reading.answer.isError() ? explainError(reading.answer) : Words::tr("Redis gave an answer that this version does not know.")).toStdString();
    } else if (!reading.log.error.isEmpty()) {
        detail.error = Words::tr("The admitted requests could not be read: %1").arg(reading.log.error).toStdString();
    }
    put(std::move(detail));
    if (m_isReadAgain) {
        read();
    }
}

void DetailReader::put(KeyDetail detail)
{
    detail.policy = m_policy;
    detail.key = m_key;
    if (const auto *rejection = m_heard.rejections.find(m_policy, m_key)) {
        detail.lastRejection = *rejection;
    }
    detail.row = m_heard.row(m_policy, m_key);
    m_current = std::make_shared<KeyDetail>(std::move(detail));
}

} // namespace rateguard
