// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The RateGuard authors
#include "Scene.h"

#include <QLineEdit>

namespace rateguard {

namespace {

void shadowed(MainWindow &window, Snapshot &snapshot)
{
    details("checkout", "partner:acme")(window, snapshot);
    snapshot.policies[1].rule.limit.push({500, std::chrono::hours(1)});
    window.findChild<QLineEdit *>(QStringLiteral("ownLimitEdit"))->setText(QStringLiteral("lots"));
    snapshot.link.mayEdit = snapshot.link.mayOverride = false;
}

void unchosen(MainWindow &window, Snapshot &)
{
    dashboard(window)->showPage(Page::Details);
}

} // namespace

std::vector<Scene> detailScenes()
{
    const QSize usual(1280, 800);
    return {{QStringLiteral("details-light"), Theme::Light, {1440, 900}, details("search", "scraper 198.51.100.23")},
            {QStringLiteral("details-dark"), Theme::Dark, {1440, 900}, details("search", "scraper 198.51.100.23")},
            {QStringLiteral("details-small"), Theme::Light, {1024, 640}, details("search", "scraper 198.51.100.23")},
            {QStringLiteral("details-hostile"), Theme::Dark, {1024, 640}, details("api", "<b>bold</b>\xff\xe2\x80\xae" "evil")},
            {QStringLiteral("details-shadow"), Theme::Light, usual, shadowed},
            {QStringLiteral("details-banned"), Theme::Dark, usual, details("api", "mobile-app/2.2.0")},
            {QStringLiteral("details-empty"), Theme::Light, {1024, 640}, unchosen}};
}

} // namespace rateguard
