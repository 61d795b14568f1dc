// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The RateGuard authors
#include "models/PastAlertModel.h"

#include "format/Numbers.h"
#include "format/Text.h"
#include "models/AlertWords.h"

#include <QCoreApplication>
#include <QDateTime>

#include <algorithm>

namespace rateguard {
namespace {

constexpr int columns = 7;

// As the desk has it; the day as well when it is another one.
QString timeText(Instant at, Instant now)
{
    const auto date = [](Instant it) { return QDateTime::fromMSecsSinceEpoch(std::chrono::floor<Duration>(it.time_since_epoch()).count()); };
    const bool today = date(at).date() == date(now).date();
    return figureLocale().toString(date(at), today ? QStringLiteral("HH:mm:ss") : PastAlertModel::tr("d MMM HH:mm", "day, month and time, as Qt formats dates"));
}

QVariant alignment(PastAlertColumn column)
{
    const bool number = column == PastAlertColumn::Lasted; // the others have different units
    return QVariant::fromValue(Qt::Alignment(Qt::AlignVCenter | (number ? Qt::AlignRight : Qt::AlignLeft)));
}

} // namespace

QString AlertSource::name() const
{
    if (!place.isEmpty())
        return displayText(place.toStdString(), 60);
    const auto scheme = endpoint.find("://");
    const QString all = displayText(scheme == std::string::npos ? endpoint : endpoint.substr(scheme + 3), 80);
    // Sockets differ in their last folders, and mostly have one name: a column has no room for more.
    constexpr int most = 18;
    return endpoint.starts_with("unix:") && all.size() > most ? QStringLiteral("…") + all.right(most - 1) : all;
}

QString AlertSource::text() const
{
    return place.isEmpty() ? displayText(endpoint, 80) : endpoint.empty() ? name() : QCoreApplication::translate("rateguard::PastAlertModel", "%1 · %2").arg(name(), displayText(endpoint, 80));
}

void PastAlertModel::add(const AlertEvent &event, const AlertRule &rule, const AlertSource &source)
{
    if (m_rows.size() == most) {
        beginRemoveRows({}, rowCount() - 1, rowCount() - 1);
        m_rows.pop_back();
        endRemoveRows();
    }
    beginInsertRows({}, 0, 0);
    m_rows.push_front({event, rule, source, std::nullopt});
    endInsertRows();
}

void PastAlertModel::end(const AlertEvent &event)
{
    const auto found = std::find_if(m_rows.begin(), m_rows.end(), [&](const Row &row) { return row.alert.alert == event.alert; });
    if (found == m_rows.end())
        return;
    found->alert.value = event.value;
    found->ended = event.at;
    const int row = static_cast<int>(found - m_rows.begin());
    emit dataChanged(index(row, 0), index(row, columns - 1));
}

void PastAlertModel::pass(Instant now, const std::vector<AlertEvent> &underway)
{
    m_now = now;
    for (int row = 0; row < rowCount(); ++row) {
        Row &mine = m_rows[static_cast<std::size_t>(row)];
        if (mine.ended)
            continue;
        const auto found = std::find_if(underway.begin(), underway.end(), [&](const AlertEvent &event) { return event.alert == mine.alert.alert; });
        if (found != underway.end()) {
            mine.alert.value = found->value;
            mine.alert.isSnoozed = found->isSnoozed;
        }
        emit dataChanged(index(row, 0), index(row, columns - 1));
    }
}

void PastAlertModel::clear()
{
    for (int row = rowCount() - 1; row >= 0; --row) {
        if (!at(row).ended)
            continue;
        beginRemoveRows({}, row, row);
        m_rows.erase(m_rows.begin() + row);
        endRemoveRows();
    }
}

bool PastAlertModel::needsSources() const
{
    return std::any_of(m_rows.begin(), m_rows.end(), [this](const Row &row) { return !row.source.place.isEmpty() || row.source != m_rows.front().source; });
}

int PastAlertModel::rowCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : static_cast<int>(m_rows.size());
}

int PastAlertModel::columnCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : columns;
}

QVariant PastAlertModel::data(const QModelIndex &index, int role) const
{
    if (!checkIndex(index, CheckIndexOption::IndexIsValid | CheckIndexOption::ParentIsInvalid))
        return {};
    const Row &row = at(index.row());
    const auto column = static_cast<PastAlertColumn>(index.column());
    switch (role) {
    case Qt::DisplayRole: return text(row, column);
    case Qt::ToolTipRole: return plainToolTip(toolTip(row, column));
    case Qt::TextAlignmentRole: return alignment(column);
    case FiringRole: return !row.ended && !row.alert.isSnoozed;
    default: return {};
    }
}

QString PastAlertModel::text(const Row &row, PastAlertColumn column) const
{
    switch (column) {
    case PastAlertColumn::When: return timeText(row.alert.at, m_now);
    case PastAlertColumn::Rule: return alertRuleText(row.rule);
    case PastAlertColumn::Worst: return hasThreshold(row.rule.kind) ? alertFigure(row.rule.kind, row.alert.value) : QStringLiteral("–");
    case PastAlertColumn::Key:
        return row.alert.key.empty() ? QString() : tr("%1 · %2").arg(displayText(row.alert.policy, 40), displayText(row.alert.key, 80));
    case PastAlertColumn::Until: return row.ended ? timeText(*row.ended, m_now) : row.alert.isSnoozed ? tr("◌ snoozed") : tr("▲ firing");
    case PastAlertColumn::Lasted: return alertLastedText(std::chrono::floor<Duration>(std::max(row.ended.value_or(m_now) - row.alert.at, Instant::duration(0))));
    case PastAlertColumn::Source: return row.source.name();
    }
    return {};
}

QString PastAlertModel::toolTip(const Row &row, PastAlertColumn column) const
{
    QStringList lines {column == PastAlertColumn::Source ? QString() : text(row, column), row.source.text()};
    if (column == PastAlertColumn::Until && hasThreshold(row.rule.kind))
        lines << alertEndText(row.rule);
    lines.removeAll({});
    return lines.join(QLatin1Char('\n'));
}

QVariant PastAlertModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation != Qt::Horizontal || section < 0 || section >= columns)
        return {};
    const auto column = static_cast<PastAlertColumn>(section);
    if (role == Qt::TextAlignmentRole)
        return alignment(column);
    if (role != Qt::DisplayRole)
        return {};
    switch (column) {
    case PastAlertColumn::When: return tr("Since");
    case PastAlertColumn::Rule: return tr("Rule");
    case PastAlertColumn::Worst: return tr("Worst");
    case PastAlertColumn::Key: return tr("Worst key");
    case PastAlertColumn::Until: return tr("Until");
    case PastAlertColumn::Lasted: return tr("Lasted");
    case PastAlertColumn::Source: return tr("Redis");
    }
    return {};
}

} // namespace rateguard
