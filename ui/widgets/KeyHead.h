// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The RateGuard authors
#pragma once

#include "models/KeyNow.h"
#include "widgets/Card.h"

class QPushButton;
class QTimer;

namespace rateguard {

class StateMark;
class TextLabel;

// Which key it is, how it fares, and under which limit.
class KeyHead : public Card
{
    Q_OBJECT

public:
    explicit KeyHead(QWidget *parent);

    void setKey(const std::string &policy, const std::string &key); // nothing else is known of it yet
    void displayLimit(const PolicyRow *policy, Instant now); // null: there is none
    void display(const KeyDetail &detail, const KeyNow &now);
    void copyKey(); // its bytes, all of them

private:
    void displayState(const KeyDetail &detail, const KeyNow &now);
    void displayFigures(const KeyDetail &detail, Instant now);

    std::string m_key;
    StateMark *m_mark;
    TextLabel *m_name;
    TextLabel *m_state;
    TextLabel *m_figures;
    TextLabel *m_limit;
    TextLabel *m_override;
    QPushButton *m_copy;
    QTimer *m_copied; // says for a moment that it was
};

} // namespace rateguard
