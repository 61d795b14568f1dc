// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The RateGuard authors
#include "widgets/SpanChoice.h"

#include "models/RuleWords.h"
#include "widgets/WindowEdit.h"

#include <QComboBox>
#include <QHBoxLayout>
#include <QSignalBlocker>

namespace rateguard {
namespace {

constexpr qint64 open = 0;
constexpr qint64 typed = -1;
constexpr Duration begin = std::chrono::minutes(30); // of what is typed

} // namespace

SpanChoice::SpanChoice(const std::vector<Duration> &usual, const QString &openText, const QString &name, QWidget *parent)
    : QWidget(parent), m_choice(new QComboBox(this)), m_typed(new WindowEdit(this))
{
    m_choice->setObjectName(QStringLiteral("spanCombo"));
    m_choice->setAccessibleName(name);
    for (const Duration span : usual)
        m_choice->addItem(timeLeft(span), static_cast<qint64>(span.count()));
    if (!openText.isEmpty())
        m_choice->addItem(openText, open);
    m_choice->addItem(tr("a time…"), typed);
    m_choice->setSizePolicy(QSizePolicy::Ignored, QSizePolicy::Fixed);
    m_choice->setMinimumWidth(110);
    m_typed->setNames(tr("Time to hold"), tr("Unit of the time to hold"), QStringLiteral("span"));
    m_typed->setWindow(begin);
    auto *row = new QHBoxLayout(this);
    row->setContentsMargins(0, 0, 0, 0);
    row->setSpacing(6);
    row->addWidget(m_choice, 1);
    row->addWidget(m_typed, 1);
    setFocusProxy(m_choice);
    showTyped();
    connect(m_choice, &QComboBox::currentIndexChanged, this, [this] {
        showTyped();
        emit edited();
    });
    connect(m_choice, &QComboBox::activated, this, [this] { // by the operator
        if (m_typed->isVisible())
            m_typed->setFocus(Qt::TabFocusReason);
    });
    connect(m_typed, &WindowEdit::edited, this, &SpanChoice::edited);
}

std::optional<Duration> SpanChoice::span() const
{
    const qint64 chosen = m_choice->currentData().toLongLong();
    if (chosen == open)
        return std::nullopt;
    return chosen == typed ? m_typed->window() : Duration(chosen);
}

void SpanChoice::setSpan(std::optional<Duration> span)
{
    const QSignalBlocker quiet(this);
    const int known = m_choice->findData(span ? static_cast<qint64>(span->count()) : open);
    m_choice->setCurrentIndex(known >= 0 ? known : m_choice->findData(typed));
    m_typed->setWindow(known < 0 && span ? *span : begin);
    showTyped();
}

void SpanChoice::showTyped()
{
    m_typed->setVisible(m_choice->currentData().toLongLong() == typed);
}

} // namespace rateguard
