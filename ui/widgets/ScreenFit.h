// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The RateGuard authors
#pragma once

#include <QObject>
#include <QRect>

class QWidget;

namespace rateguard {

// Keeps all of a window, with its frame, on what panels leave of the screen when it is first shown: how large the frame is, is
// known no sooner. It is moved and made smaller no more than it must be; one that is maximised stays so. GUI thread.
class ScreenFit : public QObject
{
    Q_OBJECT

public:
    explicit ScreenFit(QWidget *window); // its parent; not shown yet

    // Before it is shown: of that size, or of what the screen has room for, and in its middle.
    static void centre(QWidget &window, const QSize &wanted);
    static QRect inside(const QRect &available, QRect frame);

protected:
    bool eventFilter(QObject *watched, QEvent *event) override;

private:
    void fit();

    QWidget *m_window;
};

} // namespace rateguard
