// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The RateGuard authors
#include "charts/ChartPicture.h"

#include <QBuffer>
#include <QImage>
#include <QPainter>
#include <QWidget>

namespace rateguard {

QByteArray chartsAsPng(QWidget &charts)
{
    constexpr int scale = 2;
    QImage image(charts.size() * scale, QImage::Format_RGB32);
    image.setDevicePixelRatio(scale);
    QPainter painter(&image);
    charts.render(&painter);
    painter.end();
    QByteArray bytes;
    QBuffer buffer(&bytes);
    return buffer.open(QIODevice::WriteOnly) && image.save(&buffer, "PNG") ? bytes : QByteArray();
}

} // namespace rateguard
