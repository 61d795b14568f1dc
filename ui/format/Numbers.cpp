// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The RateGuard authors
#include "format/Numbers.h"

#include <QCoreApplication>

#include <cmath>
#include <iterator>

namespace rateguard {
namespace {

QString words(const char *text)
{
    return QCoreApplication::translate("rateguard::Numbers", text);
}

QString grouped(double value, int decimals)
{
    return figureLocale().toString(value, 'f', decimals);
}

struct Unit
{
    double seconds;
    const char *text;
};

QString withUnit(double seconds)
{
    constexpr Unit units[] = {
        {86400, QT_TRANSLATE_NOOP("rateguard::Numbers", "%1 d")},
        {3600, QT_TRANSLATE_NOOP("rateguard::Numbers", "%1 h")},
        {60, QT_TRANSLATE_NOOP("rateguard::Numbers", "%1 min")},
        {1, QT_TRANSLATE_NOOP("rateguard::Numbers", "%1 s")},
        {0.001, QT_TRANSLATE_NOOP("rateguard::Numbers", "%1 ms")},
    };
    // A little below the unit already, so that 59.96 s do not read "60 s".
    for (const Unit &unit : units) {
        const double value = seconds / unit.seconds;
        if (value >= 0.995 || &unit == &units[4]) {
            const bool fine = unit.seconds <= 1 && value < 9.95 && seconds > 0;
            return words(unit.text).arg(grouped(value, fine ? 1 : 0));
        }
    }
    return {};
}

} // namespace

QLocale figureLocale()
{
    static const QLocale english(QLocale::English, QLocale::UnitedStates);
    const QLocale chosen;
    return chosen.language() == QLocale::C ? english : chosen;
}

QString formatRate(double perSecond)
{
    if (!std::isfinite(perSecond))
        return QStringLiteral("–");
    if (perSecond <= 0)
        return QStringLiteral("0");
    if (perSecond < 0.05)
        return QLatin1Char('<') + formatTenth(0.1);
    return grouped(perSecond, perSecond < 99.95 ? 1 : 0);
}

QString formatCount(std::uint64_t count)
{
    return figureLocale().toString(static_cast<qulonglong>(count));
}

QString formatShare(double share)
{
    if (!std::isfinite(share))
        return QStringLiteral("–");
    if (share > 0 && share < 0.005)
        return words(QT_TRANSLATE_NOOP("rateguard::Numbers", "<1 %"));
    if (share >= 0.995 && share < 1)
        return words(QT_TRANSLATE_NOOP("rateguard::Numbers", ">99 %"));
    return words(QT_TRANSLATE_NOOP("rateguard::Numbers", "%1 %")).arg(grouped(share * 100, 0));
}

QString formatTenth(double value)
{
    return grouped(value, 1);
}

QString formatRough(double value)
{
    return figureLocale().toString(value, 'g', 2);
}

QString formatExact(double value)
{
    const bool whole = std::llround(value * 10) % 10 == 0;
    return grouped(value, whole ? 0 : 1);
}

QString formatBytes(std::uint64_t bytes)
{
    constexpr const char *units[] = {QT_TRANSLATE_NOOP("rateguard::Numbers", "%1 B"), QT_TRANSLATE_NOOP("rateguard::Numbers", "%1 kB"),
                                     QT_TRANSLATE_NOOP("rateguard::Numbers", "%1 MB"), QT_TRANSLATE_NOOP("rateguard::Numbers", "%1 GB"),
                                     QT_TRANSLATE_NOOP("rateguard::Numbers", "%1 TB")};
    auto value = static_cast<double>(bytes);
    std::size_t unit = 0;
    while (value >= 999.5 && unit + 1 < std::size(units)) { // so that 999.6 kB do not read "1,000 kB"
        value /= 1000;
        ++unit;
    }
    return words(units[unit]).arg(grouped(value, unit > 0 && value < 99.95 ? 1 : 0));
}

QString formatDuration(std::chrono::microseconds duration)
{
    return withUnit(std::chrono::duration<double>(duration).count());
}

QString formatAge(std::chrono::microseconds age)
{
    using namespace std::chrono_literals;
    if (age < 1s)
        return words(QT_TRANSLATE_NOOP("rateguard::Numbers", "now"));
    const auto whole = std::chrono::floor<std::chrono::seconds>(age);
    const double unit = whole < 60s ? 1 : whole < 1h ? 60 : whole < 24h ? 3600 : 86400;
    const double rounded = std::floor(static_cast<double>(whole.count()) / unit);
    const char *text = unit == 1 ? QT_TRANSLATE_NOOP("rateguard::Numbers", "%1 s ago")
        : unit == 60 ? QT_TRANSLATE_NOOP("rateguard::Numbers", "%1 min ago")
        : unit == 3600 ? QT_TRANSLATE_NOOP("rateguard::Numbers", "%1 h ago")
                       : QT_TRANSLATE_NOOP("rateguard::Numbers", "%1 d ago");
    return words(text).arg(grouped(rounded, 0));
}

} // namespace rateguard
