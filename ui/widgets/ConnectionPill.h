// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The RateGuard authors
#pragma once

#include "engine/Snapshot.h"
#include "widgets/Card.h"
#include "widgets/TextLabel.h"

namespace rateguard {

// The connection at a glance: a symbol, its colour, and words. While the picture stands still, which PauseControl says, a live
// connection is only named.
class ConnectionPill : public Card
{
    Q_OBJECT

public:
    explicit ConnectionPill(QWidget *parent);

    void apply(const LinkStatus &link);
    void setStill(bool still); // the picture is not of now

protected:
    void changeEvent(QEvent *event) override;

private:
    void display();
    void colour();

    LinkStatus m_link;
    bool m_still = false;
    TextLabel *m_symbol;
    TextLabel *m_text;
    Ink m_ink = Ink::Muted;
};

} // namespace rateguard
