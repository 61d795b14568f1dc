// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The RateGuard authors
#include "widgets/EffectBars.h"

#include "models/EditWords.h"
#include "widgets/Theme.h"

#include <QPainter>

#include <algorithm>

namespace rateguard {
namespace {

QString words(double rejected, double requests, std::uint32_t minutes)
{
    if (minutes == 0)
        return EffectBars::tr("not known");
    return EffectBars::tr("rejected %1 of %2 per min, over %3 min").arg(perMinuteText(rejected), perMinuteText(requests), QString::number(minutes));
}

} // namespace

EffectBars::EffectBars(QWidget *parent) : QWidget(parent)
{
    setObjectName(QStringLiteral("effectBars"));
    setAccessibleName(tr("Rejections before and after the edit"));
    setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed);
}

void EffectBars::display(const EditHistory::Effect &effect)
{
    m_effect = effect;
    setAccessibleDescription(tr("Before: %1. After: %2.")
                                 .arg(words(effect.rejectedBefore, effect.requestsBefore, effect.minutesBefore),
                                      words(effect.rejectedAfter, effect.requestsAfter, effect.minutesAfter)));
    update();
}

QSize EffectBars::sizeHint() const
{
    return {200, 2 * (fontMetrics().height() + 12) + 6};
}

void EffectBars::paintEvent(QPaintEvent *)
{
    QPainter painter(this);
    const int height = fontMetrics().height() + 12;
    paintBar(painter, 0, tr("Before"), m_effect.rejectedBefore, m_effect.requestsBefore, m_effect.minutesBefore);
    paintBar(painter, height + 6, tr("After"), m_effect.rejectedAfter, m_effect.requestsAfter, m_effect.minutesAfter);
}

void EffectBars::paintBar(QPainter &painter, int top, const QString &name, double rejected, double requests, std::uint32_t minutes) const
{
    const ThemeColours colours = ThemeColours::of(palette());
    const QRect line(0, top, width(), fontMetrics().height());
    painter.setPen(colours.muted);
    painter.drawText(line, Qt::AlignLeft | Qt::AlignVCenter, name);
    painter.setPen(minutes == 0 ? colours.muted : palette().color(QPalette::WindowText));
    painter.drawText(line, Qt::AlignRight | Qt::AlignVCenter, words(rejected, requests, minutes));
    // Both bars on one scale, that of the requests: how much of the traffic was turned away is seen as well.
    const double most = std::max({m_effect.requestsBefore, m_effect.requestsAfter, m_effect.rejectedBefore, m_effect.rejectedAfter, 1.0});
    const QRect bar(0, line.bottom() + 3, width(), 8);
    painter.fillRect(bar, tinted(colours.surface, palette().color(QPalette::Text), 0.07));
    if (minutes == 0)
        return;
    const auto length = [&](double value) { return value > 0 ? std::max(2, static_cast<int>(bar.width() * value / most)) : 0; };
    painter.fillRect(QRect(bar.left(), bar.top(), length(requests), bar.height()), tinted(colours.surface, colours.allowed, 0.35));
    painter.fillRect(QRect(bar.left(), bar.top(), length(rejected), bar.height()), colours.rejected);
}

} // namespace rateguard
