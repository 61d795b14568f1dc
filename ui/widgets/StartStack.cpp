// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The RateGuard authors
#include "widgets/StartStack.h"

#include "format/Text.h"
#include "widgets/StartPage.h"

namespace rateguard {

StartStack::StartStack(const QString &url, QWidget *parent) : QStackedWidget(parent), m_page(new StartPage(url, this))
{
    addWidget(m_page);
    connect(m_page, &StartPage::cancelled, this, [this] {
        m_choosing = false;
        showDashboard(true);
    });
}

void StartStack::setDashboard(QWidget *dashboard)
{
    m_dashboard = dashboard;
    addWidget(dashboard);
}

void StartStack::open()
{
    m_choosing = true;
    m_page->setCancellable(m_link.state != LinkState::Idle);
    showDashboard(false);
    m_page->takeFocus();
}

void StartStack::choose(const Place &watched)
{
    m_page->forgetSecret();
    open();
    if (m_link.state == LinkState::Refused && m_link.asksPassword)
        m_page->askPassword(watched, displayText(m_link.detail, 400));
}

void StartStack::askPassword(const Place &place, const QString &reason)
{
    open();
    m_page->askPassword(place, reason);
}

void StartStack::showError(const QString &error)
{
    open();
    m_page->showError(error);
}

void StartStack::leave()
{
    m_choosing = false;
}

void StartStack::apply(const LinkStatus &link)
{
    m_link = link;
    // Who just chose a place stays there until it is known what becomes of it.
    const bool begins = link.state == LinkState::Connecting && link.neverReached && isStarting();
    m_page->showConnecting(begins ? displayText(link.endpoint, 80) : QString());
    showDashboard(link.state != LinkState::Idle && !m_choosing && !begins);
}

void StartStack::showDashboard(bool shown)
{
    const bool opens = shown && isStarting();
    setCurrentWidget(shown ? m_dashboard : m_page);
    emit watching(shown);
    if (opens)
        emit opened();
}

} // namespace rateguard
