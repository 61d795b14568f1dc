// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The RateGuard authors
#pragma once

#include "engine/LimitEdit.h"
#include "widgets/Card.h"

namespace rateguard {

class TextLabel;

// What became of an edit. Each outcome has a look of its own: sent, applied, conflict, refused, unknown.
class OutcomeLine : public Card
{
    Q_OBJECT

public:
    explicit OutcomeLine(QWidget *parent, const QString &name = QStringLiteral("outcomeLabel")); // of the label

    void display(const EditOutcome &outcome);
    void display(EditOutcome::Status status, const QString &text); // of another kind of edit, in its own words
    void clear();

protected:
    void changeEvent(QEvent *event) override;

private:
    void colour();

    TextLabel *m_text;
    EditOutcome::Status m_status = EditOutcome::Status::Pending;
};

} // namespace rateguard
