// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The RateGuard authors
#pragma once

#include "engine/AlertBook.h"
#include "models/PastAlertModel.h"

#include <QObject>

namespace rateguard {

// The alert rules at work: reads and keeps them in the settings, looks at every snapshot, remembers what was raised, and says
// what is to be told. Nothing of it depends on what is on screen.
class AlertWatch : public QObject
{
    Q_OBJECT

public:
    explicit AlertWatch(QObject *parent);

    void setPlace(const QString &name) { m_source.place = name; } // of the Redis that is watched from now on; empty: it has none
    void apply(const Snapshot &snapshot);

    const AlertBook &book() const { return m_book; }
    PastAlertModel *past() const { return m_past; }
    Instant now() const { return m_now; } // server time
    // False: of another Redis than the one that is watched.
    bool isOfHere(const PastAlertModel::Row &row) const { return row.source.endpoint == m_source.endpoint; }
    QString damage() const { return m_damage; } // what could not be read of the settings, as a sentence; empty: nothing

    std::uint32_t keep(const AlertRule &rule); // id 0: a new one; its id
    void remove(std::uint32_t rule);
    void enable(std::uint32_t rule, bool enabled);
    void snooze(std::uint32_t rule, Duration span);
    void snoozeOpenly(std::uint32_t rule); // until wake
    void wake(std::uint32_t rule);

signals:
    void changed(); // more than figures: rules, states, past alerts
    void firingChanged(int rules);
    void raised(const QString &title, const QString &text); // plain text; of a Redis with a name, with it and its address

private:
    void load();
    void save();
    void take(); // what the book has to say
    void record(const AlertEvent &event, const std::vector<AlertRule> &rules);

    AlertBook m_book;
    PastAlertModel *m_past;
    Instant m_now;
    AlertSource m_source; // of what comes in
    QString m_damage;
    int m_firing = 0;
};

} // namespace rateguard
