// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The RateGuard authors
#pragma once

#include "engine/Snapshot.h"
#include "widgets/Environment.h"

#include <QWidget>

namespace rateguard {

class PolicyPanel;

// What is allowed: the policies with the editor, and what single keys have instead.
class LimitsPage : public QWidget
{
    Q_OBJECT

public:
    LimitsPage(bool readOnly, QWidget *parent);

    void apply(const Snapshot &snapshot);
    void setEnvironment(Environment environment);
    void follow(const std::string &policy); // shows it, unless the operator is in the middle of something
    void edit(const std::string &policy); // shows it, ready to be edited

signals:
    void editRequested(const rateguard::LimitEdit &edit);
    void overrideRequested(const rateguard::OverrideEdit &edit);
    void keyChosen(const std::string &policy, const std::string &key);

private:
    PolicyPanel *m_policies;
};

} // namespace rateguard
