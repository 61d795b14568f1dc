// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The RateGuard authors
#pragma once

#include "engine/Snapshot.h"
#include "models/Environment.h"
#include "models/UndoOffer.h"

#include <QPointer>
#include <QWidget>

namespace rateguard {

class BulkDialog;
class BulkForm;
class OverrideForm;
class OverridePanel;
class PolicyPanel;

// What is allowed: the policies with the editor, and what single keys have instead. Many can be changed at once, and everything
// let through for a time; each edit is against the version that was shown.
class LimitsPage : public QWidget
{
    Q_OBJECT

public:
    LimitsPage(bool readOnly, QWidget *parent);

    void apply(const Snapshot &snapshot);
    void leaveRedis(); // what was typed of an override is dropped, and what became of the last one
    void setEnvironment(Environment environment);
    void follow(const std::string &policy); // shows it, unless the operator is in the middle of something
    void edit(const std::string &policy); // shows it, ready to be edited
    void editShown(); // the fields that are there: of a policy, or of the override in the making
    bool undo(const std::string &policy); // puts the undo of its last edit into the editor; false: it cannot
    void endNow(); // asks, and ends what lets everything through

signals:
    void editRequested(const rateguard::LimitEdit &edit);
    void overrideRequested(const rateguard::OverrideEdit &edit);
    void undoOffered(const rateguard::UndoOffer &offer); // what undo() would do by now
    void keyChosen(const std::string &policy, const std::string &key);

private:
    void wire();
    void openForm(const std::string &policy, const std::optional<std::string> &key);
    void editMany(const std::vector<PolicyRow> &policies);
    void letEverythingThrough();
    void lift(const std::vector<KeyOverride> &overrides);
    void openBulk(const QString &title, BulkForm *form);

    bool m_readOnly;
    Environment m_environment = Environment::Unmarked;
    Snapshot m_latest; // without what happened: what the forms go by
    PolicyPanel *m_policies;
    OverridePanel *m_overrides;
    QPointer<OverrideForm> m_form;
    QPointer<BulkDialog> m_bulk;
};

} // namespace rateguard
