// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The RateGuard authors
#include "widgets/TrendDelegate.h"

#include "models/EditHistoryModel.h"
#include "models/EffectWords.h"
#include "widgets/Theme.h"

namespace rateguard {

void TrendDelegate::initStyleOption(QStyleOptionViewItem *option, const QModelIndex &index) const
{
    CellDelegate::initStyleOption(option, index);
    const ThemeColours colours = ThemeColours::of(option->palette);
    QColor ink = option->palette.color(QPalette::Text);
    switch (static_cast<EffectWords::Trend>(index.data(EditHistoryModel::TrendRole).toInt())) {
    case EffectWords::Trend::Unknown: ink = colours.muted; break;
    case EffectWords::Trend::Same: break;
    case EffectWords::Trend::Fewer: ink = colours.ok; break;
    case EffectWords::Trend::More: ink = colours.rejected; break;
    }
    option->palette.setColor(QPalette::Text, ink);
    option->palette.setColor(QPalette::HighlightedText, ink);
}

} // namespace rateguard
