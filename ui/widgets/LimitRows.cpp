// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The RateGuard authors
#include "widgets/LimitRows.h"

#include "models/RuleWords.h"
#include "widgets/TextLabel.h"
#include "widgets/WindowEdit.h"

#include <QGridLayout>
#include <QSpinBox>
#include <QToolButton>

namespace rateguard {
namespace {

// As narrow as what it holds allows: the panel is narrow, too. Steps of one mean nothing to large figures, so their arrows go.
void fit(QSpinBox *box)
{
    constexpr int large = 10'000'000;
    constexpr int frame = 12;
    const bool isLarge = box->value() >= large;
    box->setButtonSymbols(isLarge ? QAbstractSpinBox::NoButtons : QAbstractSpinBox::UpDownArrows);
    box->setMinimumWidth(isLarge ? box->fontMetrics().horizontalAdvance(box->text()) + frame : 90);
}

} // namespace

LimitRows::LimitRows(QGridLayout *grid, int row, QWidget *parent) : QObject(parent)
{
    for (std::size_t i = 0; i < m_rows.size(); ++i) {
        m_rows[i] = makeRow(i, parent);
        place(m_rows[i], grid, row + static_cast<int>(i));
    }
}

LimitRows::Row LimitRows::makeRow(std::size_t index, QWidget *parent)
{
    const bool first = index == 0;
    const QString number = first ? QString() : QString::number(index + 1);
    const auto named = [&](const QString &name) { return first ? name : tr("%1 %2").arg(name, number); };
    Row row {};
    row.caption = new TextLabel(first ? tr("Limit") : tr("and"), Ink::Muted, parent);
    row.count = new QSpinBox(parent);
    row.count->setObjectName(QStringLiteral("limitSpin") + number);
    row.count->setAccessibleName(named(tr("Limit")));
    // Of either algorithm: a field that swallows digits would not say why.
    row.count->setRange(1, static_cast<int>(maxCount(Algorithm::Bucket)));
    row.count->setGroupSeparatorShown(true);
    row.per = new TextLabel(tr("per"), Ink::Muted, parent);
    row.window = new WindowEdit(parent);
    row.window->setNames(named(tr("Window")), named(tr("Unit of the window")), QStringLiteral("window"), number);
    row.remove = new QToolButton(parent);
    row.remove->setObjectName(QStringLiteral("removeWindow") + number);
    row.remove->setText(QStringLiteral("✕"));
    row.remove->setAutoRaise(true);
    row.remove->setMaximumWidth(18);
    row.remove->setAccessibleName(named(tr("Remove window")));
    row.remove->setToolTip(tr("Remove this window"));
    row.remove->setFocusPolicy(Qt::StrongFocus);
    row.caption->setBuddy(row.count);
    connect(row.count, &QSpinBox::valueChanged, this, &LimitRows::edited);
    connect(row.window, &WindowEdit::edited, this, &LimitRows::edited);
    connect(row.remove, &QToolButton::clicked, this, [this, index] { remove(index); });
    return row;
}

void LimitRows::place(const Row &row, QGridLayout *grid, int line)
{
    int column = 0;
    for (QWidget *widget : std::initializer_list<QWidget *> {row.caption, row.count, row.per, row.window, row.remove})
        grid->addWidget(widget, line, column++);
}

void LimitRows::display(const Limits &limit)
{
    const QSignalBlocker quiet(this);
    m_algorithm = limit.algorithm;
    m_used = std::max<std::size_t>(limit.size(), 1);
    for (std::size_t i = 0; i < m_rows.size(); ++i) {
        const Row &row = m_rows[i];
        const bool used = i < m_used;
        for (QWidget *widget : std::initializer_list<QWidget *> {row.caption, row.count, row.per, row.window})
            widget->setVisible(used);
        row.remove->setVisible(used && m_used > 1);
        if (i >= limit.size())
            continue;
        if (const int count = static_cast<int>(limit[i].count); row.count->value() != count)
            row.count->setValue(count); // else what is being typed would be tidied away
        fit(row.count);
        row.window->setWindow(limit[i].window);
    }
}

void LimitRows::readInto(Limits &limit) const
{
    Limits typed;
    typed.algorithm = limit.algorithm;
    for (std::size_t i = 0; i < m_used; ++i)
        typed.push({static_cast<std::uint32_t>(m_rows[i].count->value()), m_rows[i].window->window()});
    limit = typed;
}

void LimitRows::add()
{
    if (isFull())
        return;
    Limits limit;
    limit.algorithm = m_algorithm;
    readInto(limit);
    limit.push(nextWindow(limit));
    display(limit);
    QSpinBox *count = m_rows[m_used - 1].count;
    count->setFocus(Qt::TabFocusReason);
    count->selectAll();
    emit edited();
}

void LimitRows::focusFirst()
{
    m_rows[0].count->setFocus(Qt::OtherFocusReason);
    m_rows[0].count->selectAll();
}

void LimitRows::remove(std::size_t index)
{
    Limits limit;
    limit.algorithm = m_algorithm;
    readInto(limit);
    display(without(limit, index));
    m_rows[std::min(index, m_used - 1)].count->setFocus(Qt::TabFocusReason);
    emit edited();
}

} // namespace rateguard
