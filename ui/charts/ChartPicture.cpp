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
namespace {

constexpr int margin = 12; // around the picture, of the screen's pixels

} // namespace

QByteArray chartsAsPng(QWidget &charts)
{
    const double scale = std::max(2.0, charts.devicePixelRatioF());
    const QSize size = charts.size() + QSize(2 * margin, 2 * margin);
    QImage image((QSizeF(size) * scale).toSize(), QImage::Format_RGB32);
    image.setDevicePixelRatio(scale);
    QList<RateChart *> all = charts.findChildren<RateChart *>();
    auto *one = qobject_cast<RateChart *>(&charts);
    if (one)
        all << one;
    image.fill(charts.palette().color(one ? QPalette::Base : QPalette::Window)); // what it lies on: a card, or the page with its cards
    for (RateChart *chart : all)
        chart->beginPicture(scale);
    QPainter painter(&image);
    charts.render(&painter, QPoint(margin, margin), {}, QWidget::DrawChildren);
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
