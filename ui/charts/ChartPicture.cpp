// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The RateGuard authors
#include "charts/ChartPicture.h"

#include "charts/ChartSvg.h"
#include "charts/RateChart.h"

#include <QBuffer>
#include <QImage>
#include <QPainter>
#include <QWidget>

#include <algorithm>

namespace rateguard {

QByteArray chartsAsPng(QWidget &charts)
{
    const double scale = std::max(2.0, charts.devicePixelRatioF());
    QImage image((QSizeF(charts.size()) * scale).toSize(), QImage::Format_RGB32);
    image.setDevicePixelRatio(scale);
    QList<RateChart *> all = charts.findChildren<RateChart *>();
    if (auto *one = qobject_cast<RateChart *>(&charts))
        all << one;
    for (RateChart *chart : all)
        chart->beginPicture(scale);
    QPainter painter(&image);
    charts.render(&painter);
    painter.end();
    for (RateChart *chart : all)
        chart->endPicture();
    QByteArray bytes;
    QBuffer buffer(&bytes);
    return buffer.open(QIODevice::WriteOnly) && image.save(&buffer, "PNG") ? bytes : QByteArray();
}

QByteArray chartsAsSvg(QWidget &charts)
{
    std::vector<std::pair<QPoint, ChartSheet>> sheets;
    const QList<RateChart *> all = charts.findChildren<RateChart *>();
    for (const RateChart *chart : all) {
        if (chart->isVisibleTo(&charts))
            sheets.emplace_back(chart->mapTo(&charts, QPoint(0, 0)), chart->sheet());
    }
    return sheets.empty() ? QByteArray() : chartsAsSvg(sheets, charts.size());
}

} // namespace rateguard
