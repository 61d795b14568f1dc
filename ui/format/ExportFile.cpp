// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The RateGuard authors
#include "format/ExportFile.h"

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

QString remedyFor(const QFileInfo &place)
{
    const QFileInfo folder(place.absolutePath());
    if (!folder.isDir())
        return Words::tr("Choose a folder that exists.");
    if (place.exists() ? !place.isWritable() : !folder.isWritable())
        return Words::tr("Choose a place that you may write to, or have the rights changed.");
    return Words::tr("Free some space there, or choose another place.");
}

} // namespace

ExportFile::ExportFile(const QString &path) : m_path(path)
{
    const QFileInfo place(path);
    if (place.exists() && !place.isFile()) {
        std::error_code error;
        if (!std::filesystem::is_character_file(QFile::encodeName(path).toStdString(), error)) {
            fail(place.isDir() ? Words::tr("it is a folder") : Words::tr("it is not a file"), Words::tr("Choose another name."));
            return;
        }
        m_file = std::make_unique<QFile>(path); // QSaveFile would put a plain file in the place of the device
    } else {
        auto whole = std::make_unique<QSaveFile>(path);
        m_whole = whole.get();
        m_file = std::move(whole);
    }
    if (!m_file->open(QIODevice::WriteOnly))
        fail(m_file->errorString(), remedyFor(place));
}

void ExportFile::write(const QByteArray &bytes)
{
    if (!isBroken() && m_file->write(bytes) != bytes.size())
        fail(m_file->errorString(), remedyFor(QFileInfo(m_path)));
}

QString ExportFile::finish()
{
    if (!isBroken() && !(m_whole ? m_whole->commit() : m_file->flush()))
        fail(m_file->errorString(), remedyFor(QFileInfo(m_path)));
    return m_error;
}

void ExportFile::fail(const QString &reason, const QString &remedy)
{
    m_error = Words::tr("%1 was not written: %2. %3").arg(m_path, reason, remedy);
}

QString writeExport(const QString &path, const QByteArray &bytes)
{
    ExportFile file(path);
    file.write(bytes);
    return file.finish();
}

} // namespace rateguard
