// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The RateGuard authors
#pragma once

#include "engine/ConnectionStep.h"
#include "widgets/Card.h"

#include <array>

class QPushButton;

namespace rateguard {

class TextLabel;

// The test of a connection as it goes: a line per step, with a sign, what was found and how long it took.
class CheckList : public Card
{
    Q_OBJECT

public:
    explicit CheckList(QWidget *parent);

    void begin(const QString &what); // plain text: which connection
    void show(const ConnectionStep &step);
    void end(bool passed);

signals:
    void closed(); // a test that still runs is not wanted any more

private:
    struct Line
    {
        TextLabel *sign;
        TextLabel *title;
        TextLabel *detail;
        TextLabel *took;
    };

    TextLabel *m_title;
    QPushButton *m_close;
    std::array<Line, ConnectionStep::count> m_lines;
    bool m_limited = false;
};

} // namespace rateguard
