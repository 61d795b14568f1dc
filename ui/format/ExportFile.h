// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The RateGuard authors
#pragma once

#include <QByteArray>
#include <QSaveFile>
#include <QString>

#include <memory>

namespace rateguard {

// A file that is written piece by piece, and whole or not at all: on failure what was there before is still there. Devices
// are written to, never replaced; pipes are refused, since they may block.
class ExportFile
{
public:
    explicit ExportFile(const QString &path);

    void write(const QByteArray &bytes); // failures are told at the end
    // Empty when it is written, else what happened and what to do, as plain text.
    QString finish();
    const QString &error() const { return m_error; } // so far
    const QString &path() const { return m_path; }

private:
    void fail(const QString &reason, const QString &remedy);
    bool isBroken() const { return !m_error.isEmpty(); }

    QString m_path;
    std::unique_ptr<QFileDevice> m_file;
    QSaveFile *m_whole = nullptr; // m_file, unless it is a device
    QString m_error;
};

QString writeExport(const QString &path, const QByteArray &bytes); // at once

} // namespace rateguard
