// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The RateGuard authors
#pragma once

#include "models/WindowFill.h"

#include <QWidget>

namespace rateguard {

// One window of a key as a strip of time: a line for each admitted request from the window's beginning to now, and right of
// now the instant at which the next one is admitted. A window that is counted in pieces (a bucket) is a bar.
// Costs O(stamps) to show and O(width) to paint.
class WindowStrip : public QWidget
{
    Q_OBJECT

public:
    explicit WindowStrip(QWidget *parent);

    void display(const WindowFill &fill, Instant now);
    const WindowFill &shown() const { return m_fill; }
    QString textAt(int x) const; // what is under the pointer, in words; empty where nothing is

    QSize sizeHint() const override;
    QSize minimumSizeHint() const override;

protected:
    bool event(QEvent *event) override;
    void paintEvent(QPaintEvent *event) override;

private:
    QRect track() const; // of the time from the window's beginning to now
    double xOf(Instant at) const;
    void describe();
    void paintTicks(QPainter &painter) const;
    void paintBar(QPainter &painter) const;
    void paintNext(QPainter &painter) const;
    void paintWords(QPainter &painter) const;
    QColor fillColour() const;

    WindowFill m_fill;
    Instant m_now;
};

} // namespace rateguard
