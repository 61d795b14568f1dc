// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The RateGuard authors
#include "widgets/EnvironmentFrame.h"

#include "widgets/EnvironmentBadge.h"

#include <QEvent>
#include <QPainter>
#include <QRegion>

namespace rateguard {
namespace {

constexpr int thick = 3;

} // namespace

EnvironmentFrame::EnvironmentFrame(QWidget *over) : QWidget(over)
{
    setAttribute(Qt::WA_TransparentForMouseEvents);
    setFocusPolicy(Qt::NoFocus);
    over->installEventFilter(this);
    place();
    hide();
}

void EnvironmentFrame::setEnvironment(Environment environment)
{
    m_environment = environment;
    setVisible(environment != Environment::Unmarked);
    raise();
    update();
}

bool EnvironmentFrame::eventFilter(QObject *watched, QEvent *event)
{
    if (event->type() == QEvent::Resize)
        place();
    else if (event->type() == QEvent::ChildAdded)
        raise();
    return QWidget::eventFilter(watched, event);
}

// The mask keeps it from being painted again with everything under it.
void EnvironmentFrame::place()
{
    setGeometry(parentWidget()->rect());
    setMask(QRegion(rect()).subtracted(QRegion(rect().adjusted(thick, thick, -thick, -thick))));
}

void EnvironmentFrame::paintEvent(QPaintEvent *)
{
    QPainter(this).fillRect(rect(), environmentColour(m_environment, palette()));
}

} // namespace rateguard
