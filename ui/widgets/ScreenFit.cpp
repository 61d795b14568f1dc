// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The RateGuard authors
#include "widgets/ScreenFit.h"

#include <QEvent>
#include <QScreen>
#include <QWidget>
#include <QWindow>

#include <algorithm>

namespace rateguard {
namespace {

constexpr QMargins usualFrame {4, 30, 4, 4}; // pixels; fit() goes by the real one

} // namespace

ScreenFit::ScreenFit(QWidget *window) : QObject(window), m_window(window)
{
    window->installEventFilter(this);
}

void ScreenFit::centre(QWidget &window, const QSize &wanted)
{
    const QRect available = window.screen()->availableGeometry();
    QRect frame(QPoint(), wanted.grownBy(usualFrame).boundedTo(available.size()));
    frame.moveCenter(available.center());
    window.setGeometry(frame.marginsRemoved(usualFrame));
}

QRect ScreenFit::inside(const QRect &available, QRect frame)
{
    frame.setSize(frame.size().boundedTo(available.size()));
    frame.moveLeft(std::clamp(frame.left(), available.left(), available.right() + 1 - frame.width()));
    frame.moveTop(std::clamp(frame.top(), available.top(), available.bottom() + 1 - frame.height()));
    return frame;
}

bool ScreenFit::eventFilter(QObject *watched, QEvent *event)
{
    if (event->type() == QEvent::Show && watched == m_window)
        m_window->windowHandle()->installEventFilter(this);
    if (event->type() == QEvent::Expose || event->type() == QEvent::WindowActivate)
        fit();
    if (event->type() == QEvent::WindowActivate) {
        m_window->removeEventFilter(this); // from now on the place is the operator's choice
        m_window->windowHandle()->removeEventFilter(this);
        deleteLater();
    }
    return false;
}

void ScreenFit::fit()
{
    if (m_window->isMaximized() || m_window->isFullScreen())
        return;
    const QRect frame = m_window->frameGeometry();
    const QRect fitting = inside(m_window->screen()->availableGeometry(), frame);
    if (fitting != frame)
        m_window->setGeometry(fitting.marginsRemoved(m_window->windowHandle()->frameMargins()));
}

} // namespace rateguard
