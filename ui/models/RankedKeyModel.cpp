// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The RateGuard authors
#include "models/RankedKeyModel.h"

#include "format/Numbers.h"
#include "format/Text.h"
#include "models/KeyWords.h"
#include "models/RejectionWords.h"

#include <algorithm>

namespace rateguard {
namespace {

using namespace std::chrono_literals;

constexpr auto rest = 1s; // between two rankings

bool isSame(const RankedKey &a, const RankedKey &b)
{
    return a.policy == b.policy && a.key == b.key;
}

template <typename Keys>
auto findIn(Keys &keys, const RankedKey &key)
{
    return std::find_if(keys.begin(), keys.end(), [&](const RankedKey &other) { return isSame(other, key); });
}

// Over its limit, and admitted all the same.
bool isWatched(const RankedKey &key)
{
    return key.row.rates.rejected <= 0 && key.row.rates.wouldReject > 0;
}

double over(const RankedKey &key)
{
    return isWatched(key) ? key.row.rates.wouldReject : key.row.rates.rejected;
}

} // namespace

bool RankedKeyModel::apply(const std::vector<RankedKey> &keys, Instant now)
{
    // A clock that was set back is no reason to stand still.
    const bool isDue = !m_ranked || now >= *m_ranked + rest || now < *m_ranked;
    if (isDue) {
        m_ranked = now;
        rank({keys.begin(), keys.begin() + static_cast<std::ptrdiff_t>(std::min(keys.size(), most))});
    }
    m_now = now;
    update(keys);
    return isDue;
}

void RankedKeyModel::rank(const std::vector<RankedKey> &wanted)
{
    for (int row = rowCount() - 1; row >= 0; --row) {
        if (findIn(wanted, at(row)) != wanted.end())
            continue;
        beginRemoveRows({}, row, row);
        m_rows.erase(m_rows.begin() + row);
        endRemoveRows();
    }
    for (int row = 0; row < static_cast<int>(wanted.size()); ++row) {
        const RankedKey &key = wanted[static_cast<std::size_t>(row)];
        const auto found = findIn(m_rows, key);
        const int from = static_cast<int>(found - m_rows.begin());
        if (found == m_rows.end()) {
            beginInsertRows({}, row, row);
            m_rows.insert(m_rows.begin() + row, key);
            endInsertRows();
        } else if (from != row) { // it stands below: all above are in their places
            beginMoveRows({}, from, from, {}, row);
            std::rotate(m_rows.begin() + row, found, found + 1);
            endMoveRows();
        }
    }
}

void RankedKeyModel::update(const std::vector<RankedKey> &keys)
{
    if (m_rows.empty())
        return;
    for (RankedKey &row : m_rows) {
        if (const auto found = findIn(keys, row); found != keys.end())
            row = *found;
    }
    emit dataChanged(index(0), index(rowCount() - 1));
}

bool RankedKeyModel::hasRejected() const
{
    return std::any_of(m_rows.begin(), m_rows.end(), [](const RankedKey &key) { return key.row.rates.rejected > 0; });
}

bool RankedKeyModel::hasWatched() const
{
    return std::any_of(m_rows.begin(), m_rows.end(), isWatched);
}

int RankedKeyModel::rowCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : static_cast<int>(m_rows.size());
}

QVariant RankedKeyModel::data(const QModelIndex &index, int role) const
{
    if (!checkIndex(index, CheckIndexOption::IndexIsValid | CheckIndexOption::ParentIsInvalid))
        return {};
    const RankedKey &key = at(index.row());
    switch (role) {
    case Qt::DisplayRole: return tr("%1 · %2").arg(displayText(key.policy, 64), displayText(key.key));
    case Qt::ToolTipRole: return plainToolTip(sentence(key));
    case Qt::AccessibleTextRole: return sentence(key);
    case StateRole: return static_cast<int>(key.row.state);
    case FigureRole: return figure(key);
    case WordRole:
        return m_by != By::Rejections ? QString() : isWatched(key) ? tr("would be") : key.row.state == KeyState::Banned ? tr("banned") : QString();
    case PolicyRole: return displayText(key.policy, 64);
    case KeyRole: return displayText(key.key);
    case ShareRole: {
        if (m_by == By::Use)
            return key.row.limit > 0 ? static_cast<double>(key.row.used) / key.row.limit : 0;
        const auto worst = std::max_element(m_rows.begin(), m_rows.end(), [](const RankedKey &a, const RankedKey &b) { return over(a) < over(b); });
        return over(*worst) > 0 ? over(key) / over(*worst) : 0;
    }
    default: return {};
    }
}

QString RankedKeyModel::figure(const RankedKey &key) const
{
    if (m_by == By::Use)
        return tr("%1 / %2").arg(formatCount(key.row.used), formatCount(key.row.limit));
    const QString rate = tr("%1/s").arg(formatRate(over(key)));
    return isWatched(key) ? tr("(%1)").arg(rate) : rate; // in parentheses, as in the table of keys
}

QString RankedKeyModel::sentence(const RankedKey &key) const
{
    const QString name = tr("%1 of policy %2").arg(displayText(key.key), displayText(key.policy, 64));
    if (m_by == By::Use)
        return tr("%1: %2").arg(name, usedText(key.row.used, key.row.limit));
    const KeyRow &row = key.row;
    const QString watched = tr("%1 per second would be rejected").arg(formatRate(row.rates.wouldReject));
    const QString rejected = tr("%1 rejected per second").arg(formatRate(row.rates.rejected));
    const QString what = isWatched(key) ? watched : row.rates.wouldReject > 0 ? tr("%1, %2").arg(rejected, watched) : rejected;
    const bool isOver = row.state == KeyState::Throttled || row.state == KeyState::Shadowed;
    const QString run = isOver && key.lastRejection ? runText(*key.lastRejection, m_now) : QString();
    return run.isEmpty() ? tr("%1: %2, %3").arg(name, keyStateText(row.state), what)
                         : tr("%1: %2, %3, again and again %4").arg(name, keyStateText(row.state), what, run);
}

} // namespace rateguard
