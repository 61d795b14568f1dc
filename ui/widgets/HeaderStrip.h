// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The RateGuard authors
#pragma once

#include "engine/Snapshot.h"
#include "models/Environment.h"

#include <QWidget>

namespace rateguard {

class AgeVeil;
class Card;
class ConnectionPill;
class EnvironmentBadge;
class MetricCard;
class PauseControl;
class TimeRange;

// The top of the window: who we listen to, and the totals of now.
class HeaderStrip : public QWidget
{
    Q_OBJECT

public:
    HeaderStrip(bool readOnly, QWidget *parent);

    void apply(const Snapshot &snapshot, std::size_t throttled);
    void setDemo(bool demo);
    void setBehind(std::optional<std::chrono::milliseconds> behind); // the picture stands still, so far back; nothing: it is of now
    void setEnvironment(Environment environment);
    PauseControl *pause() const { return m_pause; }
    TimeRange *range() const { return m_range; }

protected:
    void changeEvent(QEvent *event) override;

private:
    void colour();

    ConnectionPill *m_pill;
    Card *makeBadge(const QString &text, const QString &name);

    TimeRange *m_range;
    PauseControl *m_pause;
    EnvironmentBadge *m_environment;
    Card *m_demo;
    Card *m_lock;
    MetricCard *m_requests;
    MetricCard *m_allowed;
    MetricCard *m_rejected;
    MetricCard *m_throttled;
    MetricCard *m_keys;
    AgeVeil *m_veil = nullptr;
    bool m_readOnly;
};

} // namespace rateguard
