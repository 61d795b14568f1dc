// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The RateGuard authors
#include "widgets/DiffView.h"

#include "format/Text.h"
#include "models/DraftWords.h"
#include "widgets/Theme.h"

#include <QPainter>

namespace rateguard {
namespace {

constexpr int pad = 6;
constexpr int signWidth = 16;
constexpr int wrapped = Qt::TextWordWrap | Qt::AlignLeft | Qt::AlignTop;

} // namespace

DiffView::DiffView(QWidget *parent) : TextLabel({}, Ink::Normal, parent)
{
    setObjectName(QStringLiteral("diffLabel"));
    setAccessibleDescription(tr("Change"));
    QSizePolicy policy(QSizePolicy::Ignored, QSizePolicy::Preferred);
    policy.setHeightForWidth(true);
    setSizePolicy(policy);
}

void DiffView::display(const LimitDraft &draft)
{
    const QString name = displayText(draft.policy, 64);
    setText(name.isEmpty() ? diffText(draft) : tr("%1: %2").arg(name, diffText(draft)));
    const auto version = [](std::uint64_t number) { return tr("v%1").arg(number); };
    const bool stands = !draft.isNew() && draft.isValid() && !draft.isGone();
    std::vector<Line> lines;
    if (!draft.isChanged()) {
        lines = {{QStringLiteral("="), standingText(draft), version(draft.shown().version)}};
    } else {
        if (!draft.isNew())
            lines.push_back({QStringLiteral("−"), standingText(draft), stands ? version(draft.shown().version) : QString()});
        lines.push_back({QStringLiteral("+"), wishText(draft), stands ? version(nextVersion(draft)) : tr("new")});
    }
    if (lines == m_lines)
        return;
    m_lines = std::move(lines);
    updateGeometry();
    update();
}

QFont DiffView::boldFont() const
{
    QFont bold = font();
    bold.setBold(true);
    return bold;
}

int DiffView::versionWidth() const
{
    int width = 0;
    for (const Line &line : m_lines)
        width = std::max(width, QFontMetrics(boldFont()).horizontalAdvance(line.version));
    return width;
}

int DiffView::textHeight(const Line &line, int width) const
{
    const int room = std::max(40, width - 2 * pad - signWidth - versionWidth() - 8);
    return QFontMetrics(boldFont()).boundingRect(QRect(0, 0, room, 10'000), wrapped, line.text).height() + 6;
}

int DiffView::heightForWidth(int width) const
{
    int height = 0;
    for (const Line &line : m_lines)
        height += textHeight(line, width);
    return height;
}

QSize DiffView::sizeHint() const
{
    return {200, heightForWidth(std::max(200, width()))};
}

QSize DiffView::minimumSizeHint() const
{
    return {120, heightForWidth(std::max(120, width()))};
}

void DiffView::paintEvent(QPaintEvent *)
{
    const ThemeColours colours = ThemeColours::of(palette());
    QPainter painter(this);
    const bool changed = m_lines.size() > 1 || (m_lines.size() == 1 && m_lines[0].sign == QLatin1String("+"));
    const int number = versionWidth();
    int top = 0;
    for (const Line &line : m_lines) {
        const bool isNew = line.sign == QLatin1String("+");
        const QRect row(0, top, width(), textHeight(line, width()));
        if (changed)
            painter.fillRect(row, tinted(colours.surface, isNew ? colours.ok : colours.muted, 0.16));
        painter.setFont(isNew ? boldFont() : font());
        painter.setPen(isNew ? palette().color(QPalette::WindowText) : colours.muted);
        const QRect inner = row.adjusted(pad, 3, -pad, 0);
        painter.drawText(inner, wrapped, line.sign);
        painter.drawText(inner.adjusted(signWidth, 0, -number - 8, 0), wrapped, line.text);
        painter.drawText(inner, Qt::AlignRight | Qt::AlignTop, line.version);
        top += row.height();
    }
}

} // namespace rateguard
