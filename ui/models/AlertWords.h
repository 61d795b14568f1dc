// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The RateGuard authors
#pragma once

#include "engine/AlertBook.h"

#include <QString>

namespace rateguard {

// Alerts in words. Patterns and keys come out of displayText: show them as plain text.

QString alertKindText(AlertKind kind); // "Rejected share"
QString alertRuleText(const AlertRule &rule); // "Rejected share above 20 % over 30 s (all policies)", "Event lag above 2 s for 10 s"
QString alertFigure(AlertKind kind, double value); // "37 %", "120/s", "12 keys", "2.1 s"; of silence and disconnection how long
QString alertThresholdText(const AlertRule &rule); // "> 20 %", "10 s"
QString alertNowText(const AlertBook::Status &status); // "37 %", "away for 12 s", "–"
QString alertStateText(const AlertBook::Status &status, Instant now); // begins with a sign: "▲ Firing", "△ Pending, 12 s of 30 s"
QString alertLastedText(std::chrono::microseconds span); // to whole seconds: "<1 s", "38 s", "4 min"
QString alertEndText(const AlertRule &rule); // a sentence. Requires: hasThreshold
QString alertSpanText(std::chrono::seconds span); // exact: "90 s", "5 min", "1 h"

// Why the rule cannot be, and what to do; empty when it can.
QString alertProblem(const AlertRule &rule);

struct AlertNoticeWords
{
    QString title;
    QString text;
};
// `rules` are those that the notice may be about; one that is no more is left out.
AlertNoticeWords alertNoticeWords(const AlertNotice &notice, const std::vector<AlertRule> &rules);

} // namespace rateguard
