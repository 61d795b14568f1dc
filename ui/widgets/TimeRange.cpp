// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The RateGuard authors
#include "widgets/TimeRange.h"

#include "charts/TimeLabels.h"

#include <QShortcut>

#include <algorithm>

namespace rateguard {
namespace {

using namespace std::chrono_literals;

constexpr std::chrono::seconds spans[] = {30s, 1min, 2min, 5min, 10min, 30min, 1h, 3h, 6h};

} // namespace

TimeRange::TimeRange(QWidget *parent) : QComboBox(parent)
{
    setObjectName(QStringLiteral("timeRange"));
    setAccessibleName(tr("Time range of the charts"));
    setToolTip(tr("How much time the charts cover. [ is shorter, ] is longer."));
    setAccessibleDescription(toolTip());
    for (const std::chrono::seconds span : spans)
        addItem(tr("Last %1").arg(spanName(span)));
    setSpan(2min);
    connect(this, &QComboBox::currentIndexChanged, this, [this] { emit chosen(span()); });
    auto *shorter = new QShortcut(QKeySequence(Qt::Key_BracketLeft), this);
    auto *longer = new QShortcut(QKeySequence(Qt::Key_BracketRight), this);
    connect(shorter, &QShortcut::activated, this, [this] { step(-1); });
    connect(longer, &QShortcut::activated, this, [this] { step(1); });
}

std::chrono::seconds TimeRange::span() const
{
    return spans[std::clamp(currentIndex(), 0, count() - 1)];
}

void TimeRange::setSpan(std::chrono::seconds span)
{
    const auto *longer = std::upper_bound(std::begin(spans), std::end(spans), span);
    setCurrentIndex(std::max(static_cast<int>(longer - std::begin(spans)) - 1, 0));
}

void TimeRange::step(int by)
{
    setCurrentIndex(std::clamp(currentIndex() + by, 0, count() - 1));
}

} // namespace rateguard
