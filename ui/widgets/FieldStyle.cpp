// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The RateGuard authors
#include "widgets/FieldStyle.h"

#include "charts/RateColours.h"
#include "widgets/Theme.h"

#include <QStyleFactory>
#include <QStyleOption>

namespace rateguard {

FieldStyle::FieldStyle() : QProxyStyle(QStyleFactory::create(QStringLiteral("Fusion"))) { }

void FieldStyle::drawPrimitive(PrimitiveElement element, const QStyleOption *option, QPainter *painter, const QWidget *widget) const
{
    const auto draw = [&](auto copy) {
        copy.palette = framed(option->palette);
        QProxyStyle::drawPrimitive(element, &copy, painter, widget);
    };
    if (element == PE_FrameLineEdit || element == PE_PanelLineEdit) {
        if (const auto *frame = qstyleoption_cast<const QStyleOptionFrame *>(option))
            return draw(*frame);
    } else if (element == PE_IndicatorCheckBox || element == PE_IndicatorRadioButton || element == PE_PanelButtonCommand) {
        if (const auto *button = qstyleoption_cast<const QStyleOptionButton *>(option))
            return draw(*button);
    }
    QProxyStyle::drawPrimitive(element, option, painter, widget);
}

void FieldStyle::drawComplexControl(ComplexControl control, const QStyleOptionComplex *option, QPainter *painter, const QWidget *widget) const
{
    const auto draw = [&](auto copy) {
        copy.palette = framed(option->palette);
        QProxyStyle::drawComplexControl(control, &copy, painter, widget);
    };
    if (const auto *combo = qstyleoption_cast<const QStyleOptionComboBox *>(option); combo && control == CC_ComboBox)
        return draw(*combo);
    if (const auto *spin = qstyleoption_cast<const QStyleOptionSpinBox *>(option); spin && control == CC_SpinBox)
        return draw(*spin);
    QProxyStyle::drawComplexControl(control, option, painter, widget);
}

// Fusion draws frames in the colour of the window, made darker by this much.
QPalette FieldStyle::framed(const QPalette &palette) const
{
    constexpr int darker = 140;
    constexpr int most = 100; // palettes; there are a handful
    auto known = m_framed.constFind(palette.cacheKey());
    if (known == m_framed.cend()) {
        if (m_framed.size() == most)
            m_framed.clear();
        QPalette made = palette;
        made.setColor(QPalette::Window, ThemeColours::of(palette).field.lighter(darker));
        if (isDark(palette)) {
            for (const auto group : {QPalette::Active, QPalette::Inactive}) // around what is in focus
                made.setColor(group, QPalette::Highlight, palette.color(group, QPalette::Highlight).lighter(130));
        }
        known = m_framed.insert(palette.cacheKey(), made);
    }
    QPalette now = *known;
    now.setCurrentColorGroup(palette.currentColorGroup()); // which its key says nothing of
    return now;
}

} // namespace rateguard
