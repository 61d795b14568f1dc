// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The RateGuard authors
#include "charts/SliceWords.h"

#include "charts/TimeLabels.h"
#include "format/Numbers.h"

#include <QCoreApplication>

#include <algorithm>

namespace rateguard {
namespace {

QString words(const char *text)
{
    return QCoreApplication::translate("rateguard::SliceWords", text);
}

QString perSecond(double rate)
{
    return words(QT_TRANSLATE_NOOP("rateguard::SliceWords", "%1/s")).arg(formatRate(rate));
}

} // namespace

QString limitWords(const LimitPiece &piece)
{
    const auto rate = piece.perSecond();
    if (!rate)
        return {};
    if (piece.kind == LimitPiece::Kind::Ban)
        return piece.shadow ? words(QT_TRANSLATE_NOOP("rateguard::SliceWords", "Banned, shadow only")) : words(QT_TRANSLATE_NOOP("rateguard::SliceWords", "Banned"));
    return (piece.shadow ? words(QT_TRANSLATE_NOOP("rateguard::SliceWords", "Limit %1, shadow only")) : words(QT_TRANSLATE_NOOP("rateguard::SliceWords", "Limit %1"))).arg(perSecond(*rate));
}

QStringList readOut(const RateSteps &steps, std::size_t index, KindSet shown, const std::vector<LimitPiece> &limit,
                    const std::vector<ChartFlag> &flags, const RateColours &colours, std::vector<QColor> *inks)
{
    const RateSeries &series = steps.series;
    const SecondCounts &slice = series.slices[index];
    const Instant end {std::chrono::seconds(slice.second) + series.step};
    QStringList lines {sliceTime(slice, series.step)};
    inks->assign(1, QColor());
    if (slice.gap) {
        lines << words(QT_TRANSLATE_NOOP("rateguard::SliceWords", "Nothing known: %1")).arg(explain(slice.cause));
    } else {
        for (auto kind = trafficKinds.rbegin(); kind != trafficKinds.rend(); ++kind) {
            const bool rare = *kind == TrafficKind::Unchecked || *kind == TrafficKind::Shadow;
            if (!shown.has(*kind) || (rare && countOf(slice, *kind) == 0))
                continue;
            lines << words(QT_TRANSLATE_NOOP("rateguard::SliceWords", "%1 %2")).arg(nameOf(*kind), perSecond(rateOf(slice, *kind, series.step)));
            inks->push_back(colourOf(*kind, colours));
        }
        if (steps.isMerged()) {
            lines << words(QT_TRANSLATE_NOOP("rateguard::SliceWords", "Peak %1 in %2")).arg(perSecond(steps.peaks[index]), spanName(steps.finest));
            inks->push_back(colours.muted);
        }
    }
    if (const QString line = limitWords(pieceAt(limit, end - series.step)); !line.isEmpty()) // where the crosshair meets it
        lines << line;
    if (steps.isMerged())
        lines << words(QT_TRANSLATE_NOOP("rateguard::SliceWords", "Means: each step is %1 long")).arg(spanName(series.step));
    if (slice.byMinute)
        lines << words(QT_TRANSLATE_NOOP("rateguard::SliceWords", "Average of the minute, as Redis remembers it"));
    constexpr int most = 3; // edits in bulk must not push the figures out of sight
    int edits = 0;
    for (const ChartFlag &flag : flags) {
        if (flag.at >= end - series.step && flag.at < end && ++edits <= most)
            lines << words(QT_TRANSLATE_NOOP("rateguard::SliceWords", "Edit %1: %2")).arg(flag.label, flag.toolTip.section(QLatin1Char('\n'), 0, 0));
    }
    if (edits > most)
        lines << words(QT_TRANSLATE_NOOP("rateguard::SliceWords", "and %1 more edits")).arg(edits - most);
    inks->resize(static_cast<std::size_t>(lines.size()));
    return lines;
}

std::optional<KindFigures> figuresOf(const RateSeries &series, TrafficKind kind)
{
    std::optional<KindFigures> figures;
    double sum = 0;
    int count = 0;
    for (const SecondCounts &slice : series.slices) {
        if (slice.gap || !series.shows(slice))
            continue;
        const double rate = rateOf(slice, kind, series.step);
        if (!figures)
            figures = {rate, rate, rate, 0};
        figures->last = rate;
        figures->least = std::min(figures->least, rate);
        figures->most = std::max(figures->most, rate);
        sum += rate;
        ++count;
    }
    if (figures)
        figures->mean = sum / count;
    return figures;
}

QString summary(const RateSeries &series, bool later)
{
    std::vector<SecondCounts> heard = series.shown();
    std::erase_if(heard, [](const SecondCounts &it) { return it.gap; });
    const auto timeAt = [&series](double place) { return clockTime(series.instantAt(place)); };
    const QString shown = (series.zoom || later ? words(QT_TRANSLATE_NOOP("rateguard::SliceWords", "Shown: %1 to %2.")).arg(timeAt(series.left()), timeAt(series.right()))
                                                : words(QT_TRANSLATE_NOOP("rateguard::SliceWords", "Shown: the last %1.")).arg(spanName(series.span)));
    if (heard.empty())
        return words(QT_TRANSLATE_NOOP("rateguard::SliceWords", "Nothing was heard in this time.")) + QLatin1Char(' ') + shown;
    const auto latest = static_cast<std::ptrdiff_t>(std::min<std::size_t>(heard.size(), std::max<std::size_t>(heard.size() / 12, 5)));
    const auto mean = [&](auto from, auto to, TrafficKind kind) {
        double sum = 0;
        for (auto it = from; it != to; ++it)
            sum += rateOf(*it, kind, series.step);
        return from == to ? 0 : sum / static_cast<double>(to - from);
    };
    const auto split = heard.end() - latest;
    const double rejected = mean(split, heard.end(), TrafficKind::Rejected);
    const double before = mean(heard.begin(), split, TrafficKind::Rejected);
    QString text = words(QT_TRANSLATE_NOOP("rateguard::SliceWords", "Rejected %1")).arg(perSecond(rejected));
    if (split != heard.begin() && rejected > before * 1.2 + 0.1)
        text += words(QT_TRANSLATE_NOOP("rateguard::SliceWords", ", up from %1")).arg(perSecond(before));
    else if (split != heard.begin() && rejected < before * 0.8 - 0.1)
        text += words(QT_TRANSLATE_NOOP("rateguard::SliceWords", ", down from %1")).arg(perSecond(before));
    text += words(QT_TRANSLATE_NOOP("rateguard::SliceWords", ". Allowed %1")).arg(perSecond(mean(split, heard.end(), TrafficKind::Allowed)));
    for (const TrafficKind kind : {TrafficKind::Shadow, TrafficKind::Unchecked}) {
        const double rate = mean(split, heard.end(), kind);
        if (rate > 0)
            text += words(QT_TRANSLATE_NOOP("rateguard::SliceWords", ". %1 %2")).arg(nameOf(kind), perSecond(rate));
    }
    return text + QStringLiteral(". ") + shown;
}

} // namespace rateguard
