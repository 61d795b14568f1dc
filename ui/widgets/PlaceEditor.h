// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The RateGuard authors
#pragma once

#include "models/Place.h"
#include "widgets/Card.h"

#include <QStringList>

#include <functional>

class QCheckBox;
class QComboBox;
class QLineEdit;
class QPushButton;

namespace rateguard {

class LoginFields;
class TextLabel;

// What is wrong with an address; empty: nothing. The window knows no Redis, so who makes it hands this in.
using AddressProblem = std::function<QString(const QString &url)>;

// The form of a saved connection, with what is wrong beside each field as it is typed.
class PlaceEditor : public Card
{
    Q_OBJECT

public:
    explicit PlaceEditor(QWidget *parent);

    void setAddressProblem(AddressProblem problem) { m_addressProblem = std::move(problem); }
    void setTakenNames(const QStringList &names) { m_takenNames = names; } // of the other connections
    LoginFields *login() const { return m_login; }
    void edit(const Place &place); // without an id: a new one

signals:
    void saved(const rateguard::Place &place, const rateguard::TypedPassword &password);
    void testRequested(const rateguard::Place &place, const rateguard::TypedPassword &password);
    void cancelled();

protected:
    void keyPressEvent(QKeyEvent *event) override;

private:
    void arrange();
    void check();
    void submit();
    Place draft() const;
    QString nameProblem() const;
    QString addressProblem() const;

    AddressProblem m_addressProblem;
    QStringList m_takenNames;
    Place m_place;

    TextLabel *m_title;
    QLineEdit *m_name;
    TextLabel *m_nameNote;
    QLineEdit *m_url;
    TextLabel *m_urlNote;
    LoginFields *m_login;
    QComboBox *m_environment;
    QCheckBox *m_readOnly;
    QPushButton *m_save;
    QPushButton *m_test;
};

} // namespace rateguard
