// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The RateGuard authors
#include "models/KeySelection.h"

#include <algorithm>

namespace rateguard {
namespace {

// The rows of a selection, as sorted ranges.
std::vector<std::pair<int, int>> rowsOf(const QItemSelection &selection)
{
    std::vector<std::pair<int, int>> rows;
    for (const QItemSelectionRange &range : selection)
        rows.emplace_back(range.top(), range.bottom());
    std::sort(rows.begin(), rows.end());
    std::vector<std::pair<int, int>> merged;
    for (const auto &[top, bottom] : rows) {
        if (!merged.empty() && top <= merged.back().second + 1)
            merged.back().second = std::max(merged.back().second, bottom);
        else
            merged.emplace_back(top, bottom);
    }
    return merged;
}

} // namespace

KeySelection::KeySelection(KeyTableModel *model) : QItemSelectionModel(model), m_keys(model) { }

void KeySelection::select(const QItemSelection &selection, SelectionFlags command)
{
    if (m_restoring || selection.isEmpty() || !(command & (Select | Deselect | Toggle)))
        return take(selection, command);
    Span rows {m_keys->rowCount(), -1};
    for (const QItemSelectionRange &range : selection)
        rows = {std::min(rows.first, range.top()), std::max(rows.second, range.bottom())};
    const bool extends = command.testFlag(Current);
    const std::optional<Span> wanted = extends ? extended(rows) : rows;
    const bool isHere = wanted && wanted->first >= m_keys->firstHeld() && wanted->second < m_keys->endOfHeld();
    const bool canWait = !extends && command.testFlag(Clear) && rows.first == rows.second; // it is chosen by name when it comes
    if (!isHere && !canWait)
        return emit refused();
    if (!extends)
        beginAt(rows.first);
    else if (!command.testFlag(Toggle))
        command |= Clear; // these and no others, wherever those are
    if (*wanted == rows)
        take(selection, command);
    else
        take(QItemSelection(m_keys->index(wanted->first, 0), m_keys->index(wanted->second, keyColumns - 1)), command);
}

void KeySelection::take(const QItemSelection &selection, SelectionFlags command)
{
    if (!m_restoring && command.testFlag(Clear)) {
        m_names.clear();
        m_all = false;
    }
    QItemSelectionModel::select(selection, command);
    if (!m_restoring)
        learn();
}

// Keys move, and the view knows of rows only.
std::optional<KeySelection::Span> KeySelection::extended(Span rows)
{
    const int anchor = m_anchor ? m_keys->heldRow(m_anchor->first, m_anchor->second) : -1;
    if (m_anchorRow < 0)
        m_anchorRow = anchor;
    if (!m_anchor || (rows.first != m_anchorRow && rows.second != m_anchorRow))
        return rows;
    if (anchor < 0)
        return std::nullopt;
    const int end = rows.first == m_anchorRow ? rows.second : rows.first;
    return Span {std::min(anchor, end), std::max(anchor, end)};
}

void KeySelection::beginAt(int row)
{
    const KeyEntry *entry = m_keys->entryAt(row);
    m_anchorRow = row;
    m_anchor = entry ? std::optional(Name(entry->policy, entry->key)) : std::nullopt;
}

// Also of keys that no row shows now, of which the base class knows nothing.
void KeySelection::clear()
{
    m_names.clear();
    m_all = false;
    QItemSelectionModel::clear();
}

void KeySelection::learn()
{
    for (int row = m_keys->firstHeld(); row < m_keys->endOfHeld(); ++row) {
        const KeyEntry *entry = m_keys->entryAt(row);
        if (!entry)
            continue;
        if (isRowSelected(row) != m_all)
            m_names.emplace(entry->policy, entry->key);
        else
            m_names.erase({entry->policy, entry->key});
    }
}

void KeySelection::selectAllKeys()
{
    m_names.clear();
    m_all = m_keys->rowCount() > 0;
    restore();
    if (m_keys->firstHeld() == 0 && m_keys->endOfHeld() == m_keys->rowCount()) {
        m_all = false; // they are all here, so they are known by name
        learn();
    }
}

void KeySelection::selectOnly(const std::string &policy, const std::string &key)
{
    m_all = false;
    m_names = {{policy, key}};
    m_anchor = Name(policy, key);
    restore();
}

void KeySelection::forgetOthers()
{
    if (!m_all)
        return;
    m_all = false;
    m_names.clear();
    restore();
}

bool KeySelection::isSelected(const KeyEntry &entry) const
{
    return m_names.contains({entry.policy, entry.key}) != m_all;
}

bool KeySelection::isHeld() const
{
    if (m_all)
        return m_keys->firstHeld() == 0 && m_keys->endOfHeld() == m_keys->rowCount();
    return std::all_of(m_names.begin(), m_names.end(), [this](const Name &name) { return m_keys->heldRow(name.first, name.second) >= 0; });
}

QItemSelection KeySelection::wanted() const
{
    QItemSelection selection;
    const auto add = [&](int first, int last) {
        if (first <= last)
            selection.append(QItemSelectionRange(m_keys->index(first, 0), m_keys->index(last, keyColumns - 1)));
    };
    const int end = m_keys->endOfHeld();
    int begin = m_all ? 0 : -1; // of the run that is being looked at; -1: none
    for (int row = m_keys->firstHeld(); row <= end; ++row) {
        const KeyEntry *entry = row < end ? m_keys->entryAt(row) : nullptr;
        const bool selected = entry ? isSelected(*entry) : m_all;
        if (selected && begin < 0)
            begin = row;
        if (!selected && begin >= 0) {
            add(begin, row - 1);
            begin = -1;
        }
    }
    if (m_all && begin >= 0)
        add(begin, m_keys->rowCount() - 1);
    return selection;
}

void KeySelection::restore()
{
    const QItemSelection selection = wanted();
    if (rowsOf(selection) == rowsOf(QItemSelectionModel::selection()))
        return;
    m_restoring = true;
    select(selection, ClearAndSelect | Rows);
    m_restoring = false;
}

} // namespace rateguard
