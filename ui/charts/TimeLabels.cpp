// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The RateGuard authors
#include "charts/TimeLabels.h"

#include <QCoreApplication>
#include <QDateTime>
#include <QFontMetricsF>

#include <algorithm>
#include <cmath>

namespace rateguard {
namespace {

using namespace std::chrono_literals;

QString words(const char *text)
{
    return QCoreApplication::translate("rateguard::TimeLabels", text);
}

QString localTime(std::int64_t second, const QString &format)
{
    return QDateTime::fromSecsSinceEpoch(second).toString(format);
}

constexpr std::int64_t roundSteps[] = {1, 2, 5, 10, 15, 30, 60, 120, 300, 600, 900, 1800, 3600, 7200, 10800, 21600};
constexpr double space = 14; // between two labels

std::int64_t finestStep(std::int64_t span)
{
    switch (span) {
    case 30: return 10;
    case 180: return 60;
    case 300: return 60;
    case 600: return 120;
    case 1800: return 300;
    case 10800: return 3600;
    case 21600: return 3600;
    default: return std::max<std::int64_t>(span / 4, 1);
    }
}

double widest(const std::vector<TimeLabel> &labels, const QFont &font)
{
    const QFontMetricsF metrics(font);
    double most = 0;
    for (const TimeLabel &label : labels)
        most = std::max(most, metrics.horizontalAdvance(label.text));
    return most;
}

// At the same places as those of a live axis, which does not end at a round time.
std::vector<TimeLabel> laterLabels(const RateSeries &series, std::int64_t step)
{
    std::vector<TimeLabel> labels;
    for (std::int64_t before = series.span.count(); before >= 0; before -= step)
        labels.push_back({-static_cast<double>(before), localTime(series.origin() - before, QStringLiteral("HH:mm:ss"))});
    return labels;
}

std::vector<TimeLabel> liveLabels(const RateSeries &series, std::int64_t step, bool clock)
{
    const std::int64_t span = series.span.count();
    std::vector<TimeLabel> labels;
    for (std::int64_t before = span; before > 0; before -= step) {
        QString text = QStringLiteral("−")
            + (span < 300 && before < 120 ? words(QT_TRANSLATE_NOOP("rateguard::TimeLabels", "%1 s")).arg(before) : spanName(std::chrono::seconds(before)));
        if (clock && before < span) // at the very edge there is no room for both
            text = words(QT_TRANSLATE_NOOP("rateguard::TimeLabels", "%1 · %2")).arg(text, localTime(series.origin() - before, QStringLiteral("HH:mm")));
        labels.push_back({-static_cast<double>(before), text});
    }
    labels.push_back({0, words(QT_TRANSLATE_NOOP("rateguard::TimeLabels", "now"))});
    return labels;
}

// The finest steps that have room, and divide the span.
std::vector<TimeLabel> spanLabels(const RateSeries &series, double width, const QFont &font, bool later)
{
    const std::int64_t span = series.span.count();
    const auto fits = [&](const std::vector<TimeLabel> &labels) {
        const double wide = widest(labels, font);
        const double pushed = later ? wide / 4 : 0; // the last one has no room for its right half
        return wide + space + pushed <= width / static_cast<double>(labels.size() - 1);
    };
    const std::int64_t finest = finestStep(span);
    if (span >= 3600 && !later) {
        std::vector<TimeLabel> labels = liveLabels(series, finest, true);
        if (fits(labels))
            return labels;
    }
    for (const std::int64_t step : roundSteps) {
        if (step < finest || step >= span || span % step != 0)
            continue;
        std::vector<TimeLabel> labels = later ? laterLabels(series, step) : liveLabels(series, step, false);
        if (fits(labels))
            return labels;
    }
    return later ? laterLabels(series, span) : liveLabels(series, span, false);
}

std::vector<TimeLabel> zoomedLabels(const RateSeries &series, double width, const QFont &font)
{
    const double length = series.right() - series.left();
    const double wide = QFontMetricsF(font).horizontalAdvance(QStringLiteral("00:00:00")) + space;
    const double most = std::clamp(std::floor(width / wide), 1.0, 8.0);
    const auto *found = std::find_if(std::begin(roundSteps), std::end(roundSteps), [&](std::int64_t it) { return length / static_cast<double>(it) <= most; });
    const std::int64_t step = found == std::end(roundSteps) ? 21600 : *found;
    std::vector<TimeLabel> labels;
    const std::int64_t from = series.origin() + static_cast<std::int64_t>(std::ceil(series.left()));
    for (std::int64_t at = (from + step - 1) / step * step; at <= series.origin() + static_cast<std::int64_t>(std::floor(series.right())); at += step)
        labels.push_back({static_cast<double>(at - series.origin()), localTime(at, step % 60 ? QStringLiteral("HH:mm:ss") : QStringLiteral("HH:mm"))});
    return labels;
}

} // namespace

std::vector<TimeLabel> timeLabels(const RateSeries &series, double width, const QFont &font, bool later)
{
    return series.zoom ? zoomedLabels(series, width, font) : spanLabels(series, width, font, later);
}

QString dateText(Instant at)
{
    return localTime(std::chrono::floor<std::chrono::seconds>(at.time_since_epoch()).count(), QStringLiteral("yyyy-MM-dd"));
}

QString clockTime(Instant at)
{
    return localTime(std::chrono::floor<std::chrono::seconds>(at.time_since_epoch()).count(), QStringLiteral("HH:mm:ss"));
}

QString spanName(std::chrono::seconds span)
{
    if (span >= 1h && span % 1h == 0s)
        return words(QT_TRANSLATE_NOOP("rateguard::TimeLabels", "%1 h")).arg(span / 1h);
    if (span >= 1min && span % 1min == 0s)
        return words(QT_TRANSLATE_NOOP("rateguard::TimeLabels", "%1 min")).arg(span / 1min);
    return words(QT_TRANSLATE_NOOP("rateguard::TimeLabels", "%1 s")).arg(span.count());
}

QString sliceTime(const SecondCounts &slice, std::chrono::seconds step)
{
    const Instant from {std::chrono::seconds(slice.second)};
    return step > 1s ? words(QT_TRANSLATE_NOOP("rateguard::TimeLabels", "%1 to %2")).arg(clockTime(from), clockTime(from + step)) : clockTime(from);
}

} // namespace rateguard
