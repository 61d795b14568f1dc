// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The RateGuard authors
#pragma once

#include "models/RestoreFailures.h"
#include "models/StepSize.h"
#include "widgets/Card.h"

class QPushButton;

namespace rateguard {

class TextLabel;

// Trouble, said once and where it cannot be missed: what happened, what to do, and the button for it. Hidden otherwise.
class Banner : public Card
{
    Q_OBJECT

public:
    Banner(bool readOnly, QWidget *parent);

    void apply(const Snapshot &snapshot);
    void setEnvironment(Environment environment);

signals:
    void restoreRequested(const std::vector<std::string> &policies); // none: the lost limits are to be forgotten
    void connectPageRequested();

protected:
    void changeEvent(QEvent *event) override;

private:
    enum class Kind { None, Warning, Danger };
    void restore(); // after a question by the rule of StepSize
    StepSize size() const; // of that
    void label(); // dots where something is asked
    QString namesText() const; // of the lost limits
    void offer(const LinkStatus &link); // the buttons
    void say(Kind kind, const QString &text);
    void colour();
    QString lostText() const;

    TextLabel *m_symbol;
    TextLabel *m_text;
    QPushButton *m_restore;
    QPushButton *m_dismiss;
    QPushButton *m_connect;
    std::vector<std::string> m_lost;
    RestoreFailures m_failures;
    Kind m_kind = Kind::None;
    bool m_readOnly;
    Environment m_environment = Environment::Unmarked;
};

} // namespace rateguard
