// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The RateGuard authors
#pragma once

#include "charts/RateColours.h"

#include <QBrush>
#include <QWidget>

class QLabel;

namespace rateguard {

// One entry of a legend: a swatch painted as the curve is, what it is, and its latest figure in bold.
class LegendEntry : public QWidget
{
    Q_OBJECT

public:
    LegendEntry(const QString &name, QWidget *parent);

    void setSwatch(const QBrush &brush, const QColor &edge);
    void setDashed(const QColor &line);
    void setValue(const QString &value);

protected:
    void paintEvent(QPaintEvent *event) override;

private:
    QLabel *m_name;
    QLabel *m_value;
    QBrush m_brush;
    QColor m_edge;
    bool m_dashed = false;
};

} // namespace rateguard
