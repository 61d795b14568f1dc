// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The RateGuard authors
#pragma once

#include "models/KeyTableModel.h"

#include <QItemSelectionModel>

#include <optional>
#include <set>

namespace rateguard {

// The keys that are selected: keys, not rows. What is clicked in the rows is remembered by name, and after the rows have
// changed restore() selects those that are these keys now. Rows that are not held have no names yet: what would need theirs
// is refused as a whole, and the selection stays. O(rows held * log keys selected).
class KeySelection : public QItemSelectionModel
{
    Q_OBJECT

public:
    explicit KeySelection(KeyTableModel *model);

    using QItemSelectionModel::select;
    void select(const QItemSelection &selection, SelectionFlags command) override;
    void clear() override;
    void selectAllKeys(); // that fit the filter, whether or not they are here
    void selectOnly(const std::string &policy, const std::string &key);
    void forgetOthers(); // when "all" would mean others: after a change of the filter
    void restore();

    bool isSelected(const KeyEntry &entry) const;
    bool isEmpty() const { return !m_all && m_names.empty(); }
    bool hasMany() const { return m_all || m_names.size() > 1; }
    bool isHeld() const; // all that is selected is among the rows held

signals:
    void refused(); // some of the rows are not here

private:
    using Name = std::pair<std::string, std::string>; // policy, key
    using Span = std::pair<int, int>; // first and last

    std::optional<Span> extended(Span rows); // from the key that they were to begin with; nothing: it is not here
    void beginAt(int row);
    void take(const QItemSelection &selection, SelectionFlags command);
    void learn(); // from the rows
    QItemSelection wanted() const;

    KeyTableModel *m_keys;
    std::set<Name> m_names; // that are selected; with m_all: that are not
    bool m_all = false;
    std::optional<Name> m_anchor; // where Shift begins, which moves ...
    int m_anchorRow = -1; // ... from the row that the view believes it in; -1: none was chosen there
    bool m_restoring = false;
};

} // namespace rateguard
