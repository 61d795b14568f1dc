// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The RateGuard authors
#pragma once

#include "engine/Snapshot.h"
#include "models/EditHistoryModel.h"
#include "models/Environment.h"

#include <QWidget>

class QLineEdit;
class QScrollArea;
class QStackedLayout;

namespace rateguard {

class EditDetail;
class LiveTable;
class TextLabel;

// Who changed what, when, why, and what it did. The selection is an edit, not a row: it stays while new ones come and while
// the filter hides it. Draws while it is shown only; outcomes of reverts are kept all the same.
class HistoryPage : public QWidget
{
    Q_OBJECT

public:
    explicit HistoryPage(QWidget *parent);

    void apply(const Snapshot &snapshot);
    void showEdit(const AuditEntry &edit); // chosen, with its revert at hand
    std::optional<std::string> policy() const; // of the chosen edit
    void setEnvironment(Environment environment);
    void setReadOnly(bool readOnly); // of the whole program

signals:
    void editRequested(const rateguard::LimitEdit &edit);
    void overrideRequested(const rateguard::OverrideEdit &edit);
    void keyChosen(const std::string &policy, const std::string &key);
    void policyChosen(const std::string &policy);
    void announced(const QString &what); // as plain text

protected:
    void resizeEvent(QResizeEvent *event) override;

private:
    QWidget *makeHint();
    QWidget *makeBody();
    QWidget *makeList();
    void setUpTable();
    void draw(const Snapshot &snapshot);
    void showNotes(const Snapshot &snapshot);
    void filter(const QString &text);
    void choose(const QModelIndex &current);
    void fitDetail();
    void keepChoice(); // after rows came, went or were hidden
    void count();

    EditHistoryModel m_model;
    std::optional<AuditEntry> m_chosen;
    std::string m_endpoint; // that it is of
    EditHistory::Effect m_effect; // of the chosen one
    bool m_choosing = false;
    bool m_isComplete = true;
    QLineEdit *m_filter;
    TextLabel *m_count;
    TextLabel *m_trouble;
    TextLabel *m_hint;
    TextLabel *m_hintText;
    TextLabel *m_noMatch;
    LiveTable *m_table;
    EditDetail *m_detail;
    QScrollArea *m_below; // the detail in it
    QStackedLayout *m_pages;
};

} // namespace rateguard
