// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The RateGuard authors
#pragma once

#include "engine/Snapshot.h"
#include "widgets/Environment.h"
#include "widgets/Page.h"

#include <QWidget>

namespace rateguard {

// All about one key: its traffic, its window, why it was rejected last, and what can be done about it.
class DetailsPage : public QWidget
{
    Q_OBJECT

public:
    explicit DetailsPage(QWidget *parent);

    void apply(const Snapshot &snapshot);
    void setEnvironment(Environment environment);
    void select(const std::string &policy, const std::string &key);
    void selectNothing();
    void setReadOnly(bool readOnly); // of the whole program

signals:
    void overrideRequested(const rateguard::OverrideEdit &edit);
    void policyChosen(const std::string &policy); // its limit is to be edited
    void pageChosen(rateguard::Page page);
};

} // namespace rateguard
