// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The RateGuard authors
#include "widgets/AlertStateDelegate.h"

#include "models/AlertRuleModel.h"
#include "models/PastAlertModel.h"
#include "widgets/Theme.h"

namespace rateguard {
namespace {

using State = AlertBook::State;

State stateOf(const QModelIndex &index)
{
    if (qobject_cast<const AlertRuleModel *>(index.model()))
        return static_cast<State>(index.data(AlertRuleModel::StateRole).toInt());
    return index.data(PastAlertModel::FiringRole).toBool() ? State::Firing : State::Snoozed; // ended: of second rank
}

QColor colourOf(State state, const ThemeColours &colours)
{
    switch (state) {
    case State::Off:
    case State::Snoozed: return colours.muted;
    case State::Ok: return colours.ok;
    case State::Pending: return colours.warning;
    case State::Firing: return colours.danger;
    }
    return colours.muted;
}

} // namespace

void AlertStateDelegate::initStyleOption(QStyleOptionViewItem *option, const QModelIndex &index) const
{
    CellDelegate::initStyleOption(option, index);
    const State state = stateOf(index);
    const QColor ink = colourOf(state, ThemeColours::of(option->palette));
    option->palette.setColor(QPalette::Text, ink);
    option->palette.setColor(QPalette::HighlightedText, ink);
    option->font.setBold(state == State::Firing);
    option->fontMetrics = QFontMetrics(option->font);
}

} // namespace rateguard
