// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The RateGuard authors
#pragma once

#include <QObject>
#include <QTimer>

#include <chrono>

class QSystemTrayIcon;

namespace rateguard {

// The icon in the tray: there while any rule fires, and, since a message needs an icon to come from, as long as one is shown.
class TrayIcon : public QObject
{
    Q_OBJECT

public:
    // `stay`: how long a message is seen; desktops take the icon's going for its end.
    explicit TrayIcon(QObject *parent, std::chrono::milliseconds stay = std::chrono::seconds(15));

    void setFiring(int rules);
    void tell(const QString &title, const QString &text);
    bool isShown() const;

signals:
    void activated();

private:
    void show();

    QSystemTrayIcon *m_icon;
    QTimer m_message; // runs while one is shown
    int m_firing = 0;
};

} // namespace rateguard
