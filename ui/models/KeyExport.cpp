// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The RateGuard authors
#include "models/KeyExport.h"

#include "engine/KeyOrder.h"
#include "format/Text.h"

#include <QDateTime>
#include <QJsonArray>
#include <QJsonDocument>
#include <QStringList>

#include <algorithm>
#include <cmath>
#include <limits>

namespace rateguard {
namespace {

constexpr int uncut = std::numeric_limits<int>::max();

QByteArray figure(double value)
{
    return std::isfinite(value) ? QByteArray::number(value, 'f', 3) : QByteArray();
}

QByteArray time(Instant instant)
{
    if (instant == Instant())
        return {};
    const auto milliseconds = std::chrono::floor<std::chrono::milliseconds>(instant.time_since_epoch()).count();
    return QDateTime::fromMSecsSinceEpoch(milliseconds).toUTC().toString(Qt::ISODateWithMs).toUtf8();
}

struct Figure
{
    const char *name;
    QByteArray value; // empty: unknown
    bool quoted = false; // in JSON
};

std::vector<Figure> figuresOf(const KeyRow &row)
{
    return {{"requests_per_s", figure(row.rates.requests())},
            {"rejected_per_s", figure(row.rates.rejected)},
            {"would_reject_per_s", figure(row.rates.wouldReject)},
            {"used", QByteArray::number(row.used)},
            {"limit", QByteArray::number(row.limit)},
            {"rejected_share", row.rejectedShare() ? figure(*row.rejectedShare()) : QByteArray()}, // of the last minute
            {"state", QByteArray(keyStateName(row.state).data()), true},
            {"last_seen", time(row.lastSeen), true}};
}

QByteArray separated(const KeyRows &rows, char separator, const char *lineEnd)
{
    QByteArray out;
    for (const KeyEntry *entry : rows) {
        out += exportCell(displayText(entry->policy, uncut), QLatin1Char(separator)).toUtf8() + separator;
        out += exportCell(displayText(entry->key, uncut), QLatin1Char(separator)).toUtf8();
        for (const Figure &figure : figuresOf(entry->row))
            out += separator + figure.value;
        out += lineEnd;
    }
    return out;
}

QByteArray quoted(const QString &text)
{
    const QByteArray array = QJsonDocument(QJsonArray {text}).toJson(QJsonDocument::Compact);
    return array.mid(1, array.size() - 2);
}

// Exact when the bytes are text. Asking for them back is the whole test: it finds what is no UTF-8 and also a byte order
// mark, which Qt would swallow.
QByteArray named(const QByteArray &name, const std::string &bytes)
{
    const QByteArray raw = QByteArray::fromStdString(bytes);
    const QString exact = QString::fromUtf8(raw);
    if (exact.toUtf8() == raw)
        return '"' + name + "\":" + quoted(exact);
    return '"' + name + "\":" + quoted(displayText(bytes, uncut)) + ",\"" + name + "_hex\":\"" + raw.toHex() + '"';
}

} // namespace

QString exportCell(const QString &text, QChar separator)
{
    static const QString starters = QStringLiteral("=+-@\t\r");
    QString cell = text;
    if (!cell.isEmpty() && starters.contains(cell.front()))
        cell.prepend(QLatin1Char('\''));
    const auto mustQuote = [separator](QChar c) {
        return c == separator || c == QLatin1Char('"') || c == QLatin1Char('\r') || c == QLatin1Char('\n');
    };
    if (std::any_of(cell.cbegin(), cell.cend(), mustQuote))
        cell = QLatin1Char('"') + cell.replace(QLatin1Char('"'), QStringLiteral("\"\"")) + QLatin1Char('"');
    return cell;
}

QByteArray keysAsCsv(const KeyRows &rows, bool withHeader)
{
    QByteArray header;
    if (withHeader) {
        header = "policy,key";
        for (const Figure &figure : figuresOf({}))
            header += ',' + QByteArray(figure.name);
        header += "\r\n";
    }
    return header + separated(rows, ',', "\r\n");
}

QByteArray keysAsTsv(const KeyRows &rows)
{
    return separated(rows, '\t', "\n");
}

QByteArray keysAsJsonLines(const KeyRows &rows)
{
    QByteArray out;
    for (const KeyEntry *entry : rows) {
        out += '{' + named("policy", entry->policy) + ',' + named("key", entry->key);
        for (const Figure &figure : figuresOf(entry->row)) {
            const QByteArray value = figure.quoted && !figure.value.isEmpty() ? '"' + figure.value + '"' : figure.value;
            out += ",\"" + QByteArray(figure.name) + "\":" + (value.isEmpty() ? QByteArray("null") : value);
        }
        out += "}\n";
    }
    return out;
}

} // namespace rateguard
