// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The RateGuard authors
#pragma once

#include "engine/Snapshot.h"
#include "widgets/Page.h"

#include <QWidget>

namespace rateguard {

// What is going on, on one screen: all traffic, who is rejected, who is near, how Redis is, what changed last.
class OverviewPage : public QWidget
{
    Q_OBJECT

public:
    explicit OverviewPage(QWidget *parent);

    void apply(const Snapshot &snapshot);

signals:
    void keyChosen(const std::string &policy, const std::string &key);
    void policyChosen(const std::string &policy);
    void pageChosen(rateguard::Page page);
};

} // namespace rateguard
