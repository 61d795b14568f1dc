// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The RateGuard authors
#pragma once

#include "engine/AlertRule.h"

#include <QByteArray>
#include <QStringList>

namespace rateguard {

// Alert rules as JSON, for the settings: an array of objects, readable and stable over versions. Holds no secrets.
QByteArray alertRulesToJson(const std::vector<AlertRule> &rules);

struct AlertRulesRead
{
    std::vector<AlertRule> rules;
    QStringList damaged; // what is no rule, as it stood there
};
AlertRulesRead readAlertRules(const QByteArray &json);

} // namespace rateguard
