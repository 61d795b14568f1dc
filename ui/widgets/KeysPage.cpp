// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The RateGuard authors
#include "widgets/KeysPage.h"

#include "widgets/KeyPanel.h"
#include "widgets/TrafficPanel.h"

#include <QSplitter>
#include <QVBoxLayout>

namespace rateguard {

KeysPage::KeysPage(QWidget *parent) : QWidget(parent), m_traffic(new TrafficPanel(this)), m_keys(new KeyPanel(this))
{
    setFocusProxy(m_keys);
    auto *split = new QSplitter(Qt::Vertical, this);
    split->setObjectName(QStringLiteral("keysSplit"));
    split->addWidget(m_traffic);
    split->addWidget(m_keys);
    split->setStretchFactor(0, 2);
    split->setStretchFactor(1, 3);
    split->setChildrenCollapsible(false);
    split->setHandleWidth(8);
    auto *frame = new QVBoxLayout(this);
    frame->setContentsMargins(0, 0, 0, 0);
    frame->addWidget(split);
}

void KeysPage::apply(const Snapshot &snapshot, std::optional<Instant> still)
{
    m_keys->apply(snapshot, still);
    m_traffic->apply(snapshot, still);
}

} // namespace rateguard
