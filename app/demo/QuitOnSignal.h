// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The RateGuard authors
#pragma once

#include <QObject>

namespace rateguard {

// SIGINT and SIGTERM end the event loop, so that whoever holds a server or a file cleans up. Make one in main,
// before any thread; the signals are blocked for all threads and read from a descriptor.
class QuitOnSignal : public QObject
{
public:
    QuitOnSignal();
    ~QuitOnSignal() override;

private:
    int m_descriptor = -1;
};

} // namespace rateguard
