// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The RateGuard authors
#pragma once

#include <QLabel>

namespace rateguard {

enum class Ink { Normal, Muted, Ok, Warning, Danger, Allowed, Rejected };

// A label for anything, drawn as plain text, in one of the theme's inks. A line that is too long ends in "…". Follows theme changes.
class TextLabel : public QLabel
{
    Q_OBJECT

public:
    explicit TextLabel(const QString &text = {}, Ink ink = Ink::Normal, QWidget *parent = nullptr);

    void setInk(Ink ink);
    void setScale(double scale, bool bold = false); // of the application's font

protected:
    void changeEvent(QEvent *event) override;
    void paintEvent(QPaintEvent *event) override;

private:
    void colour();

    Ink m_ink;
    bool m_colouring = false;
};

} // namespace rateguard
