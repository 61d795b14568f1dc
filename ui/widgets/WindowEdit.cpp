// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The RateGuard authors
#include "widgets/WindowEdit.h"

#include <QComboBox>
#include <QHBoxLayout>
#include <QKeyEvent>
#include <QSignalBlocker>
#include <QSpinBox>

#include <algorithm>
#include <array>
#include <limits>

namespace rateguard {
namespace {

using namespace std::chrono_literals;
constexpr std::array<Duration, 5> units {1ms, 1s, 1min, 1h, 24h};

Duration unitOf(const QComboBox *box)
{
    return units[static_cast<std::size_t>(std::max(box->currentIndex(), 0))];
}

// Of a unit, that a field takes.
std::int64_t mostOf(Duration unit)
{
    return unit == units.back() ? Limit::maxWindow / unit : std::min<std::int64_t>(Limit::maxWindow / unit, std::numeric_limits<int>::max());
}

} // namespace

WindowEdit::WindowEdit(QWidget *parent) : QWidget(parent), m_amount(new QSpinBox(this)), m_unit(new QComboBox(this))
{
    m_amount->setGroupSeparatorShown(true);
    m_amount->setMinimum(1);
    m_amount->setMinimumWidth(50); // its own wish is for the widest number
    m_unit->addItems({tr("ms"), tr("s"), tr("min"), tr("h"), tr("d")});
    auto *row = new QHBoxLayout(this);
    row->setContentsMargins(0, 0, 0, 0);
    row->setSpacing(3);
    row->addWidget(m_amount, 1);
    row->addWidget(m_unit);
    setFocusProxy(m_amount);
    m_amount->installEventFilter(this);
    setWindow(1min);
    connect(m_amount, &QSpinBox::valueChanged, this, &WindowEdit::edited);
    connect(m_unit, &QComboBox::currentIndexChanged, this, [this] {
        fitRange();
        emit edited();
    });
}

void WindowEdit::setNames(const QString &amount, const QString &unit, const QString &objectName, const QString &number)
{
    m_amount->setAccessibleName(amount);
    m_amount->setObjectName(objectName + QStringLiteral("Spin") + number);
    m_unit->setAccessibleName(unit);
    m_unit->setObjectName(objectName + QStringLiteral("Unit") + number);
}

void WindowEdit::setWindow(Duration window)
{
    if (window == this->window())
        return; // keeps the unit that the operator chose
    const QSignalBlocker amount(m_amount);
    const QSignalBlocker unit(m_unit);
    int index = 0;
    for (std::size_t i = 0; i < units.size(); ++i) {
        if (window >= units[i] && window % units[i] == 0ms)
            index = static_cast<int>(i);
    }
    while (window / units[static_cast<std::size_t>(index)] > mostOf(units[static_cast<std::size_t>(index)]))
        ++index; // to the next whole one, where it has too many digits
    m_unit->setCurrentIndex(index);
    fitRange();
    m_amount->setValue(static_cast<int>(std::min<std::int64_t>((window + unitOf(m_unit) - 1ms) / unitOf(m_unit), m_amount->maximum())));
}

Duration WindowEdit::window() const
{
    return unitOf(m_unit) * m_amount->value();
}

bool WindowEdit::eventFilter(QObject *watched, QEvent *event)
{
    if (event->type() != QEvent::KeyPress)
        return QWidget::eventFilter(watched, event);
    const auto *key = static_cast<QKeyEvent *>(event);
    const QString text = key->text();
    if ((key->modifiers() & ~Qt::ShiftModifier) != Qt::NoModifier || text.isEmpty() || !text.at(0).isLetter())
        return QWidget::eventFilter(watched, event);
    for (int unit = m_unit->count() - 1; unit >= 0; --unit) { // "m" is a minute, and no millisecond
        if (m_unit->itemText(unit).startsWith(text, Qt::CaseInsensitive)) {
            m_unit->setCurrentIndex(unit);
            break;
        }
    }
    return true;
}

void WindowEdit::fitRange()
{
    const QSignalBlocker blocker(m_amount); // one change of ours is one edit
    m_amount->setMaximum(static_cast<int>(mostOf(unitOf(m_unit))));
}

} // namespace rateguard
