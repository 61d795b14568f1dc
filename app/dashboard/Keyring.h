// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The RateGuard authors
#pragma once

#include <QObject>

#include <functional>
#include <optional>

namespace rateguard {

// The passwords of saved connections, in the keyring of the desktop (Secret Service or KWallet), and nowhere else: without a
// keyring nothing is kept. For the GUI thread; never blocks; a locked keyring asks
// the operator itself. Callbacks come later, and not after the end of this object.
class Keyring : public QObject
{
    Q_OBJECT

public:
    // `trouble`: why the keyring could not be asked and what now; empty when it answered.
    using ReadCallback = std::function<void(const std::optional<QString> &password, const QString &trouble)>;
    using Callback = std::function<void(const QString &trouble)>;

    using QObject::QObject;

    void read(const QString &key, ReadCallback done);
    void write(const QString &key, const QString &password, Callback done);
    void forget(const QString &key, Callback done); // one that is not there is forgotten, too
};

} // namespace rateguard
