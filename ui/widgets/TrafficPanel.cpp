// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The RateGuard authors
#include "widgets/TrafficPanel.h"

#include "charts/ChartCursor.h"
#include "charts/RateChart.h"
#include "format/Text.h"
#include "widgets/Card.h"

#include <QHBoxLayout>

#include <utility>

namespace rateguard {
namespace {

constexpr int patience = 10; // snapshots

Card *framed(RateChart *chart, QWidget *parent)
{
    auto *card = new Card(parent);
    auto *box = new QVBoxLayout(card);
    box->setContentsMargins(12, 8, 10, 6);
    box->addWidget(chart);
    return card;
}

} // namespace

TrafficPanel::TrafficPanel(QWidget *parent)
    : QWidget(parent), m_cursor(new ChartCursor(this)), m_all(new RateChart), m_selected(new RateChart)
{
    m_all->setObjectName(QStringLiteral("allChart"));
    m_selected->setObjectName(QStringLiteral("selectedChart"));
    auto *row = new QHBoxLayout(this);
    row->setContentsMargins(0, 0, 0, 0);
    row->setSpacing(8);
    row->addWidget(framed(m_all, this), 1);
    row->addWidget(framed(m_selected, this), 1);
    m_all->setTitle(tr("All traffic, per second"));
    m_all->shareCursor(m_cursor);
    m_selected->shareCursor(m_cursor);
    selectNothing();
}

void TrafficPanel::setFlags(const Snapshot &snapshot)
{
    if (const auto flags = m_allFlags.take(snapshot))
        m_all->setFlags(*flags);
    if (const auto flags = m_keyFlags.take(snapshot))
        m_selected->setFlags(*flags);
}

void TrafficPanel::select(const std::string &policy, const std::string &key)
{
    m_hasSelection = true;
    m_policy = policy;
    m_key = key;
    m_lineName = QStringLiteral("?"); // another title, in any case
    showTitle({});
    m_selected->setEmptyText({});
    m_selected->setLimit({});
    m_limit.setKey(policy, key);
    m_selected->setSeries({}, {});
    m_stale = true;
    m_selected->setFlags({});
    m_keyFlags.setKey(policy, key);
    m_unknown = 0;
}

void TrafficPanel::showTitle(const QString &lineName)
{
    if (std::exchange(m_lineName, lineName) == lineName)
        return;
    const QString name = displayText(m_policy, 64) + QStringLiteral(" · ");
    m_selected->setTitle(name + displayText(m_key, 60) + lineName, name + displayText(m_key, 400) + lineName);
}

void TrafficPanel::selectNothing()
{
    m_hasSelection = false;
    m_keyFlags.setNone();
    m_selected->setTitle(tr("Selected key"));
    m_selected->setLimit({});
    m_selected->setSeries({}, {});
    m_selected->setEmptyText(tr("Select a key in the table to see it alone."));
}

void TrafficPanel::apply(const Snapshot &snapshot, std::optional<Instant> still)
{
    const Instant drawn = still.value_or(snapshot.now);
    m_all->setSpan(static_cast<int>(snapshot.span.count()));
    m_selected->setSpan(static_cast<int>(snapshot.span.count()));
    m_all->setSeries(snapshot.all, drawn, snapshot.step);
    setFlags(snapshot);
    if (!m_hasSelection)
        return;
    if (std::exchange(m_stale, false))
        return;
    m_unknown = snapshot.selectedKnown ? 0 : m_unknown + 1;
    m_selected->setEmptyText(m_unknown > patience ? tr("Nothing is known of this key any more.") : QString());
    if (!snapshot.selectedKnown)
        return;
    if (m_limit.take(snapshot))
        m_selected->setLimit(m_limit.course());
    showTitle(m_limit.needsName(drawn) ? tr(" (limit line: %1)").arg(m_limit.lineName(drawn)) : QString());
    m_selected->setSeries(snapshot.selected, drawn, snapshot.step);
}

} // namespace rateguard
