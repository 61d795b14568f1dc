// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The RateGuard authors
#pragma once

#include "Lane.h"

#include <QJsonArray>

namespace rateguard {

// Prints figures as they come and judges them by their goals; at the end all goals once more, side by side.
class GoalTable
{
public:
    explicit GoalTable(bool asJson);

    void title(const std::string &text);
    // What a lane costs, absolutely and in floors (with the least and the most of all rounds), and how many of its
    // decisions were admissions.
    void cost(const Lane &lane, const Lane &floor);
    void figure(const std::string &what, double value, const std::string &unit);
    void note(const std::string &text);

    // A goal that is met when `measured` is not above `atMost`.
    void goal(const std::string &what, double measured, double atMost, const std::string &unit);
    // A goal that cannot be measured with this version of the library.
    void missing(const std::string &what, double atMost, const std::string &unit);

    void finish();

private:
    void judge(const std::string &what, const std::string &goal, const std::string &measured, const std::string &verdict);

    struct Line
    {
        std::string what, goal, measured, verdict;
    };
    std::vector<Line> m_goals;
    QJsonArray m_figures;
    bool m_json;
};

} // namespace rateguard
