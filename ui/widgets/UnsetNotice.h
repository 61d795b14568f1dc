// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The RateGuard authors
#pragma once

#include "widgets/Card.h"

class QPushButton;

namespace rateguard {

class TextLabel;

// Asks once more before a limit is taken away, and says what that does. Escape keeps the limit.
class UnsetNotice : public Card
{
    Q_OBJECT

public:
    explicit UnsetNotice(QWidget *parent);

    void ask(const QString &policy); // as it is shown
    void allow(bool possible); // to do it

signals:
    void confirmed();

protected:
    void changeEvent(QEvent *event) override;
    void keyPressEvent(QKeyEvent *event) override;

private:
    void colour();

    TextLabel *m_text;
    QPushButton *m_keep;
    QPushButton *m_take;
};

} // namespace rateguard
