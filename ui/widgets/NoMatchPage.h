// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The RateGuard authors
#pragma once

#include <QWidget>

namespace rateguard {

// In place of the key table while no key fits the filter: how filters are written, and the way back.
class NoMatchPage : public QWidget
{
    Q_OBJECT

public:
    explicit NoMatchPage(QWidget *parent);

signals:
    void cleared(); // the filter is to be
};

} // namespace rateguard
