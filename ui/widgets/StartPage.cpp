// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The RateGuard authors
#include "widgets/StartPage.h"

#include "format/Text.h"
#include "widgets/CheckList.h"
#include "widgets/LoginFields.h"
#include "widgets/PlaceList.h"
#include "widgets/QuickConnect.h"
#include "widgets/TextLabel.h"

#include <QHBoxLayout>

namespace rateguard {

StartPage::StartPage(const QString &url, QWidget *parent)
    : QWidget(parent),
      m_list(new PlaceList(this)),
      m_quick(new QuickConnect(url, this)),
      m_editor(new PlaceEditor(this)),
      m_checks(new CheckList(this))
{
    arrange();
    wire();
    showEditor(false);
}

void StartPage::arrange()
{
    auto *title = new TextLabel(tr("RateGuard"), Ink::Normal, this);
    title->setScale(2.0, true);
    auto *what = new TextLabel(tr("Watches a sliding-window rate limiter in Redis, decision by decision, and edits its limits while "
                                  "services run."),
                               Ink::Muted, this);
    what->setWordWrap(true);
    auto *left = new QVBoxLayout;
    left->setSpacing(8);
    left->addWidget(title);
    left->addWidget(what);
    left->addSpacing(6);
    left->addWidget(m_list, 1);
    auto *right = new QVBoxLayout;
    right->setSpacing(10);
    right->addWidget(m_quick);
    right->addWidget(m_editor);
    right->addWidget(m_checks);
    right->addStretch(1);
    m_list->setMinimumWidth(340);
    m_quick->setMinimumWidth(540);
    m_editor->setMinimumWidth(540);

    auto *body = new QWidget(this);
    auto *row = new QHBoxLayout(body);
    row->setContentsMargins(0, 0, 0, 0);
    row->setSpacing(16);
    row->addLayout(left, 2);
    row->addLayout(right, 3);
    body->setMaximumSize(1080, 720);
    auto *centre = new QHBoxLayout(this);
    centre->setContentsMargins(24, 16, 24, 12);
    centre->addStretch(1);
    centre->addWidget(body, 1000);
    centre->addStretch(1);
}

void StartPage::wire()
{
    connect(m_quick, &QuickConnect::connectRequested, m_checks, &CheckList::hide);
    connect(m_quick, &QuickConnect::connectRequested, this, &StartPage::connectRequested);
    connect(m_quick, &QuickConnect::testRequested, this, &StartPage::test);
    connect(m_quick, &QuickConnect::saveRequested, this, [this](Place place) {
        place.url = withoutSecret(place.url);
        edit(place);
    });
    connect(m_quick, &QuickConnect::demoRequested, this, &StartPage::demoRequested);
    connect(m_quick, &QuickConnect::cancelled, this, &StartPage::cancelled);
    connect(m_list, &PlaceList::opened, this, [this](const Place &place) {
        stopEditing();
        m_checks->hide();
        emit connectRequested(place, {});
    });
    connect(m_list, &PlaceList::newRequested, this, [this] { edit({}); });
    connect(m_list, &PlaceList::editRequested, this, &StartPage::edit);
    connect(m_list, &PlaceList::testRequested, this, [this](const Place &place) { test(place, {}); });
    connect(m_list, &PlaceList::removeRequested, this, [this](const Place &place) {
        stopEditing();
        emit removeRequested(place);
    });
    connect(m_editor, &PlaceEditor::cancelled, this, &StartPage::stopEditing);
    connect(m_editor, &PlaceEditor::testRequested, this, &StartPage::test);
    connect(m_editor, &PlaceEditor::saved, this, [this](const Place &place, const TypedPassword &password) {
        stopEditing();
        emit saveRequested(place, password);
    });
    connect(m_checks, &CheckList::closed, this, &StartPage::testCancelled);
}

void StartPage::setAddressProblem(AddressProblem problem)
{
    m_editor->setAddressProblem(std::move(problem));
}

void StartPage::setCancellable(bool cancellable)
{
    m_quick->setCancellable(cancellable);
}

void StartPage::takeFocus()
{
    if (m_list->isEmpty())
        m_quick->takeFocus();
    else
        m_list->takeFocus();
}

void StartPage::forgetSecret()
{
    m_quick->forgetSecret();
    m_editor->login()->forget();
}

void StartPage::showError(const QString &error)
{
    stopEditing();
    m_quick->showError(error);
}

void StartPage::showConnecting(const QString &where)
{
    m_quick->showConnecting(where);
}

void StartPage::showPlaces(const std::vector<Place> &places, const QString &trouble)
{
    m_list->show(places, trouble);
}

void StartPage::selectPlace(const QString &id)
{
    m_list->select(id);
}

void StartPage::showRecent(const QStringList &urls)
{
    m_quick->setRecent(urls);
}

void StartPage::showKeyringTrouble(const QString &trouble)
{
    m_quick->login()->setKeyringTrouble(trouble);
    m_editor->login()->setKeyringTrouble(trouble);
}

void StartPage::askPassword(const Place &place, const QString &reason)
{
    stopEditing();
    m_quick->askPassword(place, reason);
}

void StartPage::showStep(const ConnectionStep &step)
{
    m_checks->show(step);
}

void StartPage::showTested(bool passed)
{
    m_checks->end(passed);
}

void StartPage::edit(const Place &place)
{
    QStringList taken;
    for (const Place &other : m_list->places()) {
        if (other.id != place.id)
            taken << other.name;
    }
    m_checks->hide();
    m_editor->setTakenNames(taken);
    showEditor(true);
    m_editor->edit(place);
}

void StartPage::stopEditing()
{
    if (m_editor->isHidden())
        return;
    m_editor->login()->forget();
    m_checks->hide();
    emit testCancelled();
    showEditor(false);
    takeFocus();
}

void StartPage::showEditor(bool shown)
{
    m_editor->setVisible(shown);
    m_quick->setVisible(!shown);
}

void StartPage::test(const Place &place, const TypedPassword &password)
{
    m_checks->begin(displayText((place.isSaved() ? place.name : withoutSecret(place.url)).toStdString(), 60));
    emit testRequested(place, password);
}

} // namespace rateguard
