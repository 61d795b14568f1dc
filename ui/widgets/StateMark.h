// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The RateGuard authors
#pragma once

#include "engine/Snapshot.h"

#include <QWidget>

namespace rateguard {

// The sign of a key's state, by itself. The words stand beside it.
class StateMark : public QWidget
{
    Q_OBJECT

public:
    explicit StateMark(QWidget *parent);

    void setState(std::optional<KeyState> state); // nothing: not known

protected:
    void paintEvent(QPaintEvent *event) override;

private:
    std::optional<KeyState> m_state;
};

} // namespace rateguard
