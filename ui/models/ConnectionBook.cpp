// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The RateGuard authors
#include "models/ConnectionBook.h"

#include <QCoreApplication>
#include <QFile>
#include <QJsonDocument>
#include <QRegularExpression>
#include <QSettings>
#include <QUuid>

#include <algorithm>

namespace rateguard {
namespace {

struct Words
{
    Q_DECLARE_TR_FUNCTIONS(rateguard::ConnectionBook)
};

const auto key = QStringLiteral("connections");
const auto asideKey = QStringLiteral("connectionsDamaged");
const auto recentKey = QStringLiteral("recent");
const auto lastKey = QStringLiteral("lastConnection");
const auto list = QStringLiteral("connections");
const auto damagedList = QStringLiteral("damaged");

std::optional<Place> placeOf(const QJsonObject &entry)
{
    Place place;
    place.id = entry[QLatin1String("id")].toString();
    place.name = entry[QLatin1String("name")].toString();
    place.url = withoutSecret(entry[QLatin1String("url")].toString());
    place.user = entry[QLatin1String("user")].toString();
    place.readOnly = entry[QLatin1String("readOnly")].toBool();
    place.keepsPassword = entry[QLatin1String("keepsPassword")].toBool();
    const auto environment = environmentOf(entry[QLatin1String("environment")].toString());
    if (place.id.isEmpty() || place.name.isEmpty() || place.url.isEmpty() || !environment)
        return std::nullopt;
    place.environment = *environment;
    return place;
}

void put(QJsonObject &entry, const Place &place)
{
    entry[QLatin1String("id")] = place.id;
    entry[QLatin1String("name")] = place.name;
    entry[QLatin1String("url")] = withoutSecret(place.url);
    entry[QLatin1String("user")] = place.user;
    entry[QLatin1String("environment")] = environmentWord(place.environment);
    entry[QLatin1String("readOnly")] = place.readOnly;
    entry[QLatin1String("keepsPassword")] = place.keepsPassword;
}

bool byName(const Place &a, const Place &b)
{
    return QString::localeAwareCompare(a.name, b.name) < 0;
}

} // namespace

QString withoutSecret(const QString &url)
{
    // To the last '@': a password may hold one that nobody encoded.
    static const QRegularExpression userInfo(QStringLiteral("^([A-Za-z][A-Za-z0-9+.-]*://)?.*@"), QRegularExpression::DotMatchesEverythingOption);
    return QString(url).replace(userInfo, QStringLiteral("\\1"));
}

ConnectionBook::ConnectionBook(QSettings &settings) : m_settings(settings)
{
    load();
}

// Another window may have written meanwhile.
void ConnectionBook::load()
{
    m_settings.sync();
    m_places.clear();
    m_whole = {};
    m_damaged = {};
    m_trouble.clear();
    const QByteArray text = m_settings.value(key).toString().toUtf8();
    if (text.isEmpty())
        return;
    const QJsonDocument document = QJsonDocument::fromJson(text);
    if (!document.isObject() || !document[list].isArray()) {
        m_settings.setValue(asideKey, QString::fromUtf8(text));
        m_trouble = Words::tr("The saved connections cannot be read. They are kept as they are in %1, under connectionsDamaged.")
                        .arg(m_settings.fileName());
        return;
    }
    m_whole = document.object();
    m_damaged = m_whole.value(damagedList).toArray();
    const QJsonArray entries = m_whole.value(list).toArray();
    for (const QJsonValue &entry : entries) {
        const auto place = placeOf(entry.toObject());
        if (place && !withId(place->id))
            m_places.push_back(*place);
        else
            m_damaged.append(entry);
    }
    std::stable_sort(m_places.begin(), m_places.end(), byName);
    if (!m_damaged.isEmpty())
        m_trouble = Words::tr("%n saved connection(s) cannot be read. They are kept in %1.", nullptr, static_cast<int>(m_damaged.size()))
                        .arg(m_settings.fileName());
}

void ConnectionBook::write()
{
    // What a later version has written beside what we know stays.
    QJsonObject known;
    const QJsonArray before = m_whole.value(list).toArray();
    for (const QJsonValue &entry : before)
        known[entry[QLatin1String("id")].toString()] = entry;
    QJsonArray entries;
    for (const Place &place : m_places) {
        QJsonObject entry = known[place.id].toObject();
        put(entry, place);
        entries.append(entry);
    }
    if (!m_whole.contains(QLatin1String("version")))
        m_whole[QLatin1String("version")] = 1;
    m_whole[list] = entries;
    if (!m_damaged.isEmpty())
        m_whole[damagedList] = m_damaged;
    m_settings.setValue(key, QString::fromUtf8(QJsonDocument(m_whole).toJson(QJsonDocument::Compact)));
    m_settings.sync();
    QFile::setPermissions(m_settings.fileName(), QFile::ReadOwner | QFile::WriteOwner);
}

std::optional<Place> ConnectionBook::named(const QString &name) const
{
    std::optional<Place> found;
    for (const Place &place : m_places) {
        if (place.name == name)
            return place;
        if (place.name.compare(name, Qt::CaseInsensitive) == 0) {
            if (found)
                return std::nullopt;
            found = place;
        }
    }
    return found;
}

std::optional<Place> ConnectionBook::withId(const QString &id) const
{
    const auto found = std::find_if(m_places.begin(), m_places.end(), [&id](const Place &place) { return place.id == id; });
    return found == m_places.end() ? std::nullopt : std::optional(*found);
}

std::optional<Place> ConnectionBook::at(const QString &url) const
{
    std::optional<Place> found;
    for (const Place &place : m_places) {
        if (place.url != withoutSecret(url))
            continue;
        const bool readOnly = place.readOnly || (found && found->readOnly);
        if (!found || place.environment > found->environment)
            found = place;
        found->readOnly = readOnly;
    }
    return found;
}

Place ConnectionBook::save(Place place)
{
    place.url = withoutSecret(place.url);
    if (!place.isSaved())
        place.id = QUuid::createUuid().toString(QUuid::WithoutBraces);
    load();
    std::erase_if(m_places, [&place](const Place &other) { return other.id == place.id; });
    m_places.insert(std::upper_bound(m_places.begin(), m_places.end(), place, byName), place);
    write();
    return place;
}

void ConnectionBook::remove(const QString &id)
{
    load();
    std::erase_if(m_places, [&id](const Place &place) { return place.id == id; });
    write();
}

QStringList ConnectionBook::recent() const
{
    return m_settings.value(recentKey).toStringList().mid(0, maxRecent);
}

void ConnectionBook::noteRecent(const QString &url)
{
    QStringList urls = recent();
    const QString clean = withoutSecret(url);
    urls.removeAll(clean);
    urls.prepend(clean);
    m_settings.setValue(recentKey, QStringList(urls.mid(0, maxRecent)));
}

QString ConnectionBook::lastId() const
{
    return m_settings.value(lastKey).toString();
}

void ConnectionBook::noteLast(const QString &id)
{
    m_settings.setValue(lastKey, id);
}

} // namespace rateguard
