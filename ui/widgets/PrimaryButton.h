// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The RateGuard authors
#pragma once

#include <QPushButton>

namespace rateguard {

// The one button of its surroundings that does what they are for. Stands out while it can be pressed.
class PrimaryButton : public QPushButton
{
    Q_OBJECT

public:
    PrimaryButton(const QString &text, QWidget *parent);

protected:
    void changeEvent(QEvent *event) override;

private:
    void colour();

    bool m_colouring = false;
};

} // namespace rateguard
