// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The RateGuard authors
#pragma once

#include <QByteArray>
#include <QString>

namespace rateguard {

// Writes a file whole or not at all: on failure what was there before is still there. Empty when it is written, else what
// happened and what to do, as plain text. Devices are written to, never replaced; pipes are refused, since they may block.
QString writeExport(const QString &path, const QByteArray &bytes);

} // namespace rateguard
