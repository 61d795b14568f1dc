// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The RateGuard authors
#pragma once

#include "engine/Snapshot.h"
#include "models/DraftBook.h"
#include "models/UndoOffer.h"

#include <QWidget>

class QPushButton;

namespace rateguard {

class DiffView;
class EffectNote;
class LimitFields;
class OutcomeLine;
class OvertakenNotice;
class TextLabel;
class UnsetNotice;

// What the editor of a limit looks like: shows a draft with all that is to be said about it, and says what the operator wants.
class LimitForm : public QWidget
{
    Q_OBJECT

public:
    LimitForm(bool readOnly, QWidget *parent);

    void watch(const Snapshot &snapshot); // figures and history
    void setEnvironment(Environment environment) { m_environment = environment; }
    void display(const LimitDraft *draft, const DraftBook &drafts); // null: no policy is chosen
    void readInto(LimitDraft &draft) const;
    void focusName();
    void focusLimit();
    void askUnset(const QString &policy);
    void hideQuestion();
    bool isAsking() const;
    bool mayApply() const;
    bool mayUnset() const;
    const UndoOffer &undo() const { return m_offer; }
    QWidget *outcome() const;

signals:
    void edited(); // the operator changed a field
    void applyRequested();
    void discardRequested();
    void undoRequested();
    void undoOffered(const rateguard::UndoOffer &offer); // another one than before
    void unsetRequested();
    void unsetConfirmed();
    void takeTheirs();
    void keepMine();

private:
    void setUp();
    void arrange();
    void listen();
    void displayNothing(const DraftBook &drafts);
    void displayButtons(const LimitDraft &mine, const DraftBook &drafts);
    void offerUndo(const UndoOffer &offer);
    void displayUndo(const LimitDraft &mine, const QString &barrier);

    bool m_readOnly;
    Environment m_environment = Environment::Unmarked;
    std::shared_ptr<const EditHistory> m_history;
    UndoOffer m_offer;

    TextLabel *m_title;
    QPushButton *m_unset;
    UnsetNotice *m_question;
    LimitFields *m_fields;
    DiffView *m_diff;
    EffectNote *m_effect;
    OvertakenNotice *m_overtaken;
    TextLabel *m_hint;
    QPushButton *m_undo;
    QPushButton *m_discard;
    QPushButton *m_apply;
    OutcomeLine *m_outcome;
};

} // namespace rateguard
