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

struct Row
{
    MinuteCounts counts; // of the minutes that are known
    bool isKnown = false; // any of them
};

// Rows begin at round times.
std::vector<Row> rowsOf(const std::vector<MinuteCounts> &minutes, const RecordedSince &since)
{
    const std::chrono::minutes step(stepFor(minutes.size()));
    std::vector<Row> rows;
    for (const auto &minute : minutes) {
        const auto begin = minute.minute - minute.minute % step;
        if (rows.empty() || rows.back().counts.minute != begin) {
            rows.push_back({{begin, 0, 0, 0, 0}, false});
        }
        rows.back().counts.add(minute);
        rows.back().isKnown = rows.back().isKnown || since.isKnown(minute);
    }
    return rows;
}

QString barOf(const MinuteCounts &row, std::uint64_t most)
{
    const auto part = [&](std::uint64_t count) { return static_cast<qsizetype>(count == 0 ? 0 : std::max<std::uint64_t>(1, count * barWidth / most)); };
    return QString(part(row.allowed + row.unchecked), u'#') + QString(part(row.wouldReject), u'~') + QString(part(row.rejected), u'x');
}

QJsonObject objectOf(const MinuteCounts &minute, bool isKnown)
{
    const auto figure = [isKnown](std::uint64_t count) { return isKnown ? QJsonValue(static_cast<qint64>(count)) : QJsonValue(); };
    return {{QStringLiteral("time_ms"), static_cast<qint64>(std::chrono::milliseconds(minute.minute).count())}, {QStringLiteral("allowed"), figure(minute.allowed)},
        {QStringLiteral("rejected"), figure(minute.rejected)}, {QStringLiteral("would_reject"), figure(minute.wouldReject)},
        {QStringLiteral("unchecked"), figure(minute.unchecked)}};
}

QString timeText(std::chrono::minutes minute)
{
    return localTime(Instant(minute)).mid(5, 11);
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
        m_store.readSince(traffic.minutes.front().minute, [this, minutes = traffic.minutes](const RecordedSince &since) {
            m_since = since;
            m_since.findIn(minutes);
            print(minutes);
            emit done(Exit::Ok);
        });
    });
}

void TrafficCommand::print(const std::vector<MinuteCounts> &minutes)
{
    const bool isEmpty = std::all_of(minutes.begin(), minutes.end(), [](const MinuteCounts &m) { return m.requests() == 0; });
    const bool hasGaps = !std::all_of(minutes.begin(), minutes.end(), [this](const MinuteCounts &m) { return m_since.isKnown(m); });
    if (m_options.json) {
        for (const auto &minute : minutes) {
            printLine(objectOf(minute, m_since.isKnown(minute)));
        }
    } else if (!isEmpty) {
        printTable(minutes);
    }
    if (isEmpty) {
        printError(QStringLiteral("no request of '%1'%2 in the last %3%4; the names are in: rateguardctl limits list")
                       .arg(textOf(m_options.policy), hasGaps ? QStringLiteral(" is known") : QString(), spanText(std::chrono::minutes(minutes.size())),
                           hasGaps ? QStringLiteral(" (%1)").arg(gapText()) : QString()));
    } else if (hasGaps && !m_options.json) {
        printLine(QStringLiteral("- not known: %1").arg(gapText()));
    }
}

QString TrafficCommand::gapText() const
{
    if (!m_since.up) {
        return QStringLiteral("this user lacks INFO; see: rateguardctl acl print viewer");
    }
    if (!m_since.trace) {
        return QStringLiteral("no edit and no request is recorded there");
    }
    if (*m_since.trace > *m_since.up) {
        return QStringLiteral("nothing is recorded before %1").arg(timeText(*m_since.trace));
    }
    return QStringLiteral("Redis has been running since %1 only").arg(timeText(*m_since.up - 1min)); // of which a part is missing
}

void TrafficCommand::printTable(const std::vector<MinuteCounts> &minutes)
{
    const auto rows = rowsOf(minutes, m_since);
    std::uint64_t most = 1;
    MinuteCounts total;
    for (const auto &row : rows) {
        most = std::max(most, row.counts.requests());
        total.add(row.counts);
    }
    const auto line = [](const QString &time, const Row &row, const QString &bar) {
        const auto figure = [&](std::uint64_t count) { return row.isKnown ? formatCount(count) : QStringLiteral("-"); };
        auto text = QStringLiteral("%1 %2 %3 %4 %5  ").arg(time, -11).arg(figure(row.counts.allowed), 10).arg(figure(row.counts.rejected), 10)
                        .arg(figure(row.counts.wouldReject), 10).arg(figure(row.counts.unchecked), 10) + bar;
        printLine(text.trimmed());
    };
    const auto step = stepFor(minutes.size());
    printLine(QStringLiteral("%1    ALLOWED   REJECTED WOULD REJ.  UNCHECKED  # in  ~ would  x out")
                  .arg(QStringLiteral("per ") + spanText(std::chrono::minutes(step)), -11));
    for (const auto &row : rows) {
        line(timeText(row.counts.minute), row, barOf(row.counts, most));
    }
    line(QStringLiteral("all"), {total, true}, {});
}

} // namespace rateguard
