// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The RateGuard authors
#include "widgets/LoginFields.h"

#include "widgets/TextLabel.h"

#include <QCheckBox>
#include <QGridLayout>
#include <QLineEdit>

namespace rateguard {

LoginFields::LoginFields(QWidget *parent)
    : QWidget(parent),
      m_user(new QLineEdit(this)),
      m_password(new QLineEdit(this)),
      m_keep(new QCheckBox(tr("Remember in the keyring"), this)),
      m_note(new TextLabel({}, Ink::Muted, this))
{
    m_user->setObjectName(QStringLiteral("userEdit"));
    m_user->setAccessibleName(tr("User"));
    m_user->setPlaceholderText(tr("default"));
    m_user->setMaxLength(200);
    m_password->setObjectName(QStringLiteral("passwordEdit"));
    m_password->setAccessibleName(tr("Password"));
    m_password->setEchoMode(QLineEdit::Password);
    m_password->setMaxLength(512);
    m_keep->setObjectName(QStringLiteral("keepPasswordBox"));
    m_note->setObjectName(QStringLiteral("keyringNote"));
    m_note->setScale(0.9);
    m_note->setWordWrap(true);
    auto *grid = new QGridLayout(this);
    grid->setContentsMargins(0, 0, 0, 0);
    grid->setHorizontalSpacing(10);
    grid->setVerticalSpacing(4);
    grid->addWidget(new TextLabel(tr("User"), Ink::Muted, this), 0, 0);
    grid->addWidget(new TextLabel(tr("Password"), Ink::Muted, this), 0, 1);
    grid->addWidget(m_user, 1, 0);
    grid->addWidget(m_password, 1, 1);
    grid->addWidget(m_keep, 2, 1);
    grid->addWidget(m_note, 3, 0, 1, 2);
    grid->setColumnStretch(0, 2);
    grid->setColumnStretch(1, 3);
    connect(m_user, &QLineEdit::textEdited, this, &LoginFields::changed);
    connect(m_user, &QLineEdit::textEdited, this, &LoginFields::enable);
    connect(m_password, &QLineEdit::textEdited, this, &LoginFields::changed);
    connect(m_keep, &QCheckBox::toggled, this, &LoginFields::enable);
    connect(m_user, &QLineEdit::returnPressed, this, &LoginFields::submitted);
    connect(m_password, &QLineEdit::returnPressed, this, &LoginFields::submitted);
    enable();
}

void LoginFields::show(const Place &place, bool isNeeded)
{
    m_isNeeded = isNeeded;
    m_user->setText(place.user);
    m_shownUser = place.user;
    m_isSameAddress = true;
    m_password->clear();
    m_password->setModified(false);
    m_isKept = place.isSaved() && place.keepsPassword;
    m_keep->setChecked(place.keepsPassword);
    enable();
}

void LoginFields::setSameAddress(bool same)
{
    m_isSameAddress = same;
    enable();
}

void LoginFields::setKeepable(bool keepable)
{
    m_keepable = keepable;
    enable();
}

void LoginFields::setKeyringTrouble(const QString &trouble)
{
    m_trouble = trouble;
    enable();
}

void LoginFields::enable()
{
    m_keep->setVisible(m_keepable);
    m_keep->setEnabled(m_trouble.isEmpty());
    if (!m_trouble.isEmpty())
        m_keep->setChecked(false);
    m_note->setText(m_trouble);
    m_note->setVisible(m_keepable && !m_trouble.isEmpty());
    const bool isKept = m_isKept && m_isSameAddress && m_user->text().trimmed() == m_shownUser && m_keep->isChecked() && m_trouble.isEmpty();
    m_password->setPlaceholderText(m_isNeeded || !m_keepable ? QString()
                                   : isKept                  ? tr("unchanged, in the keyring")
                                   : m_keep->isChecked()     ? tr("kept in the keyring")
                                                             : tr("asked for when needed"));
}

void LoginFields::fill(Place &place) const
{
    place.user = m_user->text().trimmed();
    place.keepsPassword = m_keepable && (m_trouble.isEmpty() ? m_keep->isChecked() : m_isKept); // trouble passes
}

TypedPassword LoginFields::password() const
{
    return m_password->isModified() || !m_password->text().isEmpty() ? TypedPassword(m_password->text()) : std::nullopt;
}

void LoginFields::forget()
{
    m_password->clear();
    m_password->setModified(false);
}

void LoginFields::focusPassword()
{
    m_password->setFocus();
    m_password->selectAll();
}

} // namespace rateguard
