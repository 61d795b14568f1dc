// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The RateGuard authors
#include "GoalTable.h"

#include <QJsonDocument>
#include <QJsonObject>

#include <algorithm>
#include <cstdio>

namespace rateguard {

namespace {

std::string number(double value, const std::string &unit)
{
    return QString::number(value, 'f', unit == "bytes" ? 0 : 2).toStdString() + (unit == "x" ? "" : " ") + unit;
}

} // namespace

GoalTable::GoalTable(bool asJson)
    : m_json(asJson)
{
}

void GoalTable::title(const std::string &text)
{
    if (!m_json) {
        std::printf("\n%s\n", text.c_str());
        std::fflush(stdout);
    }
}

void GoalTable::cost(const Lane &lane, const Lane &floor)
{
    const auto each = median(lane.microseconds());
    const auto all = ratios(lane, floor);
    const auto [least, most] = std::minmax_element(all.begin(), all.end());
    if (m_json) {
        m_figures.append(QJsonObject {{QStringLiteral("what"), QString::fromStdString(lane.name())}, {QStringLiteral("us"), each},
            {QStringLiteral("floors"), median(all)}, {QStringLiteral("least"), *least}, {QStringLiteral("most"), *most},
            {QStringLiteral("admitted"), lane.admittedShare() ? QJsonValue(*lane.admittedShare()) : QJsonValue()}});
        return;
    }
    std::printf("  %-50s %7.2f us", lane.name().c_str(), each);
    if (&lane != &floor) {
        std::printf(" %6.2fx (%.2f to %.2f)", median(all), *least, *most);
    }
    if (const auto share = lane.admittedShare()) {
        std::printf(" %6.1f %% admitted", 100 * *share);
    }
    std::printf("\n");
}

void GoalTable::figure(const std::string &what, double value, const std::string &unit)
{
    if (m_json) {
        m_figures.append(QJsonObject {{QStringLiteral("what"), QString::fromStdString(what)}, {QStringLiteral("value"), value},
            {QStringLiteral("unit"), QString::fromStdString(unit)}});
        return;
    }
    std::printf("  %-50s %10s\n", what.c_str(), number(value, unit).c_str());
}

void GoalTable::note(const std::string &text)
{
    std::fprintf(m_json ? stderr : stdout, "  %s\n", text.c_str());
}

void GoalTable::goal(const std::string &what, double measured, double atMost, const std::string &unit)
{
    judge(what, number(atMost, unit), number(measured, unit), measured <= atMost ? "met" : "MISSED");
}

void GoalTable::missing(const std::string &what, double atMost, const std::string &unit)
{
    judge(what, number(atMost, unit), "-", "not in this library");
}

void GoalTable::judge(const std::string &what, const std::string &goal, const std::string &measured, const std::string &verdict)
{
    m_goals.push_back({what, goal, measured, verdict});
}

void GoalTable::finish()
{
    if (m_json) {
        QJsonArray goals;
        for (const auto &line : m_goals) {
            goals.append(QJsonObject {{QStringLiteral("what"), QString::fromStdString(line.what)},
                {QStringLiteral("goal"), QString::fromStdString(line.goal)}, {QStringLiteral("measured"), QString::fromStdString(line.measured)},
                {QStringLiteral("verdict"), QString::fromStdString(line.verdict)}});
        }
        const QJsonObject all {{QStringLiteral("goals"), goals}, {QStringLiteral("figures"), m_figures}};
        std::printf("%s", QJsonDocument(all).toJson().constData());
        return;
    }
    std::printf("\n%-64s %10s %10s\n", "goals", "at most", "measured");
    for (const auto &line : m_goals) {
        std::printf("  %-62s %10s %10s  %s\n", line.what.c_str(), line.goal.c_str(), line.measured.c_str(), line.verdict.c_str());
    }
}

} // namespace rateguard
