// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The RateGuard authors
#pragma once

#include "models/WindowFill.h"

#include <QWidget>

namespace rateguard {

// One window of a key as a strip of time: a line for each admitted request from the window's beginning to now, and right of
// now, on the same scale, the instant at which the next one is admitted: a diamond within the quarter of the window that there is room for,
// beyond it an arrow that says so. What stands as it was read a moment ago says so in place of "now". A window that is counted in pieces (a bucket) is a bar.
// Costs O(stamps) to show and O(width) to paint.
class WindowStrip : public QWidget
{
    Q_OBJECT

public:
    explicit WindowStrip(QWidget *parent);

    // As of `now`; `age`: so long ago it was read, when it is not of now.
    void display(const WindowFill &fill, Instant now, std::optional<std::chrono::microseconds> age = std::nullopt);
    const WindowFill &shown() const { return m_fill; }
    std::optional<double> nextX() const; // of the diamond or the arrow; nothing: there is none
    bool nextIsBeyond() const; // an arrow
    QString textAt(int x) const; // what is under the pointer, in words; empty where nothing is

    QSize sizeHint() const override;
    QSize minimumSizeHint() const override;

protected:
    bool event(QEvent *event) override;
    void paintEvent(QPaintEvent *event) override;

private:
    QRect track() const; // of the time from the window's beginning to now
    double xOf(Instant at) const;
    double end() const; // x of the last instant that there is room for
    void describe();
    void paintTicks(QPainter &painter) const;
    void paintBar(QPainter &painter) const;
    void paintNext(QPainter &painter) const;
    void paintWords(QPainter &painter) const;
    QString nowText() const;
    QString futureText(int room) const; // below what is right of now
    QColor fillColour() const;

    WindowFill m_fill;
    Instant m_now;
    std::optional<std::chrono::microseconds> m_age;
};

} // namespace rateguard
