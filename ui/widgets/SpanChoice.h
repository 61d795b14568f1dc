// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The RateGuard authors
#pragma once

#include "engine/Time.h"

#include <QWidget>

#include <optional>
#include <vector>

class QComboBox;

namespace rateguard {

class WindowEdit;

// For how long something is to hold: one of a few usual times, one that is typed, or, where that is offered, without an end.
// Who chooses to type one has the focus in its field.
class SpanChoice : public QWidget
{
    Q_OBJECT

public:
    // `open`: what no end is called; empty: an end must be given. `name`: for screen readers and, without spaces, for tests.
    SpanChoice(const std::vector<Duration> &usual, const QString &open, const QString &name, QWidget *parent);

    std::optional<Duration> span() const; // nothing: no end
    void setSpan(std::optional<Duration> span);

signals:
    void edited();

private:
    void showTyped();

    QComboBox *m_choice;
    WindowEdit *m_typed;
};

} // namespace rateguard
