// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The RateGuard authors
#include "widgets/Theme.h"

#include "charts/RateColours.h"
#include "widgets/FieldStyle.h"

#include <QApplication>
#include <QStyleHints>

namespace rateguard {
namespace {

QPalette lightPalette()
{
    QPalette palette(QColor(0xFA, 0xFB, 0xFC), QColor(0xF1, 0xF3, 0xF6));
    const QColor text(0x1B, 0x1F, 0x24);
    palette.setColor(QPalette::Base, QColor(0xFF, 0xFF, 0xFF));
    palette.setColor(QPalette::AlternateBase, QColor(0xF6, 0xF8, 0xFA));
    for (const auto role : {QPalette::Text, QPalette::WindowText, QPalette::ButtonText, QPalette::ToolTipText})
        palette.setColor(role, text);
    palette.setColor(QPalette::ToolTipBase, QColor(0xFF, 0xFF, 0xFF));
    palette.setColor(QPalette::Highlight, QColor(0x0B, 0x5F, 0xA5));
    palette.setColor(QPalette::HighlightedText, Qt::white);
    palette.setColor(QPalette::PlaceholderText, QColor(0x66, 0x70, 0x7B));
    palette.setColor(QPalette::Link, QColor(0x0B, 0x5F, 0xA5));
    for (const auto role : {QPalette::Text, QPalette::WindowText, QPalette::ButtonText})
        palette.setColor(QPalette::Disabled, role, QColor(0x93, 0x9C, 0xA6));
    palette.setColor(QPalette::Disabled, QPalette::Highlight, QColor(0xC3, 0xC9, 0xD0));
    return palette;
}

QPalette darkPalette()
{
    QPalette palette(QColor(0x34, 0x3A, 0x43), QColor(0x17, 0x1A, 0x1F));
    const QColor text(0xE4, 0xE7, 0xEB);
    palette.setColor(QPalette::Base, QColor(0x1F, 0x23, 0x29));
    palette.setColor(QPalette::AlternateBase, QColor(0x24, 0x29, 0x30));
    for (const auto role : {QPalette::Text, QPalette::WindowText, QPalette::ButtonText, QPalette::ToolTipText})
        palette.setColor(role, text);
    palette.setColor(QPalette::BrightText, Qt::white);
    palette.setColor(QPalette::ToolTipBase, QColor(0x2B, 0x31, 0x39));
    palette.setColor(QPalette::Highlight, QColor(0x2F, 0x7F, 0xC4));
    palette.setColor(QPalette::HighlightedText, Qt::white);
    palette.setColor(QPalette::PlaceholderText, QColor(0x8E, 0x98, 0xA3));
    palette.setColor(QPalette::Link, QColor(0x6C, 0xB6, 0xF5));
    palette.setColor(QPalette::Light, QColor(0x3C, 0x43, 0x4D));
    palette.setColor(QPalette::Midlight, QColor(0x34, 0x3A, 0x43));
    palette.setColor(QPalette::Dark, QColor(0x10, 0x12, 0x16));
    palette.setColor(QPalette::Mid, QColor(0x24, 0x29, 0x30));
    palette.setColor(QPalette::Shadow, Qt::black);
    for (const auto role : {QPalette::Text, QPalette::WindowText, QPalette::ButtonText})
        palette.setColor(QPalette::Disabled, role, QColor(0x6B, 0x74, 0x7F));
    palette.setColor(QPalette::Disabled, QPalette::Highlight, QColor(0x3C, 0x43, 0x4D));
    return palette;
}

bool systemIsDark()
{
#if QT_VERSION >= QT_VERSION_CHECK(6, 5, 0)
    return QGuiApplication::styleHints()->colorScheme() == Qt::ColorScheme::Dark;
#else
    static const bool startedDark = isDark(QGuiApplication::palette()); // before we set our own
    return startedDark;
#endif
}

} // namespace

void applyTheme(Theme theme)
{
    const bool system = systemIsDark();
    const bool dark = theme == Theme::Dark || (theme == Theme::System && system);
    if (!qobject_cast<FieldStyle *>(QApplication::style()))
        QApplication::setStyle(new FieldStyle);
    QApplication::setPalette(dark ? darkPalette() : lightPalette());
}

ThemeColours ThemeColours::of(const QPalette &palette)
{
    const bool dark = isDark(palette);
    const RateColours rates = RateColours::of(palette);
    ThemeColours colours;
    colours.surface = palette.color(QPalette::Base);
    colours.outline = dark ? QColor(0x33, 0x39, 0x42) : QColor(0xD8, 0xDD, 0xE3);
    colours.field = dark ? QColor(0x7F, 0x89, 0x95) : QColor(0x73, 0x7B, 0x84);
    colours.muted = dark ? QColor(0x9A, 0xA4, 0xAF) : QColor(0x59, 0x63, 0x6E);
    colours.allowed = rates.allowed;
    colours.rejected = rates.rejected;
    colours.shadow = rates.shadow;
    colours.banned = dark ? QColor(0xB7, 0x9C, 0xF5) : QColor(0x6A, 0x3F, 0xB5);
    colours.near = dark ? QColor(0xE6, 0xB4, 0x22) : QColor(0xB4, 0x7B, 0x00);
    colours.ok = dark ? QColor(0x3F, 0xC1, 0x9A) : QColor(0x00, 0x7F, 0x5F);
    colours.warning = colours.near;
    colours.danger = dark ? QColor(0xF2, 0x6D, 0x5B) : QColor(0xC0, 0x2F, 0x1D);
    colours.selection = tinted(colours.surface, palette.color(QPalette::Highlight), dark ? 0.35 : 0.16);
    return colours;
}

QColor tinted(const QColor &ground, const QColor &colour, double share)
{
    const auto part = [share](int x, int y) { return static_cast<int>(x + (y - x) * share); };
    return {part(ground.red(), colour.red()), part(ground.green(), colour.green()), part(ground.blue(), colour.blue())};
}

} // namespace rateguard
