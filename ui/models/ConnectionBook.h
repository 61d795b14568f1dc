// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The RateGuard authors
#pragma once

#include "models/Place.h"

#include <QJsonArray>
#include <QJsonObject>
#include <QStringList>

#include <vector>

class QSettings;

namespace rateguard {

// The saved connections and the addresses used lately, in the settings of this user, whose file nobody else may read from
// then on. Never holds a password: those are in the keyring. Every change is written at once.
class ConnectionBook
{
public:
    static constexpr qsizetype maxRecent = 5;

    explicit ConnectionBook(QSettings &settings); // which must outlive it

    const std::vector<Place> &places() const { return m_places; } // by name
    std::optional<Place> named(const QString &name) const; // whatever the case, where that leaves no doubt
    std::optional<Place> withId(const QString &id) const;
    std::optional<Place> at(const QString &url) const; // the one that asks for most care, where several are; watched only if any is

    Place save(Place place); // over the one of the same id; without an id as a new one
    void remove(const QString &id);

    QStringList recent() const; // newest first
    void noteRecent(const QString &url);

    // The one opened last, if it was a saved one.
    QString lastId() const;
    void noteLast(const QString &id); // empty: it was none of these

    // What could not be read, in plain words; it is kept in the settings as it is.
    QString trouble() const { return m_trouble; }

private:
    void load();
    void write();

    QSettings &m_settings;
    std::vector<Place> m_places;
    QJsonObject m_whole; // as it was read, for what we do not know
    QJsonArray m_damaged; // entries that make no sense to us
    QString m_trouble;
};

} // namespace rateguard
