// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The RateGuard authors
#pragma once

#include <QAbstractButton>

namespace rateguard {

// One page's entry in the rail: its name, a stripe when it is shown, a figure when it has news. Arrows switch, Enter goes in;
// Space is left to the window.
class RailButton : public QAbstractButton
{
    Q_OBJECT

public:
    RailButton(const QString &text, QWidget *parent);

    void setBadge(std::uint64_t count, const QString &what, bool urgent);
    QSize sizeHint() const override;

signals:
    void entered(); // Enter: what it leads to is wanted, and the focus in it

protected:
    void keyPressEvent(QKeyEvent *event) override;
    void paintEvent(QPaintEvent *event) override;
    void enterEvent(QEnterEvent *event) override;
    void leaveEvent(QEvent *event) override;

private:
    QString m_badge;
    bool m_urgent = false;
};

} // namespace rateguard
