// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The RateGuard authors
#pragma once

#include "engine/Snapshot.h"

#include <QMenu>

namespace rateguard {

class KeyColumns;

// What can be done with one row of the key table. Deletes itself when it closes.
class KeyMenu : public QMenu
{
    Q_OBJECT

public:
    KeyMenu(const KeyEntry &entry, bool isFollowed, KeyColumns *columns, QWidget *parent);

signals:
    void detailsChosen();
    void policyChosen(); // its limit is to be edited
    void onlyPolicyChosen(); // no others are to be shown
    void followed(bool follows);
};

} // namespace rateguard
