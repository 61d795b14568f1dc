// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The RateGuard authors
#pragma once

#include "widgets/Card.h"
#include "models/Environment.h"

namespace rateguard {

class TextLabel;

QColor environmentColour(Environment environment, const QPalette &palette);

// Says what the watched Redis is for, in a word and a colour. Hidden when it is not marked.
class EnvironmentBadge : public Card
{
    Q_OBJECT

public:
    explicit EnvironmentBadge(QWidget *parent);

    void setEnvironment(Environment environment);

protected:
    void changeEvent(QEvent *event) override;

private:
    void colour();

    TextLabel *m_text;
    Environment m_environment = Environment::Unmarked;
};

} // namespace rateguard
