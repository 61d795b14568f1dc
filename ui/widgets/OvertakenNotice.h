// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The RateGuard authors
#pragma once

#include "models/LimitDraft.h"
#include "widgets/Card.h"

namespace rateguard {

class TextLabel;

// Says that somebody else changed the policy under a draft, and asks which one to keep.
class OvertakenNotice : public Card
{
    Q_OBJECT

public:
    explicit OvertakenNotice(QWidget *parent);

    void display(const LimitDraft &draft);

signals:
    void takeTheirs();
    void keepMine();

protected:
    void changeEvent(QEvent *event) override;

private:
    void colour();

    TextLabel *m_text;
};

} // namespace rateguard
