// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The RateGuard authors
#pragma once

#include "models/PolicyTableModel.h"
#include "widgets/Card.h"

class QPushButton;

namespace rateguard {

class LimitEditor;
class LiveTable;

// The policies and the editor for the selected one.
class PolicyPanel : public Card
{
    Q_OBJECT

public:
    PolicyPanel(bool readOnly, QWidget *parent);

    void apply(const Snapshot &snapshot);
    // Shows the policy of a key that was chosen, unless the operator is in the middle of an edit.
    void follow(const std::string &policy);

signals:
    void editRequested(const rateguard::LimitEdit &edit);

private:
    void setUpTable();
    void choose(const QModelIndex &current);
    void chooseFirst(); // the most useful thing to see when nothing was chosen yet
    void chooseNone();
    void showChosen(); // the row of what the editor shows, which may have gone or come back
    void startNew();

    PolicyTableModel m_model;
    LiveTable *m_table;
    QPushButton *m_new;
    LimitEditor *m_editor;
    std::string m_made; // to be selected as soon as a snapshot lists it
    bool m_readOnly;
    bool m_applying = false;
};

} // namespace rateguard
