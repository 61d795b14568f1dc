// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The RateGuard authors
#include "models/AlertJson.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>

#include <algorithm>
#include <array>
#include <optional>

namespace rateguard {
namespace {

constexpr std::array kinds {"rejections", "share", "near", "silence", "lag", "disconnected"};
constexpr std::array scopes {"all", "policy", "key"};

template <typename Enum, typename Names>
std::optional<Enum> named(const Names &names, const QJsonValue &value)
{
    const auto found = std::find(names.begin(), names.end(), value.toString().toStdString());
    return found == names.end() ? std::nullopt : std::optional(static_cast<Enum>(found - names.begin()));
}

QJsonObject toObject(const AlertRule &rule)
{
    QJsonObject object {{QStringLiteral("kind"), QLatin1String(kinds.at(static_cast<std::size_t>(rule.kind)))},
                        {QStringLiteral("seconds"), static_cast<qint64>(rule.hold.count())},
                        {QStringLiteral("enabled"), rule.enabled}};
    if (hasThreshold(rule.kind)) {
        object.insert(QStringLiteral("above"), rule.threshold);
        object.insert(QStringLiteral("clearAt"), rule.clearAt);
    }
    if (rule.scope != AlertScope::All) {
        object.insert(QStringLiteral("scope"), QLatin1String(scopes.at(static_cast<std::size_t>(rule.scope))));
        object.insert(QStringLiteral("pattern"), QString::fromStdString(rule.pattern));
    }
    return object;
}

std::optional<AlertRule> fromObject(const QJsonObject &object)
{
    const auto kind = named<AlertKind>(kinds, object.value(QStringLiteral("kind")));
    const auto scope = named<AlertScope>(scopes, object.value(QStringLiteral("scope")).toString(QStringLiteral("all")));
    if (!kind || !scope)
        return std::nullopt;
    AlertRule rule;
    rule.kind = *kind;
    rule.scope = *scope;
    rule.threshold = object.value(QStringLiteral("above")).toDouble(hasThreshold(*kind) ? -1 : 0); // -1: refused below
    rule.clearAt = object.value(QStringLiteral("clearAt")).toDouble(usualClearAt(rule.threshold));
    rule.hold = std::chrono::seconds(object.value(QStringLiteral("seconds")).toInteger());
    rule.pattern = object.value(QStringLiteral("pattern")).toString().toStdString();
    rule.enabled = object.value(QStringLiteral("enabled")).toBool(true);
    return isValid(rule) ? std::optional(rule) : std::nullopt;
}

} // namespace

QByteArray alertRulesToJson(const std::vector<AlertRule> &rules)
{
    QJsonArray all;
    for (const AlertRule &rule : rules)
        all.append(toObject(rule));
    return QJsonDocument(all).toJson(QJsonDocument::Compact);
}

AlertRulesRead readAlertRules(const QByteArray &json)
{
    AlertRulesRead read;
    const QJsonDocument document = QJsonDocument::fromJson(json);
    if (!document.isArray()) {
        read.damaged << QString::fromUtf8(json);
        return read;
    }
    const QJsonArray all = document.array();
    for (const QJsonValue &value : all) {
        if (const auto rule = fromObject(value.toObject()))
            read.rules.push_back(*rule);
        else
            read.damaged << QString::fromUtf8(QJsonDocument(QJsonArray {value}).toJson(QJsonDocument::Compact));
    }
    return read;
}

} // namespace rateguard
