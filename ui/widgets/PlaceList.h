// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The RateGuard authors
#pragma once

#include "models/Place.h"
#include "widgets/Card.h"

#include <vector>

class QListWidget;
class QListWidgetItem;
class QPushButton;

namespace rateguard {

class TextLabel;

// The saved connections, and what can be done with them.
class PlaceList : public Card
{
    Q_OBJECT

public:
    explicit PlaceList(QWidget *parent);

    void show(const std::vector<Place> &places, const QString &trouble); // trouble: what could not be read, as plain text
    void select(const QString &id);
    bool isEmpty() const;
    std::vector<Place> places() const;
    void takeFocus();

signals:
    void opened(const rateguard::Place &place);
    void newRequested();
    void editRequested(const rateguard::Place &place);
    void testRequested(const rateguard::Place &place);
    void removeRequested(const rateguard::Place &place); // confirmed

private:
    std::optional<Place> current() const;
    void open(QListWidgetItem *item);
    void askToRemove();
    void enable();

    QListWidget *m_list;
    TextLabel *m_empty;
    TextLabel *m_trouble;
    QPushButton *m_edit;
    QPushButton *m_test;
    QPushButton *m_remove;
};

} // namespace rateguard
