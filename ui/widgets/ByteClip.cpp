// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The RateGuard authors
#include "widgets/ByteClip.h"

#include "format/Text.h"

#include <QClipboard>
#include <QGuiApplication>
#include <QMimeData>

namespace rateguard {

void copyBytes(const std::string &bytes)
{
    const QString text = QString::fromStdString(bytes);
    auto *clip = new QMimeData;
    clip->setText(text.toStdString() == bytes ? text : displayText(bytes, 4000));
    clip->setData(QStringLiteral("application/octet-stream"), QByteArray(bytes.data(), static_cast<qsizetype>(bytes.size())));
    QGuiApplication::clipboard()->setMimeData(clip);
}

} // namespace rateguard
