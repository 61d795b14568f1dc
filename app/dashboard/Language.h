// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The RateGuard authors
#pragma once

#include <QLocale>

#include <optional>

namespace rateguard {

// Texts, figures and dates in this language from now on, where there is a translation; English otherwise. Call once, after the
// application was made and before its windows. GUI thread.
void speak(const QLocale &locale);

// "de", "en", "de_AT"; nothing when it is no language that the window speaks.
std::optional<QLocale> languageNamed(const QString &name);

} // namespace rateguard
