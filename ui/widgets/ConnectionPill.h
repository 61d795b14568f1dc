// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The RateGuard authors
#pragma once

#include "engine/Snapshot.h"
#include "widgets/Card.h"
#include "widgets/TextLabel.h"

namespace rateguard {

// The connection at a glance: a symbol, its colour, and words. A live connection is not called so while the picture stands still.
class ConnectionPill : public Card
{
    Q_OBJECT

public:
    explicit ConnectionPill(QWidget *parent);

    void apply(const LinkStatus &link);
    void setBehind(std::optional<std::chrono::milliseconds> behind); // nothing: the picture is of now

protected:
    void changeEvent(QEvent *event) override;

private:
    void display();
    void colour();

    LinkStatus m_link;
    std::optional<std::chrono::milliseconds> m_behind;
    TextLabel *m_symbol;
    TextLabel *m_text;
    Ink m_ink = Ink::Muted;
};

} // namespace rateguard
