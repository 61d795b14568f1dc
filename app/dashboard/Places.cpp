// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The RateGuard authors
#include "dashboard/Places.h"

#include "widgets/MainWindow.h"
#include "widgets/StartPage.h"

#include <algorithm>
#include <utility>

namespace rateguard {

namespace {

QString addressProblem(const QString &url)
{
    QString error;
    parseRedisUrl(url.toStdString(), &error);
    return error;
}

// In the keyring. With the address in it, so that a password never goes to another Redis because somebody changed the settings,
// or the draft of a connection.
QString keyOf(const Place &place)
{
    return QStringLiteral("%1 %2 %3").arg(place.url, place.user.isEmpty() ? QStringLiteral("default") : place.user, place.id);
}

} // namespace

Places::Places(MainWindow &window)
    : m_window(window)
    , m_book(m_settings)
{
    wire();
    show();
    window.startPage().selectPlace(m_book.lastId());
    window.startPage().takeFocus();
}

void Places::wire()
{
    auto *page = &m_window.startPage();
    page->setAddressProblem(addressProblem);
    connect(&m_window, &MainWindow::connectRequested, this, &Places::open);
    connect(page, &StartPage::testRequested, this, &Places::test);
    connect(page, &StartPage::testCancelled, this, [this] {
        ++m_turn; // it may still be looking for the password
        m_test.cancel();
    });
    connect(page, &StartPage::saveRequested, this, &Places::save);
    connect(page, &StartPage::removeRequested, this, &Places::remove);
    connect(&m_test, &ConnectionTest::stepChanged, page, &StartPage::showStep);
    connect(&m_test, &ConnectionTest::finished, page, &StartPage::showTested);
}

void Places::show()
{
    m_window.startPage().showPlaces(m_book.places(), m_book.trouble());
    m_window.startPage().showRecent(m_book.recent());
}

void Places::find(const Place &place, const TypedPassword &password, std::function<void(const std::optional<RedisUrl> &, const QString &)> done)
{
    QString problem;
    auto url = parseRedisUrl(place.url.toStdString(), &problem);
    if (!url) {
        done(std::nullopt, problem);
        return;
    }
    if (!place.user.isEmpty()) {
        url->user = place.user.toStdString();
    }
    if (password) {
        url->password = password->toStdString();
    } else if (url->password.empty() && place.keepsPassword) {
        const auto turn = ++m_turn;
        m_keyring.read(keyOf(place), [this, turn, url = *url, done = std::move(done)](const std::optional<QString> &kept, const QString &trouble) mutable {
            if (turn != m_turn) {
                return;
            }
            m_window.startPage().showKeyringTrouble(trouble);
            url.password = kept.value_or(QString()).toStdString();
            // A user without a password cannot log in; who is asked for both is told by Redis.
            done(kept ? url : withSecretOfEnvironment(url), {});
        });
        return;
    } else {
        url = withSecretOfEnvironment(*url);
    }
    ++m_turn;
    done(url, {});
}

void Places::open(Place place, const TypedPassword &password)
{
    m_test.cancel();
    find(place, password, [this, place, password](const std::optional<RedisUrl> &url, const QString &problem) mutable {
        if (!url) {
            m_window.showConnectError(problem);
            return;
        }
        place.url = url->display();
        // An address that is marked somewhere is what it is marked as, however one came there.
        if (const auto known = m_book.at(place.url); known && !place.isSaved()) {
            place.environment = place.environment == Environment::Unmarked ? known->environment : place.environment;
            place.readOnly |= known->readOnly;
        }
        if (place.user.isEmpty()) {
            place.user = QString::fromStdString(url->user);
        }
        m_place = place;
        m_url = *url;
        m_typed = place.isSaved() && place.keepsPassword ? password : std::nullopt;
        m_hasPassword = !url->password.empty();
        m_isDecided = false;
        m_isFresh = true;
        m_book.noteLast(place.id);
        if (!place.isSaved()) {
            m_book.noteRecent(place.url);
        }
        m_window.startPage().showRecent(m_book.recent());
        m_window.startPage().selectPlace(place.id);
        m_window.setPlace(place);
        m_window.leaveStartPage();
        emit opened(*url, place.readOnly);
    });
}

void Places::leave()
{
    ++m_turn;
    m_test.cancel();
    m_place = {};
    m_typed.reset();
    m_isDecided = true;
    m_window.setPlace({});
    m_window.leaveStartPage();
}

void Places::observe(const LinkStatus &link)
{
    if (std::exchange(m_isFresh, false) || m_isDecided || link.endpoint != m_place.url.toStdString()) {
        return;
    }
    if (link.state == LinkState::Live) {
        m_isDecided = true;
        auto saved = m_book.withId(m_place.id);
        if (const auto typed = std::exchange(m_typed, std::nullopt); typed && saved) {
            saved->user = m_place.user;
            saved->keepsPassword = true;
            keep(m_book.save(*saved), *typed);
            show();
        }
    } else if (link.state == LinkState::Refused && link.asksPassword && link.neverReached) {
        m_isDecided = true;
        m_typed.reset();
        m_window.askPassword(m_place, m_hasPassword ? QString::fromStdString(link.detail) : tr("%1 asks for a password.").arg(m_place.url));
    }
}

void Places::test(const Place &place, const TypedPassword &password)
{
    find(place, password, [this](const std::optional<RedisUrl> &url, const QString &problem) { m_test.start(url, problem); });
}

void Places::save(const Place &place, const TypedPassword &password)
{
    const auto before = m_book.withId(place.id);
    auto clean = place;
    if (const auto url = parseRedisUrl(place.url.toStdString())) {
        clean.url = url->display();
    }
    clean = m_book.save(clean);
    if (clean.keepsPassword && password && !password->isEmpty()) {
        keep(clean, *password);
    }
    if (before && before->keepsPassword) {
        // That of another address or user is not for this one.
        if (!clean.keepsPassword || (password && password->isEmpty()) || keyOf(*before) != keyOf(clean)) {
            forget(*before);
        }
    }
    show();
    m_window.startPage().selectPlace(clean.id);
    m_window.startPage().takeFocus(); // Enter opens it
    follow(clean);
}

// A mark counts at once, also for what is watched already.
void Places::follow(const Place &changed)
{
    if (changed.url != m_place.url || (m_place.isSaved() && (changed.id != m_place.id || changed.user != m_place.user))) {
        return;
    }
    const bool wasReadOnly = m_place.readOnly;
    if (m_place.isSaved()) {
        m_place = changed;
    } else {
        m_place.environment = std::max(m_place.environment, changed.environment);
        m_place.readOnly |= changed.readOnly;
    }
    m_window.setPlace(m_place);
    if (wasReadOnly != m_place.readOnly) {
        emit opened(m_url, m_place.readOnly);
    }
}

void Places::forget(const Place &place)
{
    m_keyring.forget(keyOf(place), [this](const QString &trouble) { m_window.startPage().showKeyringTrouble(trouble); });
}

void Places::remove(const Place &place)
{
    m_book.remove(place.id);
    if (place.keepsPassword) {
        forget(place);
    }
    // The next start must not go there without the marks that went with it.
    if (m_book.lastId() == place.id) {
        m_book.noteLast({});
        m_settings.remove(QStringLiteral("lastUrl"));
    }
    show();
    m_window.startPage().takeFocus();
}

void Places::keep(const Place &place, const QString &password)
{
    m_keyring.write(keyOf(place), password, [this, id = place.id](const QString &trouble) {
        auto saved = m_book.withId(id);
        if (trouble.isEmpty() || !saved) {
            return;
        }
        saved->keepsPassword = false; // the next time it is asked for
        m_book.save(*saved);
        show();
        m_window.startPage().showKeyringTrouble(trouble);
        m_window.warn(trouble);
    });
}

} // namespace rateguard
