// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The RateGuard authors
#pragma once

#include "models/OverrideTableModel.h"
#include "widgets/Card.h"

class QLineEdit;
class QPushButton;
class QStackedLayout;

namespace rateguard {

class LiveTable;
class OutcomeLine;
class TextLabel;

// What single keys have instead of their policy's limit. Changes nothing itself: it says what is wanted, and shows what became
// of an edit that was sent from here.
class OverridePanel : public Card
{
    Q_OBJECT

public:
    OverridePanel(bool readOnly, QWidget *parent);

    void apply(const Snapshot &snapshot);
    void forgetOutcome(); // of another Redis
    void sent(const OverrideEdit &edit); // waits for what becomes of it

signals:
    void newRequested();
    void changeRequested(const std::string &policy, const std::string &key);
    void liftRequested(const std::vector<rateguard::KeyOverride> &overrides);
    void keyChosen(const std::string &policy, const std::string &key);

protected:
    void resizeEvent(QResizeEvent *event) override;

private:
    void setUpTable();
    QWidget *makeEmpty();
    std::vector<KeyOverride> selected() const;
    void display(); // all but the rows
    void followTold(const OverrideList &list);
    void lift();
    void change();
    void showDetails();

    bool m_readOnly;
    LinkStatus m_link;
    std::uint64_t m_awaited = 0; // the id of the latest edit
    std::optional<OverrideOutcome> m_told; // that it was made, until that holds no more
    bool m_isListed = false; // what it made
    OverrideTableModel m_model;
    bool m_known = false; // the list has come
    QString m_trouble; // with the list
    QLineEdit *m_filter;
    LiveTable *m_table;
    QStackedLayout *m_pages = nullptr;
    TextLabel *m_count;
    TextLabel *m_empty;
    TextLabel *m_note;
    QPushButton *m_new;
    QPushButton *m_details;
    QPushButton *m_change;
    QPushButton *m_lift;
    OutcomeLine *m_outcome;
};

} // namespace rateguard
