// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The RateGuard authors
#pragma once

#include "engine/AlertBook.h"
#include "widgets/Page.h"

#include <QWidget>

class QPushButton;

namespace rateguard {

class AlertEditor;
class AlertRuleModel;
class AlertWatch;
class Card;
class LiveTable;
class PastAlertModel;
class SnoozeMenu;
class TextLabel;

// What asks for attention by itself: the rules, what they found, and for how long they are to be silent. The rules are kept in
// the settings. Works while hidden and while the window is paused: give it every snapshot as it came.
class AlertsPage : public QWidget
{
    Q_OBJECT

public:
    explicit AlertsPage(QWidget *parent);

    void setPlace(const QString &name); // of the Redis that is watched; empty: it has none
    void apply(const Snapshot &snapshot);

signals:
    void firingChanged(int rules); // how many are firing now
    void raised(const QString &title, const QString &text); // for people who look elsewhere; plain text
    void refused(const QString &why); // nothing happens, as plain text
    void keyChosen(const std::string &policy, const std::string &key);
    void pageChosen(rateguard::Page page);

protected:
    void showEvent(QShowEvent *event) override;
    void resizeEvent(QResizeEvent *event) override;

private:
    Card *makeRules();
    Card *makePast();
    QPushButton *makeButton(const QString &text, const char *name);
    void wireSnooze();
    void wire();
    void draw();
    void drawIfSeen();
    void openEditor(const AlertRule &rule);
    void fitColumns(); // those that can be spared go when there is no room
    void offer(); // the buttons that make sense
    void edit();
    void remove();
    void keep(const AlertRule &rule); // of the editor
    void lead(AlertKind kind, const std::string &policy, const std::string &key);
    const AlertBook::Status *current() const;

    AlertWatch *m_watch;
    Instant m_drawn;
    AlertRuleModel *m_rules;
    PastAlertModel *m_past;
    LiveTable *m_table;
    LiveTable *m_pastTable;
    TextLabel *m_damaged;
    TextLabel *m_count;
    TextLabel *m_pastCount;
    AlertEditor *m_editor;
    QPushButton *m_add;
    QPushButton *m_edit;
    QPushButton *m_delete;
    QPushButton *m_snooze;
    SnoozeMenu *m_snoozeMenu;
    QPushButton *m_clear;
};

} // namespace rateguard
