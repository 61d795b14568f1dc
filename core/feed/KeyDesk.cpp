// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The RateGuard authors
#include "feed/KeyDesk.h"

#include <utility>

namespace rateguard {

namespace {

constexpr std::chrono::milliseconds pause {2}; // so that a busy connection gets its turns, and waiting costs nothing

} // namespace

KeyDesk::KeyDesk(KeySource &keys)
    : m_keys(keys)
    , m_table(keys)
{
    m_timer.setSingleShot(true);
    m_timer.setTimerType(Qt::PreciseTimer);
    m_timer.setInterval(pause);
    QObject::connect(&m_timer, &QTimer::timeout, &m_timer, [this] { work(); });
}

void KeyDesk::fill(const SnapshotRequest &request, Instant now, Snapshot &out)
{
    m_now = now;
    auto live = request;
    if (request.table.frozen) {
        live.table.count = 0; // nobody sees them
        live.table.take = 0;
    }
    m_table.fill(live, now, out);
    if (!request.table.frozen) {
        m_frozen.reset();
    } else if (!m_frozen) {
        m_frozen = std::make_unique<Frozen>();
        m_frozen->keys.copy(m_keys, now, m_keys.places() <= KeyTable::small ? QDeadlineTimer(QDeadlineTimer::Forever) : QDeadlineTimer(slice));
    }
    if (m_frozen && m_frozen->keys.isWhole()) {
        Snapshot still;
        m_frozen->table.fill(request, m_frozen->keys.now(), still);
        if (m_frozen->table.hasOrder()) {
            out.table = std::move(still.table);
            out.table.order.frozen = true;
        }
    }
    if (!m_timer.isActive() && m_keys.places() > KeyTable::small) {
        work();
    }
}

void KeyDesk::work()
{
    const QDeadlineTimer end(slice);
    bool more = false;
    if (m_frozen && !m_frozen->keys.isWhole()) {
        m_frozen->keys.copy(m_keys, m_now, end);
        more = true;
    } else if (m_frozen) {
        more = m_frozen->table.work(end);
    }
    more |= !end.hasExpired() && m_table.work(end);
    if (more || end.hasExpired()) {
        m_timer.start();
    }
}

} // namespace rateguard
