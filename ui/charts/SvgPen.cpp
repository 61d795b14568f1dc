// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The RateGuard authors
#include "charts/SvgPen.h"

namespace rateguard {

SvgPen::SvgPen(QByteArray *bytes, QSize size) : m_xml(bytes)
{
    m_xml.setAutoFormatting(true);
    m_xml.writeStartDocument();
    m_xml.writeStartElement(QStringLiteral("svg"));
    m_xml.writeDefaultNamespace(QStringLiteral("http://www.w3.org/2000/svg"));
    write({{"version", "1.1"},
           {"width", QString::number(size.width())},
           {"height", QString::number(size.height())},
           {"viewBox", QStringLiteral("0 0 %1 %2").arg(size.width()).arg(size.height())},
           {"font-family", "sans-serif"}});
}

void SvgPen::finish()
{
    m_xml.writeEndElement();
    m_xml.writeEndDocument();
}

QString SvgPen::number(double value)
{
    return QString::number(value, 'f', 1);
}

void SvgPen::write(Attributes attributes)
{
    for (const auto &[name, value] : attributes)
        m_xml.writeAttribute(name, value);
}

void SvgPen::begin(const char *name, Attributes attributes)
{
    m_xml.writeStartElement(QLatin1String(name));
    write(attributes);
}

void SvgPen::end()
{
    m_xml.writeEndElement();
}

void SvgPen::element(const char *name, Attributes attributes)
{
    m_xml.writeEmptyElement(QLatin1String(name));
    write(attributes);
}

void SvgPen::rect(const QRectF &box, const QString &paint, double opacity)
{
    element("rect", {{"x", number(box.x())}, {"y", number(box.y())}, {"width", number(box.width())}, {"height", number(box.height())},
                     {"fill", paint}, {"fill-opacity", QString::number(opacity)}});
}

void SvgPen::line(QPointF a, QPointF b, const QColor &ink, const char *dashes)
{
    element("line", {{"x1", number(a.x())}, {"y1", number(a.y())}, {"x2", number(b.x())}, {"y2", number(b.y())},
                     {"stroke", ink.name()}, {"stroke-dasharray", dashes}});
}

void SvgPen::text(QPointF at, const QString &what, const QColor &ink, const char *anchor, bool bold)
{
    begin("text", {{"x", number(at.x())}, {"y", number(at.y())}, {"fill", ink.name()}, {"text-anchor", anchor},
                   {"font-weight", bold ? "bold" : "normal"}});
    m_xml.writeCharacters(what);
    end();
}

void SvgPen::title(const QString &what)
{
    m_xml.writeTextElement(QStringLiteral("title"), what);
}

} // namespace rateguard
