// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The RateGuard authors
#pragma once

#include "models/Place.h"

#include <QWidget>

class QCheckBox;
class QLineEdit;

namespace rateguard {

class TextLabel;

// Who logs in: user, masked password, and whether the keyring keeps it.
class LoginFields : public QWidget
{
    Q_OBJECT

public:
    explicit LoginFields(QWidget *parent);

    // With nothing typed. `isNeeded`: Redis has asked for the password.
    void show(const Place &place, bool isNeeded = false);
    void setSameAddress(bool same); // as the place that was shown: else the password kept for that is not for this
    void setKeepable(bool keepable); // the password belongs to something that is or will be saved
    void setKeyringTrouble(const QString &trouble); // why there is none, as plain text; empty: it works
    void fill(Place &place) const;
    TypedPassword password() const;
    void forget(); // what was typed
    void focusPassword();

signals:
    void submitted(); // with Enter
    void changed();

private:
    void enable();

    QLineEdit *m_user;
    QLineEdit *m_password;
    QCheckBox *m_keep;
    TextLabel *m_note;
    bool m_keepable = false;
    bool m_isKept = false; // one is in the keyring now
    bool m_isSameAddress = true;
    QString m_shownUser;
    bool m_isNeeded = false;
    QString m_trouble;
};

} // namespace rateguard
