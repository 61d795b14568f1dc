// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The RateGuard authors
#include "models/ExportFile.h"

#include <QCoreApplication>
#include <QFileInfo>
#include <QSaveFile>

#include <filesystem>

namespace rateguard {
namespace {

struct Words
{
    Q_DECLARE_TR_FUNCTIONS(rateguard::ExportFile)
};

QString failed(const QString &path, const QString &reason, const QString &remedy)
{
    return Words::tr("%1 was not written: %2. %3").arg(path, reason, remedy);
}

QString remedyFor(const QFileInfo &place)
{
    const QFileInfo folder(place.absolutePath());
    if (!folder.isDir())
        return Words::tr("Choose a folder that exists.");
    if (place.exists() ? !place.isWritable() : !folder.isWritable())
        return Words::tr("Choose a place that you may write to, or have the rights changed.");
    return Words::tr("Free some space there, or choose another place.");
}

// QSaveFile would put a plain file in the place of the device.
QString writeDevice(const QString &path, const QByteArray &bytes)
{
    QFile device(path);
    if (device.open(QIODevice::WriteOnly) && device.write(bytes) == bytes.size() && device.flush())
        return {};
    return failed(path, device.errorString(), remedyFor(QFileInfo(path)));
}

} // namespace

QString writeExport(const QString &path, const QByteArray &bytes)
{
    const QFileInfo place(path);
    if (place.exists() && !place.isFile()) {
        std::error_code error;
        if (std::filesystem::is_character_file(QFile::encodeName(path).toStdString(), error))
            return writeDevice(path, bytes);
        return failed(path, place.isDir() ? Words::tr("it is a folder") : Words::tr("it is not a file"), Words::tr("Choose another name."));
    }
    QSaveFile file(path);
    if (file.open(QIODevice::WriteOnly) && file.write(bytes) == bytes.size() && file.commit())
        return {};
    return failed(path, file.errorString(), remedyFor(place));
}

} // namespace rateguard
