// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The RateGuard authors
#include "widgets/HeaderStrip.h"

#include "format/Numbers.h"
#include "format/Text.h"
#include "widgets/AgeVeil.h"
#include "widgets/ConnectionPill.h"
#include "widgets/EnvironmentBadge.h"
#include "widgets/MetricCard.h"
#include "widgets/PauseControl.h"
#include "widgets/Theme.h"
#include "widgets/TimeRange.h"

#include <QEvent>
#include <QHBoxLayout>

namespace rateguard {

HeaderStrip::HeaderStrip(bool readOnly, QWidget *parent)
    : QWidget(parent),
      m_pill(new ConnectionPill(this)),
      m_range(new TimeRange(this)),
      m_pause(new PauseControl(this)),
      m_environment(new EnvironmentBadge(this)),
      m_demo(makeBadge(tr("DEMO"), QStringLiteral("demoLabel"))),
      m_lock(makeBadge(tr("READ-ONLY"), QStringLiteral("readOnlyLabel"))),
      m_requests(new MetricCard(tr("Requests/s"), Ink::Normal, this)),
      m_allowed(new MetricCard(tr("Allowed/s"), Ink::Allowed, this)),
      m_rejected(new MetricCard(tr("Rejected/s"), Ink::Rejected, this)),
      m_throttled(new MetricCard(tr("Throttled now"), Ink::Normal, this)),
      m_keys(new MetricCard(tr("Keys known"), Ink::Normal, this)),
      m_readOnly(readOnly)
{
    auto *top = new QHBoxLayout;
    top->addWidget(m_pill);
    top->addWidget(m_environment);
    top->addStretch(1);
    top->addWidget(m_range);
    top->addWidget(m_pause);
    top->addWidget(m_demo);
    top->addWidget(m_lock);
    auto *figures = new QWidget(this);
    auto *cards = new QHBoxLayout(figures);
    cards->setContentsMargins(0, 0, 0, 0);
    cards->setSpacing(8);
    for (MetricCard *card : {m_requests, m_allowed, m_rejected, m_throttled, m_keys})
        cards->addWidget(card, 1);
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(8);
    column->addLayout(top);
    column->addWidget(figures);
    m_veil = new AgeVeil(figures);
    m_demo->setToolTip(tr("A private Redis with made-up traffic: nothing here is production."));
    m_demo->hide();
    m_lock->setVisible(m_readOnly);
    colour();
}

Card *HeaderStrip::makeBadge(const QString &text, const QString &name)
{
    auto *badge = new Card(this);
    auto *label = new TextLabel(text, Ink::Normal, badge);
    label->setObjectName(name);
    label->setScale(0.9, true);
    auto *row = new QHBoxLayout(badge);
    row->setContentsMargins(10, 3, 10, 3);
    row->addWidget(label);
    return badge;
}

void HeaderStrip::setEnvironment(Environment environment)
{
    m_environment->setEnvironment(environment);
}

void HeaderStrip::setBehind(std::optional<std::chrono::milliseconds> behind)
{
    m_pill->setStill(behind.has_value());
    m_pause->setPaused(behind.has_value());
    if (behind)
        m_pause->setBehind(*behind);
}

void HeaderStrip::setDemo(bool demo)
{
    m_demo->setVisible(demo);
}

void HeaderStrip::apply(const Snapshot &snapshot, std::size_t throttled)
{
    m_pill->apply(snapshot.link);
    m_lock->setVisible(m_readOnly || !(snapshot.link.mayEdit && snapshot.link.mayOverride));
    m_veil->setAged(snapshot.link.state != LinkState::Live);
    m_lock->setToolTip(m_readOnly ? tr("RateGuard was started read-only.") : plainToolTip(displayText(snapshot.link.rights, 400)));
    m_lock->setAccessibleDescription(m_lock->toolTip());

    if (snapshot.link.neverReached) { // nothing is known, which is not the same as zero
        for (MetricCard *card : {m_requests, m_allowed, m_rejected, m_throttled, m_keys})
            card->display(QStringLiteral("–"), {});
        return;
    }
    const Rates &rates = snapshot.rates;
    const double all = rates.requests();
    const auto share = [all](double part) { return all > 0 ? formatShare(part / all) : QString(); };
    m_requests->display(formatRate(all), tr("%1 so far").arg(formatCount(snapshot.total.requests())));
    // As in the charts: what shadow mode lets in is neither.
    m_allowed->display(formatRate(rates.allowed), rates.wouldReject > 0 ? tr("+%1 shadow").arg(formatRate(rates.wouldReject)) : share(rates.allowed));
    m_rejected->display(formatRate(rates.rejected), rates.wouldReject > 0 ? tr("+%1 would be").arg(formatRate(rates.wouldReject)) : share(rates.rejected));
    m_throttled->display(formatCount(throttled), tr("of %1 keys").arg(formatCount(snapshot.keysKnown)));
    m_keys->display(formatCount(snapshot.keysKnown), snapshot.otherRequests > 0 ? tr("at the cap") : QString());
}

void HeaderStrip::changeEvent(QEvent *event)
{
    if (event->type() == QEvent::PaletteChange)
        colour();
    QWidget::changeEvent(event);
}

void HeaderStrip::colour()
{
    const ThemeColours colours = ThemeColours::of(palette());
    m_demo->setTint(colours.allowed);
    m_lock->setTint(colours.warning);
    m_requests->setAccent(colours.muted);
    m_allowed->setAccent(colours.allowed);
    m_rejected->setAccent(colours.rejected);
    m_throttled->setAccent(colours.danger);
    m_keys->setAccent(colours.outline);
}

} // namespace rateguard
