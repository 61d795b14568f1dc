// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The RateGuard authors
#include "dashboard/Language.h"

#include <QCoreApplication>
#include <QFile>
#include <QLibraryInfo>
#include <QTranslator>

namespace rateguard {
namespace {

QString compiled(const QLocale &locale)
{
    return QStringLiteral(":/rateguard/translations/rateguard_%1.qm").arg(QLocale::languageToCode(locale.language()));
}

void install(const QString &file)
{
    auto *translator = new QTranslator(QCoreApplication::instance());
    if (translator->load(file))
        QCoreApplication::installTranslator(translator);
}

} // namespace

void speak(const QLocale &locale)
{
    const bool translated = locale.language() != QLocale::English && QFile::exists(compiled(locale));
    QLocale::setDefault(translated ? locale : QLocale(QLocale::English, QLocale::UnitedStates)); // figures go with the texts
    if (!translated)
        return;
    install(QLibraryInfo::path(QLibraryInfo::TranslationsPath) + QStringLiteral("/qtbase_") + QLocale::languageToCode(locale.language()));
    install(compiled(locale)); // asked first
}

std::optional<QLocale> languageNamed(const QString &name)
{
    const QLocale locale(name);
    const bool known = locale.language() == QLocale::English || QFile::exists(compiled(locale));
    return known && QLocale::languageToCode(locale.language()) == name.section(QLatin1Char('_'), 0, 0) ? std::optional(locale) : std::nullopt;
}

} // namespace rateguard
