// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The RateGuard authors
#include "ctl/Wording.h"

#include "format/Text.h"

#include <QDateTime>
#include <QJsonArray>

namespace rateguard {

namespace {

std::chrono::milliseconds sinceEpoch(Instant at)
{
    return std::chrono::floor<std::chrono::milliseconds>(at.time_since_epoch());
}

QJsonArray windowsOf(const Limits &limits)
{
    QJsonArray windows;
    for (const auto &limit : limits) {
        windows.append(QJsonObject {{QStringLiteral("limit"), static_cast<qint64>(limit.count)}, {QStringLiteral("window_ms"), static_cast<qint64>(limit.window.count())}});
    }
    return windows;
}

} // namespace

QString textOf(std::string_view ours)
{
    return QString::fromUtf8(ours.data(), static_cast<qsizetype>(ours.size()));
}

QString spanText(Duration span)
{
    const auto text = textOf(formatWindow(span));
    return text.isEmpty() || text.front().isDigit() ? text : u'1' + text;
}

QString localTime(Instant at)
{
    return QDateTime::fromMSecsSinceEpoch(sinceEpoch(at).count()).toString(QStringLiteral("yyyy-MM-dd HH:mm:ss"));
}

QJsonValue millisecondsOf(const std::optional<Instant> &at)
{
    return at ? QJsonValue(static_cast<qint64>(sinceEpoch(*at).count())) : QJsonValue();
}

QString ruleText(const Rule &rule, Instant now)
{
    if (rule.limit.empty()) {
        return QStringLiteral("(none)") + (rule.version ? QStringLiteral(" v%1").arg(rule.version) : QString());
    }
    auto text = QStringLiteral("%1 %2").arg(textOf(formatLimit(rule.limit)), textOf(modeName(rule.modeAt(now))));
    if (rule.until && now < *rule.until) {
        text += QStringLiteral(" until %1, then %2").arg(localTime(*rule.until), textOf(modeName(rule.after)));
    }
    return text + QStringLiteral(" v%1").arg(rule.version);
}

QJsonObject ruleObject(const std::string &policy, const Rule &rule, Instant now)
{
    QJsonObject object {{QStringLiteral("policy"), textOf(policy)}, {QStringLiteral("version"), static_cast<qint64>(rule.version)}};
    const bool exists = !rule.limit.empty();
    const bool ends = exists && rule.until && now < *rule.until;
    // The first window alone as well, for scripts that know but one.
    object.insert(QStringLiteral("limit"), exists ? QJsonValue(static_cast<qint64>(rule.limit.front().count)) : QJsonValue());
    object.insert(QStringLiteral("window_ms"), exists ? QJsonValue(static_cast<qint64>(rule.limit.front().window.count())) : QJsonValue());
    object.insert(QStringLiteral("windows"), windowsOf(rule.limit));
    object.insert(QStringLiteral("algorithm"), exists ? QJsonValue(rule.limit.algorithm == Algorithm::Bucket ? QStringLiteral("bucket") : QStringLiteral("log")) : QJsonValue());
    object.insert(QStringLiteral("mode"), exists ? QJsonValue(textOf(modeName(rule.modeAt(now)))) : QJsonValue());
    object.insert(QStringLiteral("mode_until_ms"), ends ? millisecondsOf(rule.until) : QJsonValue());
    object.insert(QStringLiteral("mode_after"), ends ? QJsonValue(textOf(modeName(rule.after))) : QJsonValue());
    return object;
}

QString overrideText(const std::optional<Override> &value)
{
    if (!value) {
        return QStringLiteral("(none)");
    }
    auto limit = value->limit;
    limit.algorithm = Algorithm::Log; // it is the policy's, so nothing is said about it
    const auto what = value->kind == Override::Kind::Ban ? QStringLiteral("ban") : value->kind == Override::Kind::Exempt ? QStringLiteral("exempt") : textOf(formatLimit(limit));
    return what + (value->until ? QStringLiteral(" until ") + localTime(*value->until) : QString()) + QStringLiteral(" k%1").arg(value->version);
}

QJsonObject keyObject(const std::string &policy, const std::string &key)
{
    return {{QStringLiteral("policy"), displayText(policy)}, {QStringLiteral("key"), displayText(key, 4000)},
        {QStringLiteral("key_hex"), QString::fromLatin1(QByteArray::fromStdString(key).toHex())}};
}

QJsonObject overrideObject(const Override &value)
{
    const auto kind = value.kind == Override::Kind::Ban ? QStringLiteral("ban") : value.kind == Override::Kind::Exempt ? QStringLiteral("exempt") : QStringLiteral("limit");
    return {{QStringLiteral("kind"), kind}, {QStringLiteral("windows"), windowsOf(value.limit)}, {QStringLiteral("until_ms"), millisecondsOf(value.until)},
        {QStringLiteral("version"), static_cast<qint64>(value.version)}};
}

} // namespace rateguard
