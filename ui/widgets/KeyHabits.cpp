// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The RateGuard authors
#include "widgets/KeyHabits.h"

#include <QAbstractSpinBox>
#include <QApplication>
#include <QKeyEvent>
#include <QLineEdit>
#include <QPushButton>

namespace rateguard {
namespace {

bool isAltLetter(const QKeyEvent &key)
{
    return (key.modifiers() & ~Qt::ShiftModifier) == Qt::AltModifier && !key.text().isEmpty() && key.text().at(0).isPrint();
}

} // namespace

bool isEnter(const QKeyEvent &key)
{
    return key.key() == Qt::Key_Return || key.key() == Qt::Key_Enter;
}

KeyHabits::KeyHabits(QObject *parent) : QObject(parent)
{
    qApp->installEventFilter(this);
}

bool KeyHabits::eventFilter(QObject *watched, QEvent *event)
{
    if (event->type() != QEvent::KeyPress)
        return false;
    const auto &key = static_cast<const QKeyEvent &>(*event);
    if (isAltLetter(key))
        return qobject_cast<QLineEdit *>(watched) || qobject_cast<QAbstractSpinBox *>(watched);
    auto *button = isEnter(key) ? qobject_cast<QPushButton *>(watched) : nullptr;
    if (!button || !button->isEnabled())
        return false;
    if (!key.isAutoRepeat()) // whoever leans on Enter acts once
        button->click();
    return true;
}

} // namespace rateguard
