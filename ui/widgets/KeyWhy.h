// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The RateGuard authors
#pragma once

#include "engine/Snapshot.h"
#include "widgets/Card.h"

namespace rateguard {

class TextLabel;

// Why the key was rejected last, as one paragraph.
class KeyWhy : public Card
{
    Q_OBJECT

public:
    explicit KeyWhy(QWidget *parent);

    void clear(); // another key: nothing is known of it
    void display(const KeyDetail &detail, const PolicyRow *policy, const EditHistory *history, Instant now); // may be null

protected:
    void changeEvent(QEvent *event) override;

private:
    void colour();

    bool m_rejected = false;
    TextLabel *m_text;
};

} // namespace rateguard
