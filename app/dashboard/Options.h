// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The RateGuard authors
#pragma once

#include "models/Place.h"
#include "redis/RedisUrl.h"
#include "widgets/Page.h"
#include "widgets/Theme.h"

#include <QLocale>
#include <QSize>
#include <QStringList>

#include <chrono>

namespace rateguard {

// The command line of the dashboard, checked.
struct Options
{
    std::optional<Place> place; // nothing: ask on the start page
    TypedPassword password; // of the variables
    bool demo = false;
    bool readOnly = false;
    Theme theme = Theme::System; // of --theme, else the one chosen last
    Page page = Page::Overview;
    std::optional<QSize> size; // nothing: as it was left, else 1440x900
    QLocale language; // of --language, else of the desktop
    QString screenshot; // file to render the window to, then leave
    std::chrono::milliseconds after {5000};
};

// Nothing, with a text that names the value and the remedy, when the command line is wrong; --help and --version print and
// end the program. Needs no window system, for what it says decides which one to use.
std::optional<Options> parseOptions(const QStringList &arguments, QString *error);

// The Redis watched last, without its secret.
void rememberUrl(const RedisUrl &url);

// The look that was chosen in the window, for the next time.
void rememberTheme(Theme theme);

} // namespace rateguard
