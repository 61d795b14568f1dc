// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The RateGuard authors
#pragma once

#include <QObject>
#include <QString>

#include <vector>

namespace rateguard {

class TrayIcon;

// Tells people who look elsewhere: through the notification service of the desktop (org.freedesktop.Notifications), or, where
// there is none, through the icon in the tray. Where there is neither, nothing happens; the window says it anyway.
// Never waits for the bus. All texts are plain, and cut.
class Notifier : public QObject
{
    Q_OBJECT

public:
    explicit Notifier(QObject *parent = nullptr);
    ~Notifier() override;

    static constexpr std::size_t mostTold = 20;
    static constexpr int mostTitle = 100; // characters
    static constexpr int mostText = 500;

public slots:
    void tell(const QString &title, const QString &text);
    void setFiring(int rules); // the tray shows an icon while any rule fires

signals:
    void activated(); // someone clicked what was told

private slots:
    void actionInvoked(uint id, const QString &action); // by the service

private:
    struct Abilities
    {
        bool markup = false; // the body may hold it, so what looks like it must be escaped
        bool actions = false;
    };
    void listen(); // for clicks
    void send(const QString &title, const QString &text, Abilities abilities);
    void remember(uint id);
    void showInTray(const QString &title, const QString &text);

    bool m_listening = false;
    std::vector<uint> m_told; // ids of our latest notifications, any of which may be clicked
    TrayIcon *m_tray = nullptr; // null: the desktop has no tray
};

} // namespace rateguard
