// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The RateGuard authors
#pragma once

#include <QWidget>

class QLineEdit;
class QPushButton;

namespace rateguard {

class TextLabel;

// What the window shows before a server is chosen.
class StartPage : public QWidget
{
    Q_OBJECT

public:
    StartPage(const QString &url, QWidget *parent);

    void setCancellable(bool cancellable);
    void focusUrl();
    void forgetSecret(); // a password that was typed is not to be read later
    void showError(const QString &error); // plain text; empty: none

signals:
    void connectRequested(const QString &url);
    void demoRequested();
    void cancelled();

private:
    void submit();

    QLineEdit *m_url;
    TextLabel *m_error;
    QPushButton *m_cancel;
};

} // namespace rateguard
