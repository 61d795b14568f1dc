// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The RateGuard authors
#pragma once

#include <QWidget>

#include <chrono>

class QPushButton;

namespace rateguard {

class Card;
class TextLabel;

// The button that pauses drawing and, while paused, a pill that cannot be missed: how far behind the picture is by now.
class PauseControl : public QWidget
{
    Q_OBJECT

public:
    explicit PauseControl(QWidget *parent);

    void setPaused(bool paused);
    void setBehind(std::chrono::milliseconds behind);

signals:
    void toggled(); // the operator wants the other state

protected:
    void changeEvent(QEvent *event) override;

private:
    void colour();

    Card *m_pill;
    TextLabel *m_symbol;
    TextLabel *m_text;
    QPushButton *m_button;
};

} // namespace rateguard
