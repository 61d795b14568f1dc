// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The RateGuard authors
#include "widgets/AltLetters.h"

#include <QAbstractSpinBox>
#include <QApplication>
#include <QKeyEvent>
#include <QLineEdit>

namespace rateguard {

AltLetters::AltLetters(QObject *parent) : QObject(parent)
{
    qApp->installEventFilter(this);
}

bool AltLetters::eventFilter(QObject *watched, QEvent *event)
{
    if (event->type() != QEvent::KeyPress)
        return false;
    const auto *key = static_cast<const QKeyEvent *>(event);
    const bool isAltLetter = (key->modifiers() & ~Qt::ShiftModifier) == Qt::AltModifier && !key->text().isEmpty() && key->text().at(0).isPrint();
    return isAltLetter && (qobject_cast<QLineEdit *>(watched) || qobject_cast<QAbstractSpinBox *>(watched));
}

} // namespace rateguard
