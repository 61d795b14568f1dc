// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The RateGuard authors
#pragma once

#include "engine/Snapshot.h"
#include "widgets/Environment.h"
#include "widgets/Page.h"

#include <QWidget>

namespace rateguard {

// Who changed what, when, why, and what it did.
class HistoryPage : public QWidget
{
    Q_OBJECT

public:
    explicit HistoryPage(QWidget *parent);

    void apply(const Snapshot &snapshot);
    void setEnvironment(Environment environment);
    void setReadOnly(bool readOnly); // of the whole program

signals:
    void editRequested(const rateguard::LimitEdit &edit);
    void overrideRequested(const rateguard::OverrideEdit &edit);
    void keyChosen(const std::string &policy, const std::string &key);
    void policyChosen(const std::string &policy);
};

} // namespace rateguard
