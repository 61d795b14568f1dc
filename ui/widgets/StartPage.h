// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The RateGuard authors
#pragma once

#include "engine/ConnectionStep.h"
#include "widgets/PlaceEditor.h"

namespace rateguard {

class CheckList;
class PlaceList;
class QuickConnect;

// What the window shows before a server is chosen: the saved connections beside the way to another one, and the form that
// edits them. Keeps nothing itself; a password leaves it with the signal that needs it and is forgotten here.
class StartPage : public QWidget
{
    Q_OBJECT

public:
    StartPage(const QString &url, QWidget *parent);

    void setAddressProblem(AddressProblem problem);
    void setCancellable(bool cancellable);
    void takeFocus(); // on the list where there is one, else on the address
    void forgetSecret(); // a password that was typed is not to be read later
    void showError(const QString &error); // plain text; empty: none
    void showConnecting(const QString &where); // plain text; empty: not now
    void showPlaces(const std::vector<Place> &places, const QString &trouble);
    void selectPlace(const QString &id);
    void showRecent(const QStringList &urls);
    void showKeyringTrouble(const QString &trouble); // why no password is kept; empty: the keyring works
    void askPassword(const Place &place, const QString &reason); // `reason` as plain text
    void showStep(const ConnectionStep &step); // of the test that was asked for
    void showTested(bool passed);

signals:
    void connectRequested(const rateguard::Place &place, const rateguard::TypedPassword &password);
    void testRequested(const rateguard::Place &place, const rateguard::TypedPassword &password);
    void testCancelled();
    void saveRequested(const rateguard::Place &place, const rateguard::TypedPassword &password);
    void removeRequested(const rateguard::Place &place);
    void demoRequested();
    void cancelled();

private:
    void arrange();
    void wire();
    void edit(const Place &place);
    void stopEditing();
    void showEditor(bool shown); // else the way to another one
    void test(const Place &place, const TypedPassword &password);

    PlaceList *m_list;
    QuickConnect *m_quick;
    PlaceEditor *m_editor;
    CheckList *m_checks;
};

} // namespace rateguard
