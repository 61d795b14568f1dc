// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The RateGuard authors
#pragma once

#include "dashboard/Keyring.h"
#include "engine/Snapshot.h"
#include "models/ConnectionBook.h"
#include "redis/ConnectionTest.h"
#include "redis/RedisUrl.h"

#include <QSettings>

namespace rateguard {

class MainWindow;

// Between the start page, the settings and the keyring: opens a place with the password that belongs to it, tests one, and
// keeps what was edited. A password goes from the page or the keyring to Redis, and from the page to the keyring; nowhere else.
class Places : public QObject
{
    Q_OBJECT

public:
    explicit Places(MainWindow &window);

    // Looks for the password where none was typed: in the URL, the environment, the keyring. opened() follows, or the
    // page says what is wrong.
    void open(Place place, const TypedPassword &password = {});
    // What became of it: a password that works is kept if it was to be, one that does not is asked for again.
    void observe(const LinkStatus &link);
    void leave(); // for the demo

signals:
    void opened(const rateguard::RedisUrl &url, bool readOnly);

private:
    void wire();
    void find(const Place &place, const TypedPassword &password, std::function<void(const std::optional<RedisUrl> &, const QString &problem)> done);
    void test(const Place &place, const TypedPassword &password);
    void save(const Place &place, const TypedPassword &password);
    void remove(const Place &place);
    void follow(const Place &changed);
    void forget(const Place &place); // its password
    void keep(const Place &place, const QString &password);
    void show();

    MainWindow &m_window;
    QSettings m_settings;
    ConnectionBook m_book;
    Keyring m_keyring;
    ConnectionTest m_test;
    Place m_place; // that is watched, or about to be
    RedisUrl m_url; // of it
    TypedPassword m_typed; // to be kept once Redis took it
    bool m_hasPassword = false;
    bool m_isDecided = true; // it was taken, or asked for again
    bool m_isFresh = false; // the next snapshot may still be of the connection before
    std::uint64_t m_turn = 0; // what was asked for before is of no interest any more
};

} // namespace rateguard
