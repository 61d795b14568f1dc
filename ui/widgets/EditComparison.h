// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The RateGuard authors
#pragma once

#include "models/EditWords.h"

#include <QWidget>

#include <array>

namespace rateguard {

class TextLabel;

// What stood before an edit and what stood after it, field by field. What changed is marked and bold.
class EditComparison : public QWidget
{
    Q_OBJECT

public:
    explicit EditComparison(QWidget *parent);

    void display(const AuditEntry &edit);

private:
    struct Line
    {
        TextLabel *name;
        TextLabel *before;
        TextLabel *after;
    };
    static constexpr std::size_t most = 5; // fields of an edit

    std::array<Line, most> m_lines;
};

} // namespace rateguard
