// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The RateGuard authors
#include "ctl/TrafficCommand.h"

#include "ctl/Wording.h"
#include "format/Numbers.h"

#include <algorithm>
#include <array>

namespace rateguard {

using namespace std::chrono_literals;

namespace {

constexpr std::size_t maxRows = 30;
constexpr std::uint64_t barWidth = 20;

// Minutes a row, so that all of them fit on a screen.
std::size_t stepFor(std::size_t minutes)
{
    constexpr std::array<std::size_t, 7> steps {1, 2, 5, 10, 15, 30, 60};
    const auto step = std::find_if(steps.begin(), steps.end(), [&](std::size_t s) { return minutes <= s * maxRows; });
    return step == steps.end() ? 120 : *step;
}

// Rows begin at round times.
std::vector<MinuteCounts> rowsOf(const std::vector<MinuteCounts> &minutes)
{
    const std::chrono::minutes step(stepFor(minutes.size()));
    std::vector<MinuteCounts> rows;
    for (const auto &minute : minutes) {
        const auto begin = minute.minute - minute.minute % step;
        if (rows.empty() || rows.back().minute != begin) {
            rows.push_back({begin, 0, 0, 0, 0});
        }
        rows.back().add(minute);
    }
    return rows;
}

QString barOf(const MinuteCounts &row, std::uint64_t most)
{
    const auto part = [&](std::uint64_t count) { return static_cast<qsizetype>(count == 0 ? 0 : std::max<std::uint64_t>(1, count * barWidth / most)); };
    return QString(part(row.allowed + row.unchecked), u'#') + QString(part(row.wouldReject), u'~') + QString(part(row.rejected), u'x');
}

QJsonObject objectOf(const MinuteCounts &minute)
{
    return {{QStringLiteral("time_ms"), static_cast<qint64>(std::chrono::milliseconds(minute.minute).count())}, {QStringLiteral("allowed"), static_cast<qint64>(minute.allowed)},
        {QStringLiteral("rejected"), static_cast<qint64>(minute.rejected)}, {QStringLiteral("would_reject"), static_cast<qint64>(minute.wouldReject)},
        {QStringLiteral("unchecked"), static_cast<qint64>(minute.unchecked)}};
}

} // namespace

TrafficCommand::TrafficCommand(const Options &options)
    : LinkedCommand(options)
    , m_store(m_connection)
{
}

void TrafficCommand::begin()
{
    m_store.setPartitions(m_partitions);
    m_store.read(m_options.policy, std::chrono::ceil<std::chrono::minutes>(m_options.span.value_or(1h)), [this](const TrafficStore::Traffic &traffic) {
        if (!traffic.error.isEmpty()) {
            fail(exitOf(traffic.failure), traffic.error);
            return;
        }
        print(traffic.minutes);
        emit done(Exit::Ok);
    });
}

void TrafficCommand::print(const std::vector<MinuteCounts> &minutes)
{
    const bool isEmpty = std::all_of(minutes.begin(), minutes.end(), [](const MinuteCounts &m) { return m.requests() == 0; });
    if (m_options.json) {
        for (const auto &minute : minutes) {
            printLine(objectOf(minute));
        }
    } else if (!isEmpty) {
        printTable(minutes);
    }
    if (isEmpty) {
        printError(QStringLiteral("no request of '%1' in the last %2; the names are in: rateguardctl limits list")
                       .arg(textOf(m_options.policy), spanText(std::chrono::minutes(minutes.size()))));
    }
}

void TrafficCommand::printTable(const std::vector<MinuteCounts> &minutes)
{
    const auto rows = rowsOf(minutes);
    std::uint64_t most = 1;
    MinuteCounts total;
    for (const auto &row : rows) {
        most = std::max(most, row.requests());
        total.add(row);
    }
    const auto line = [](const QString &time, const MinuteCounts &row, const QString &bar) {
        auto text = QStringLiteral("%1 %2 %3 %4 %5  ").arg(time, -11).arg(formatCount(row.allowed), 10).arg(formatCount(row.rejected), 10)
                        .arg(formatCount(row.wouldReject), 10).arg(formatCount(row.unchecked), 10) + bar;
        printLine(text.trimmed());
    };
    const auto step = stepFor(minutes.size());
    printLine(QStringLiteral("%1    ALLOWED   REJECTED WOULD REJ.  UNCHECKED  # in  ~ would  x out")
                  .arg(QStringLiteral("per ") + spanText(std::chrono::minutes(step)), -11));
    for (const auto &row : rows) {
        line(localTime(Instant(row.minute)).mid(5, 11), row, barOf(row, most));
    }
    line(QStringLiteral("all"), total, {});
}

} // namespace rateguard
