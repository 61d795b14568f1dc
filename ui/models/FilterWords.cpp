// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The RateGuard authors
#include "models/FilterWords.h"

#include "format/Text.h"

#include <QCoreApplication>

namespace rateguard {
namespace {

struct Words
{
    Q_DECLARE_TR_FUNCTIONS(rateguard::FilterWords)
};

QString inForceText(const std::string &filter)
{
    const bool isNone = filter.find_first_not_of(" \t") == std::string::npos;
    return isNone ? Words::tr("Until then all keys are shown.") : Words::tr("Until then “%1” is in force.").arg(displayText(filter, 60));
}

QString wrongText(const FilterProblem &problem)
{
    const QString word = displayText(problem.word, 60);
    switch (problem.kind) {
    case FilterProblem::Kind::Pattern:
        return Words::tr("✗ Not a regular expression: %1, at character %2.")
            .arg(displayText(problem.detail, 100), QString::number(problem.at));
    case FilterProblem::Kind::Number:
        return Words::tr("✗ “%1” at character %2 is no value: write a number, as in rejected>0, used>80% or idle>30s.")
            .arg(word, QString::number(problem.at));
    case FilterProblem::Kind::Field:
        return Words::tr("✗ There is no field “%1”: compare requests, rejected, allowed, shadow, used, share, limit, total or idle.")
            .arg(word);
    case FilterProblem::Kind::State:
        return Words::tr("✗ “%1” is no state: write state:throttled, banned, exempt, shadow, near, active or quiet.").arg(word);
    }
    return {};
}

} // namespace

QString filterLanguage()
{
    return Words::tr("Every word must fit; ! in front means not.\n"
                     "bot — a piece of the policy or key\n"
                     "policy:search — the whole policy\n"
                     "state:throttled — or banned, exempt, shadow, near, active, quiet\n"
                     "re:^api:user-[0-9]+$ — a regular expression for POLICY:KEY\n"
                     "rejected>0 — per second; also requests, allowed, shadow\n"
                     "used>80% — of the limit; used>50 is a count\n"
                     "share>50% — of its requests in the last minute that were rejected\n"
                     "limit<100   total>1000   idle>30s — or 5min, 2h");
}

QString filterProblemText(const FilterProblem &problem, const std::string &inForce)
{
    return wrongText(problem) + QLatin1Char(' ') + inForceText(inForce);
}

} // namespace rateguard
