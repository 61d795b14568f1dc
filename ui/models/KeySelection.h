// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The RateGuard authors
#pragma once

#include "models/KeyTableModel.h"

#include <QItemSelectionModel>

#include <set>

namespace rateguard {

// The keys that are selected: keys, not rows. What is clicked in the rows is remembered by name, and after the rows have
// changed restore() selects those that are these keys now. O(rows held * log keys selected).
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
    bool isHeld() const; // all that is selected is among the rows held

private:
    using Name = std::pair<std::string, std::string>; // policy, key

    void learn(); // from the rows
    QItemSelection wanted() const;

    KeyTableModel *m_keys;
    std::set<Name> m_names; // that are selected; with m_all: that are not
    bool m_all = false;
    bool m_restoring = false;
};

} // namespace rateguard
