// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The RateGuard authors
#pragma once

#include "widgets/Confirmation.h"

#include <QDialog>

class QLineEdit;
class QPushButton;

namespace rateguard {

// The question of confirm(). Cancel has the focus, and Enter presses only the button that has it. With a name to be typed, the
// step can be taken once it stands there, letter for letter.
class ConfirmationDialog : public QDialog
{
    Q_OBJECT

public:
    ConfirmationDialog(const Step &step, Environment environment, QWidget *parent);

protected:
    void showEvent(QShowEvent *event) override;
    void keyPressEvent(QKeyEvent *event) override;

private:
    QWidget *makeHead(const Step &step, Environment environment);

    QLineEdit *m_typed;
    QPushButton *m_cancel;
    QPushButton *m_go;
};

} // namespace rateguard
