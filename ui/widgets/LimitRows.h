// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The RateGuard authors
#pragma once

#include "engine/Limit.h"

#include <QObject>

#include <array>

class QGridLayout;
class QSpinBox;
class QToolButton;
class QWidget;

namespace rateguard {

class TextLabel;
class WindowEdit;

// The windows of a limit, a row each: count, window and unit, and a button that removes it. A single one looks as if there
// could be no other. Says `edited` when the operator changed something.
class LimitRows : public QObject
{
    Q_OBJECT

public:
    // Fills five columns of Limits::most rows of the grid, from `row` on.
    LimitRows(QGridLayout *grid, int row, QWidget *parent);

    void display(const Limits &limit);
    void readInto(Limits &limit) const; // all but the algorithm
    void add(); // a window; the focus goes there
    void focusFirst(); // the first count, ready to be typed over
    bool isFull() const { return m_used == Limits::most; }

signals:
    void edited();

private:
    struct Row
    {
        TextLabel *caption;
        QSpinBox *count;
        TextLabel *per;
        WindowEdit *window;
        QToolButton *remove;
    };
    Row makeRow(std::size_t index, QWidget *parent);
    void place(const Row &row, QGridLayout *grid, int line);
    void remove(std::size_t index);

    std::array<Row, Limits::most> m_rows {};
    std::size_t m_used = 0;
    Algorithm m_algorithm = Algorithm::Log;
};

} // namespace rateguard
