// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The RateGuard authors
#pragma once

#include "engine/OverrideEdit.h"

#include <QJsonObject>
#include <QString>

namespace rateguard {

// Limits, overrides and times as rateguardctl writes them, for eyes and as JSON.

QString textOf(std::string_view ours); // of text that is known to be harmless
QString spanText(Duration span); // "1min", "48h" as parseSpan reads it
QString localTime(Instant at); // "2025-11-24 16:03:12"
QJsonValue millisecondsOf(const std::optional<Instant> &at);

QString ruleText(const Rule &rule, Instant now); // "10/s 1000/h shadow until 2025-11-24 16:03:12, then enforce v7"
QJsonObject ruleObject(const std::string &policy, const Rule &rule, Instant now);

QString overrideText(const std::optional<Override> &value); // "ban until 2025-11-24 16:03:12 v3"
// {"policy", "key", "key_hex"}: what is no text is spelled out in "key", and exact in "key_hex".
QJsonObject keyObject(const std::string &policy, const std::string &key);
QJsonObject overrideObject(const Override &value);

} // namespace rateguard
