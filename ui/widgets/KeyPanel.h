// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The RateGuard authors
#pragma once

#include "models/KeyExport.h"
#include "models/KeyTableModel.h"
#include "widgets/Card.h"

class QLineEdit;
class QStackedLayout;

namespace rateguard {

class LiveTable;
class TextLabel;

// The table of keys with its filter. The selection is a key, not a row: it stays while rows move, while the filter hides
// it and while the connection is away.
class KeyPanel : public Card
{
    Q_OBJECT

public:
    explicit KeyPanel(QWidget *parent);

    void apply(const Snapshot &snapshot);
    void focusFilter();
    void select(const std::string &policy, const std::string &key); // whether or not the table shows it

    KeyRows rows() const; // as filtered and sorted; good until the next snapshot
    KeyRows selectedRows() const; // of these

    std::size_t throttled() const { return m_model.throttled(); }
    bool hasSelection() const { return m_hasSelection; }
    const std::string &selectedPolicy() const { return m_policy; }
    const std::string &selectedKey() const { return m_key; }

signals:
    void selected(const std::string &policy, const std::string &key);
    void deselected();
    void opened(); // the operator wants to see all about the selected key

protected:
    bool eventFilter(QObject *watched, QEvent *event) override;
    void resizeEvent(QResizeEvent *event) override;

private:
    void setUpTable();
    QWidget *makeHint();
    QWidget *makeNoMatch();
    void showPage();
    void filter(const QString &text);
    void choose(const QModelIndex &current);
    void take(const std::string &policy, const std::string &key);
    void keepChoice(); // after rows moved, went or came back
    void chooseWorst();
    void count();

    KeyTableModel m_model;
    QLineEdit *m_filter;
    TextLabel *m_count;
    LiveTable *m_table;
    TextLabel *m_hint;
    TextLabel *m_simulate;
    QStackedLayout *m_pages;
    bool m_hasSelection = false;
    bool m_live = false;
    bool m_choosing = false;
    int m_wait = 35; // snapshots with throttled keys until the worst is chosen, unless somebody chose before
    std::string m_policy;
    std::string m_key;
};

} // namespace rateguard
