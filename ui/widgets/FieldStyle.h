// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The RateGuard authors
#pragma once

#include <QHash>
#include <QPalette>
#include <QProxyStyle>

namespace rateguard {

// Fusion, with frames around fields, boxes to check and buttons that can be seen: at least 3:1 against what is around them, in both
// themes (WCAG 1.4.11). Fusion's are a shade of the window's colour, and next to nothing on a dark one.
class FieldStyle : public QProxyStyle
{
    Q_OBJECT

public:
    FieldStyle();

    void drawPrimitive(PrimitiveElement element, const QStyleOption *option, QPainter *painter, const QWidget *widget) const override;
    void drawComplexControl(ComplexControl control, const QStyleOptionComplex *option, QPainter *painter, const QWidget *widget) const override;

private:
    QPalette framed(const QPalette &palette) const;

    mutable QHash<qint64, QPalette> m_framed; // by the key of the palette: Fusion keeps pictures by the key of ours
};

} // namespace rateguard
