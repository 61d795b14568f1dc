// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The RateGuard authors
#pragma once

#include "models/Environment.h"

#include <QWidget>

namespace rateguard {

// A coloured frame around what it lies over, so that nobody takes production for a test. Lets every click and key through.
class EnvironmentFrame : public QWidget
{
    Q_OBJECT

public:
    explicit EnvironmentFrame(QWidget *over);

    void setEnvironment(Environment environment);

protected:
    bool eventFilter(QObject *watched, QEvent *event) override;
    void paintEvent(QPaintEvent *event) override;

private:
    void place();

    Environment m_environment = Environment::Unmarked;
};

} // namespace rateguard
