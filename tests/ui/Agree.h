// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The RateGuard authors
#pragma once

#include "models/StepSize.h"

#include <QDialog>
#include <QLineEdit>
#include <QPushButton>

namespace rateguard {

// The question that is open, if any.
inline QDialog *question(const QWidget &page)
{
    const auto dialogs = page.findChildren<QDialog *>(QStringLiteral("confirmation"));
    for (QDialog *dialog : dialogs) {
        if (dialog->isVisible())
            return dialog;
    }
    return nullptr;
}

inline Asking asked(const QWidget &page)
{
    const QDialog *dialog = question(page);
    return !dialog ? Asking::Nothing : dialog->findChild<QLineEdit *>()->isVisible() ? Asking::Name : Asking::Question;
}

// Says yes to whatever is asked, as an operator in a hurry would.
inline void agree(const QWidget &page)
{
    if (QDialog *dialog = question(page))
        dialog->findChild<QPushButton *>(QStringLiteral("confirmGo"))->click();
}

} // namespace rateguard
