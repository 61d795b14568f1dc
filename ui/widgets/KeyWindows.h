// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The RateGuard authors
#pragma once

#include "models/KeyNow.h"
#include "widgets/Card.h"

class QVBoxLayout;

namespace rateguard {

class TextLabel;
class WindowStrip;

// The windows of one key as strips, and what a request would be told now.
class KeyWindows : public Card
{
    Q_OBJECT

public:
    explicit KeyWindows(QWidget *parent);

    void clear(); // another key: nothing is known of it
    void display(const KeyDetail &detail, const PolicyRow *policy, const KeyNow &now, Instant seen); // at `seen`; `policy` may be null

private:
    void showStrips(std::size_t count);

    TextLabel *m_note;
    TextLabel *m_next;
    QVBoxLayout *m_column;
    std::vector<WindowStrip *> m_strips;
};

} // namespace rateguard
