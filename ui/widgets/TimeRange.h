// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The RateGuard authors
#pragma once

#include <QComboBox>

#include <chrono>

namespace rateguard {

// How much time all charts cover: 30 s to 6 h. The keys [ and ] take the next shorter and longer one, wherever the focus is.
class TimeRange : public QComboBox
{
    Q_OBJECT

public:
    explicit TimeRange(QWidget *parent);

    std::chrono::seconds span() const;
    void setSpan(std::chrono::seconds span); // to the longest that is not longer

signals:
    void chosen(std::chrono::seconds span);

private:
    void step(int by);
};

} // namespace rateguard
