// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The RateGuard authors
#include "widgets/EffectBars.h"

#include "models/EffectWords.h"
#include "models/TimeWords.h"
#include "widgets/Theme.h"

#include <QPainter>

#include <algorithm>

namespace rateguard {
namespace {

QString words(double rejected, double requests, std::chrono::seconds length, bool isOpen)
{
    if (length.count() == 0)
        return isOpen ? EffectBars::tr("not known yet") : EffectBars::tr("not known");
    return EffectBars::tr("rejected %1 of %2 per min, over %3").arg(perMinuteText(rejected), perMinuteText(requests), lengthText(length));
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
                                 .arg(words(effect.rejectedBefore, effect.requestsBefore, effect.before, false),
                                      words(effect.rejectedAfter, effect.requestsAfter, effect.after, effect.isOpen && !effect.end)));
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
    paintBar(painter, 0, tr("Before"), m_effect.rejectedBefore, m_effect.requestsBefore, m_effect.before, false);
    paintBar(painter, height + 6, tr("After"), m_effect.rejectedAfter, m_effect.requestsAfter, m_effect.after, m_effect.isOpen && !m_effect.end);
}

void EffectBars::paintBar(QPainter &painter, int top, const QString &name, double rejected, double requests, std::chrono::seconds length, bool isOpen) const
{
    const ThemeColours colours = ThemeColours::of(palette());
    const QRect line(0, top, width(), fontMetrics().height());
    painter.setPen(colours.muted);
    painter.drawText(line, Qt::AlignLeft | Qt::AlignVCenter, name);
    painter.setPen(length.count() == 0 ? colours.muted : palette().color(QPalette::WindowText));
    painter.drawText(line, Qt::AlignRight | Qt::AlignVCenter, words(rejected, requests, length, isOpen));
    // Both bars on one scale, that of the requests: how much of the traffic was turned away is seen as well.
    const double most = std::max({m_effect.requestsBefore, m_effect.requestsAfter, m_effect.rejectedBefore, m_effect.rejectedAfter, 1.0});
    const QRect bar(0, line.bottom() + 3, width(), 8);
    painter.fillRect(bar, tinted(colours.surface, palette().color(QPalette::Text), 0.07));
    if (length.count() == 0)
        return;
    const auto pixels = [&](double value) { return value > 0 ? std::max(2, static_cast<int>(bar.width() * value / most)) : 0; };
    painter.fillRect(QRect(bar.left(), bar.top(), pixels(requests), bar.height()), tinted(colours.surface, colours.allowed, 0.35));
    painter.fillRect(QRect(bar.left(), bar.top(), pixels(rejected), bar.height()), colours.rejected);
}

} // namespace rateguard
