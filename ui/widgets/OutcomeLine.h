// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The RateGuard authors
#pragma once

#include "engine/OverrideEdit.h"
#include "widgets/Card.h"

namespace rateguard {

class TextLabel;

// What became of an edit. Each outcome has a look of its own: sent, applied, conflict, refused, unknown.
class OutcomeLine : public Card
{
    Q_OBJECT

public:
    // Tests and screen readers know it by these.
    OutcomeLine(const QString &objectName, const QString &description, QWidget *parent);

    void display(const EditOutcome &outcome);
    void display(const OverrideOutcome &outcome, const QString &text);
    void clear();

protected:
    void changeEvent(QEvent *event) override;

private:
    void display(EditOutcome::Status status, const QString &text);
    void colour();

    TextLabel *m_text;
    EditOutcome::Status m_status = EditOutcome::Status::Pending;
};

} // namespace rateguard
