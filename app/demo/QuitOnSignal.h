// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The RateGuard authors
#pragma once

#include <QObject>

namespace rateguard {

// SIGINT and SIGTERM as a signal of Qt, so that the program ends in its own way and whoever holds a server or a file
// cleans up. Make one in main, before any thread; the signals are blocked for all threads and read from a descriptor.
class QuitOnSignal : public QObject
{
    Q_OBJECT

public:
    QuitOnSignal();
    ~QuitOnSignal() override;

signals:
    void caught() const;

private:
    int m_descriptor = -1;
};

} // namespace rateguard
