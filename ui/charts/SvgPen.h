// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The RateGuard authors
#pragma once

#include <QColor>
#include <QRectF>
#include <QXmlStreamWriter>

namespace rateguard {

// Writes a drawing as SVG 1.1, element by element. What is begun is to be ended; finish() ends the drawing.
class SvgPen
{
public:
    struct Attribute
    {
        Attribute(const char *attribute, QString text) : name(attribute), value(std::move(text)) { }
        Attribute(const char *attribute, const char *text) : name(attribute), value(QLatin1String(text)) { }

        QLatin1String name;
        QString value;
    };
    using Attributes = std::initializer_list<Attribute>;

    SvgPen(QByteArray *bytes, QSize size);
    void finish();

    void begin(const char *name, Attributes attributes);
    void end();
    void element(const char *name, Attributes attributes);
    void rect(const QRectF &box, const QString &paint, double opacity = 1);
    void line(QPointF a, QPointF b, const QColor &ink, const char *dashes = "none");
    void text(QPointF at, const QString &what, const QColor &ink, const char *anchor, bool bold = false);
    void title(const QString &what); // the tool tip of what was begun

    static QString number(double value); // as coordinates are written

private:
    void write(Attributes attributes);

    QXmlStreamWriter m_xml;
};

} // namespace rateguard
