// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The RateGuard authors
#pragma once

#include "models/Environment.h"
#include "models/PolicyTableModel.h"
#include "models/UndoOffer.h"

#include <QPointer>
#include <QWidget>

class QPushButton;
class QScrollArea;
class QSplitter;
class QStackedWidget;

namespace rateguard {

class Card;
class LimitEditor;
class LiveTable;

// The policies on the left, and on the right the editor for the selected one.
class PolicyPanel : public QWidget
{
    Q_OBJECT

public:
    PolicyPanel(bool readOnly, QWidget *parent);

    void apply(const Snapshot &snapshot);
    void setEnvironment(Environment environment);
    // Shows the policy of a key that was chosen, unless the operator is in the middle of an edit.
    void follow(const std::string &policy);
    bool edit(const std::string &policy); // opens it, whatever is being edited; false: it is not listed
    void focusLimit(); // of what the editor shows
    bool undo(); // the last edit of the selected policy, as a draft in the editor; false: it cannot be
    void addBelow(QWidget *panel); // under the table
    void showAside(QWidget *form); // in the place of the editor, until it is closed or a policy is clicked
    void closeAside(); // the form goes
    std::string current() const; // the selected policy; empty: none

signals:
    void editRequested(const rateguard::LimitEdit &edit);
    void bulkRequested(const std::vector<rateguard::PolicyRow> &policies);
    void killRequested();
    void undoOffered(const rateguard::UndoOffer &offer); // what undo() would do by now

protected:
    void resizeEvent(QResizeEvent *event) override;

private:
    void setUpTable();
    Card *makeTableCard();
    Card *makeEditorCard();
    void wire();
    void choose(const QModelIndex &current);
    void chooseFirst(); // the most useful thing to see when nothing was chosen yet
    void chooseNone();
    void showChosen(); // the row of what the editor shows, which may have gone or come back
    void startNew();
    void typed(int row, const Limits &limit); // into the table
    void displayButtons();
    std::vector<PolicyRow> selected() const;

    PolicyTableModel m_model;
    LinkStatus m_link;
    LiveTable *m_table;
    QPushButton *m_kill;
    QPushButton *m_bulk;
    QPushButton *m_new;
    LimitEditor *m_editor;
    QScrollArea *m_area = nullptr;
    QSplitter *m_across = nullptr;
    QSplitter *m_left = nullptr;
    QStackedWidget *m_right = nullptr;
    QPointer<QScrollArea> m_aside;
    std::string m_made; // to be selected as soon as a snapshot lists it
    bool m_readOnly;
    bool m_applying = false;
    bool m_moved = false; // the operator chose how wide the editor is
};

} // namespace rateguard
