// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The RateGuard authors
#include "dashboard/TrayIcon.h"

#include <QApplication>
#include <QSystemTrayIcon>

namespace rateguard {

TrayIcon::TrayIcon(QObject *parent, std::chrono::milliseconds stay) : QObject(parent), m_icon(new QSystemTrayIcon(QApplication::windowIcon(), this))
{
    m_message.setSingleShot(true);
    m_message.setInterval(stay);
    connect(&m_message, &QTimer::timeout, this, &TrayIcon::show);
    connect(m_icon, &QSystemTrayIcon::activated, this, &TrayIcon::activated);
    connect(m_icon, &QSystemTrayIcon::messageClicked, this, &TrayIcon::activated);
}

void TrayIcon::setFiring(int rules)
{
    m_firing = rules;
    m_icon->setToolTip(rules == 0   ? QString()
                       : rules == 1 ? tr("RateGuard: 1 alert is firing")
                                    : tr("RateGuard: %1 alerts are firing").arg(rules));
    show();
}

void TrayIcon::tell(const QString &title, const QString &text)
{
    m_message.start();
    show();
    m_icon->showMessage(title, text, QSystemTrayIcon::Warning);
}

bool TrayIcon::isShown() const
{
    return m_icon->isVisible();
}

void TrayIcon::show()
{
    m_icon->setVisible(m_firing > 0 || m_message.isActive());
}

} // namespace rateguard
