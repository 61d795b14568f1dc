// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The RateGuard authors
#pragma once

#include "engine/Decision.h"
#include "redis/Reply.h"

#include <QJsonObject>
#include <QString>

namespace rateguard {

// What the limiter said, as check and peek write it.
QString decisionText(const Decision &decision);
QJsonObject decisionObject(const Decision &decision);
// Why it did not decide, and what to do now.
QString undecidedText(const std::string &policy, const Reply &reply);

} // namespace rateguard
