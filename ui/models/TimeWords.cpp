// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The RateGuard authors
#include "models/TimeWords.h"

#include "format/Numbers.h"
#include "models/RuleWords.h"

#include <QCoreApplication>
#include <QDateTime>

#include <algorithm>
#include <cmath>

namespace rateguard {
namespace {

using namespace std::chrono_literals;

struct Words
{
    Q_DECLARE_TR_FUNCTIONS(rateguard::TimeWords)
};

QDateTime dateOf(Instant at)
{
    return QDateTime::fromMSecsSinceEpoch(std::chrono::floor<Duration>(at.time_since_epoch()).count());
}

bool fits(Duration span, Duration unit)
{
    return span % unit == 0ms && span >= 2 * unit;
}

} // namespace

QString spanText(Duration span)
{
    if (fits(span, 24h))
        return Words::tr("%1 d").arg(span / 24h);
    if (fits(span, 1h))
        return Words::tr("%1 h").arg(span / 1h);
    if (fits(span, 1min))
        return Words::tr("%1 min").arg(span / 1min);
    if (span % 1s == 0ms)
        return Words::tr("%1 s").arg(span / 1s);
    return Words::tr("%1 ms").arg(span.count());
}

QString agoText(std::chrono::microseconds age)
{
    const double seconds = std::max(0.0, std::chrono::duration<double>(age).count());
    if (seconds < 0.1)
        return Words::tr("just now");
    if (seconds < 9.95)
        return Words::tr("%1 s ago").arg(formatTenth(seconds));
    return seconds < 120 ? Words::tr("%1 s ago").arg(formatCount(static_cast<std::uint64_t>(seconds))) : formatAge(age);
}

QString lengthText(Duration length)
{
    const auto whole = std::max(length, Duration(0));
    return timeLeft(whole < 1min ? std::chrono::floor<std::chrono::seconds>(whole) : std::chrono::floor<std::chrono::minutes>(whole));
}

QString leftText(std::chrono::microseconds left)
{
    const double tenths = std::ceil(std::max(0.0, std::chrono::duration<double>(left).count()) * 10);
    return tenths < 100 ? Words::tr("%1 s").arg(formatTenth(tenths / 10)) : timeLeft(std::chrono::ceil<Duration>(left));
}

QString localTimeText(Instant at)
{
    return dateOf(at).toString(QStringLiteral("yyyy-MM-dd HH:mm:ss"));
}

QString shortTimeText(Instant at, Instant now)
{
    const QDateTime date = dateOf(at);
    return date.toString(date.date() == dateOf(now).date() ? QStringLiteral("HH:mm:ss") : QStringLiteral("yyyy-MM-dd HH:mm"));
}

QString utcTimeText(Instant at)
{
    return dateOf(at).toUTC().toString(QStringLiteral("yyyy-MM-dd HH:mm:ss 'UTC'"));
}

QString clockText(Instant at)
{
    return dateOf(at).toString(QStringLiteral("HH:mm:ss'%1'zzz").arg(figureLocale().decimalPoint()));
}

} // namespace rateguard
