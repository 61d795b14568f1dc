// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The RateGuard authors
#include "feed/KeyEdits.h"

#include <QTimer>

#include <algorithm>
#include <utility>

namespace rateguard {

namespace {

OverrideOutcome outcomeFor(const OverrideEdit &edit, OverrideOutcome::Status status, const QString &message)
{
    OverrideOutcome outcome;
    outcome.id = edit.id;
    outcome.policy = edit.policy;
    outcome.key = edit.key;
    outcome.status = status;
    outcome.message = message.toStdString();
    return outcome;
}

} // namespace

bool isShortenedKey(std::string_view key)
{
    constexpr std::size_t kept = 200;
    constexpr std::size_t digest = 40;
    return key.size() == kept + 1 + digest && key[kept] == '~' && key.find_first_not_of("0123456789abcdef", kept + 1) == std::string_view::npos;
}

KeyEdits::KeyEdits(Connection &connection, OverrideStore &store, const ServerClock &clock, bool isReadOnly)
    : m_connection(connection)
    , m_store(store)
    , m_clock(clock)
    , m_lookup(connection, store)
    , m_isReadOnly(isReadOnly)
{
}

void KeyEdits::submit(const OverrideEdit &edit)
{
    if (m_isReadOnly) {
        refuse(edit, EditOutcome::Cause::Server, tr("Nothing was changed: this session is read-only."));
        return;
    }
    if (!m_connection.isLive()) {
        refuse(edit, EditOutcome::Cause::Server, tr("Nothing was sent: there is no connection to Redis. Apply again when it is back."));
        return;
    }
    if (isShortenedKey(edit.key)) {
        refuse(edit, EditOutcome::Cause::Value,
            tr("Nothing was changed: this key has more than 256 bytes, and only its beginning is known here. Use rateguardctl with its full name."));
        return;
    }
    if (m_open.size() == maxOpen) {
        refuse(edit, EditOutcome::Cause::Server, tr("Nothing was sent: 1,000 edits wait for an answer already. Apply again when Redis has answered them."));
        return;
    }
    m_open.push_back({edit, m_clock.now()});
    m_store.apply(edit, [this](const OverrideOutcome &result) { outcome(result); });
    QTimer::singleShot(patience, this, [this, id = edit.id] { giveUpWaiting(id); });
}

void KeyEdits::giveUpWaiting(std::uint64_t id)
{
    if (const auto *open = find(id); open && !open->isUnknown) {
        outcome(outcomeFor(open->edit, OverrideOutcome::Status::Unknown,
            tr("Redis has not answered for 3 s: the edit may have been made. It is looked up as soon as Redis answers.")));
    }
}

void KeyEdits::live()
{
    const auto open = m_open;
    for (const auto &one : open) {
        if (one.isUnknown) {
            m_lookup.find(one.edit, one.sent, [this](const OverrideOutcome &result) {
                if (find(result.id)) { // else its own answer came meanwhile
                    outcome(result);
                }
            });
        }
    }
}

KeyEdits::Open *KeyEdits::find(std::uint64_t id)
{
    const auto open = std::find_if(m_open.begin(), m_open.end(), [id](const Open &o) { return o.edit.id == id; });
    return open == m_open.end() ? nullptr : &*open;
}

void KeyEdits::outcome(OverrideOutcome outcome)
{
    if (outcome.status == OverrideOutcome::Status::Applied && outcome.appliedAt == Instant()) {
        outcome.appliedAt = m_clock.now(); // a reset, or what was looked up: Redis does not say when
    }
    if (outcome.status == OverrideOutcome::Status::Unknown) {
        if (auto *open = find(outcome.id)) {
            open->isUnknown = true;
        }
    } else {
        std::erase_if(m_open, [&](const Open &o) { return o.edit.id == outcome.id; });
    }
    emit answered(outcome);
    m_news.push_back(std::move(outcome));
}

void KeyEdits::refuse(const OverrideEdit &edit, EditOutcome::Cause cause, const QString &why)
{
    auto refused = outcomeFor(edit, OverrideOutcome::Status::Refused, why);
    refused.cause = cause;
    outcome(std::move(refused));
}

void KeyEdits::inherit(KeyEdits &before, bool sameRedis)
{
    for (auto &open : before.m_open) {
        if (!std::exchange(open.isUnknown, true)) {
            before.m_news.push_back(outcomeFor(open.edit, OverrideOutcome::Status::Unknown,
                tr("The connection was replaced before Redis answered: the edit may have been made. Look at the key before you apply again.")));
        }
    }
    m_news = before.takeNews();
    if (sameRedis) {
        m_open = std::exchange(before.m_open, {});
    }
}

std::vector<OverrideOutcome> KeyEdits::takeNews()
{
    return std::exchange(m_news, {});
}

} // namespace rateguard
