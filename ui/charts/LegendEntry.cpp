// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The RateGuard authors
#include "charts/LegendEntry.h"

#include <QHBoxLayout>
#include <QLabel>
#include <QPainter>

namespace rateguard {
namespace {

constexpr int swatchSize = 11;

} // namespace

LegendEntry::LegendEntry(const QString &name, QWidget *parent)
    : QWidget(parent), m_name(new QLabel(name, this)), m_value(new QLabel(this))
{
    auto *row = new QHBoxLayout(this);
    row->setContentsMargins(swatchSize + 4, 0, 0, 0);
    row->setSpacing(4);
    row->addWidget(m_name);
    row->addWidget(m_value);
    for (QLabel *label : {m_name, m_value})
        label->setTextFormat(Qt::PlainText);
    QFont bold = font();
    bold.setPointSizeF(bold.pointSizeF() * 0.9);
    m_name->setFont(bold);
    bold.setBold(true);
    m_value->setFont(bold);
}

void LegendEntry::setSwatch(const QBrush &brush, const QColor &edge)
{
    m_brush = brush;
    m_edge = edge;
    update();
}

void LegendEntry::setDashed(const QColor &line)
{
    m_dashed = true;
    m_edge = line;
    update();
}

void LegendEntry::setValue(const QString &value)
{
    m_value->setText(value);
}

void LegendEntry::paintEvent(QPaintEvent *)
{
    QPainter painter(this);
    const QRect box(0, (height() - swatchSize) / 2, swatchSize, swatchSize);
    if (m_dashed) {
        painter.setPen(QPen(m_edge, 1, Qt::DashLine));
        painter.drawLine(box.left(), box.center().y(), box.right() + 1, box.center().y());
        return;
    }
    painter.fillRect(box, m_brush);
    painter.fillRect(QRect(box.left(), box.top(), box.width(), 2), m_edge);
}

} // namespace rateguard
