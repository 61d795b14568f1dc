// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The RateGuard authors
#pragma once

#include "models/KeyExport.h"
#include "models/KeySelection.h"
#include "models/RowTaker.h"
#include "widgets/Card.h"

class QStackedLayout;

namespace rateguard {

class FilterStrip;
class KeyColumns;
class KeyTableView;
class NoKeysPage;
class UsageBarDelegate;

// The table of keys with its filter. The selection is a key, not a row: it stays while rows move, while the filter hides
// it and while the connection is away.
class KeyPanel : public Card
{
    Q_OBJECT

public:
    explicit KeyPanel(QWidget *parent);

    void apply(const Snapshot &snapshot, std::optional<Instant> still = {});
    void fill(TableWish &wish) const; // what is to be asked of the feed
    void focusFilter();
    void rememberColumns(); // in QSettings, from now on
    void select(const std::string &policy, const std::string &key); // whether or not the table shows it
    void leaveRedis(); // another will be watched: nobody has chosen a key of it

    RowTaker &taker() { return m_taker; } // of all rows, as filtered and sorted
    const KeySelection &selection() const;
    KeyRows selectedRows() const; // those that are held, see KeySelection::isHeld; good until the next snapshot

    std::uint64_t throttled() const { return m_throttled; }
    bool hasSelection() const { return m_hasSelection; }
    const std::string &selectedPolicy() const { return m_policy; }
    const std::string &selectedKey() const { return m_key; }

signals:
    void selected(const std::string &policy, const std::string &key);
    void deselected();
    void policyChosen(const std::string &policy); // whose limit is to be edited
    void wantedChanged(); // ask fill() again, at once
    void refused(const QString &why); // what was asked for, as plain text
    void opened(); // the operator wants to see all about the selected key

protected:
    void resizeEvent(QResizeEvent *event) override;

private:
    static constexpr int patience = 35; // snapshots with throttled keys until the worst is chosen, unless somebody chose before

    void setUpTable();
    void showPage();
    void filter(const QString &text);
    void choose(const QModelIndex &current);
    void choosePending();
    void openFound();
    void refuse(); // to select rows that are not here
    void deselect();
    void take(const std::string &policy, const std::string &key);
    void keepChoice(const TableView &table); // after rows moved, went or came back
    void chooseWorst(const Snapshot &snapshot);
    void count();
    void openMenu(const QPoint &place);
    void follow(bool follows);

    KeyTableModel m_model;
    RowTaker m_taker;
    FilterStrip *m_filter;
    KeyTableView *m_table;
    UsageBarDelegate *m_usage;
    NoKeysPage *m_noKeys;
    KeyColumns *m_columns = nullptr;
    QStackedLayout *m_pages;
    std::uint64_t m_known = 0;
    std::uint64_t m_throttled = 0;
    bool m_hasSelection = false;
    bool m_live = false;
    bool m_choosing = false;
    bool m_following = false; // the chosen key stays in sight
    std::string m_inForce; // the filter that the rows are by
    bool m_opening = false; // what is found is to be opened
    int m_pending = -1; // a row that was chosen and is not here yet
    int m_wait = patience; // that are left of it
    std::string m_policy;
    std::string m_key;
};

} // namespace rateguard
