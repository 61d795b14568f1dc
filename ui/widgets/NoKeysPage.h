// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The RateGuard authors
#pragma once

#include <QWidget>

namespace rateguard {

class TextLabel;

// In place of the key table while no request has ever come: what to do about that.
class NoKeysPage : public QWidget
{
    Q_OBJECT

public:
    explicit NoKeysPage(QWidget *parent);

    void setEndpoint(const std::string &endpoint); // of the Redis that traffic could be made on

private:
    TextLabel *m_simulate;
};

} // namespace rateguard
