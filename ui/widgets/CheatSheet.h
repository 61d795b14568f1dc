// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The RateGuard authors
#pragma once

#include <QDialog>

namespace rateguard {

// Every key of the window on one sheet. Does not stop the window; Escape closes it.
class CheatSheet : public QDialog
{
    Q_OBJECT

public:
    explicit CheatSheet(QWidget *parent);

private:
    QWidget *section(const QString &title, const QList<std::pair<QString, QString>> &keys);
};

} // namespace rateguard
