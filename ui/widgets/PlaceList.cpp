// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The RateGuard authors
#include "widgets/PlaceList.h"

#include "format/Text.h"
#include "widgets/PlaceDelegate.h"
#include "widgets/TextLabel.h"

#include <QHBoxLayout>
#include <QListWidget>
#include <QMessageBox>
#include <QPushButton>
#include <QShortcut>

namespace rateguard {

PlaceList::PlaceList(QWidget *parent)
    : Card(parent),
      m_list(new QListWidget(this)),
      m_empty(new TextLabel(tr("Nothing is saved yet. A saved connection opens with Enter, can keep its password in the keyring, and "
                               "is marked as production or test, so that you never mistake one for the other."),
                            Ink::Muted, this)),
      m_trouble(new TextLabel({}, Ink::Warning, this)),
      m_edit(new QPushButton(tr("Edit…"), this)),
      m_test(new QPushButton(tr("Test"), this)),
      m_remove(new QPushButton(tr("Delete…"), this))
{
    auto *title = new TextLabel(tr("Saved connections"), Ink::Normal, this);
    title->setScale(1.1, true);
    m_list->setObjectName(QStringLiteral("placeList"));
    m_list->setAccessibleName(tr("Saved connections"));
    m_list->setItemDelegate(new PlaceDelegate(m_list));
    m_list->setFrameShape(QFrame::NoFrame);
    m_list->setSpacing(1);
    m_list->setUniformItemSizes(true);
    m_list->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    m_empty->setWordWrap(true);
    m_empty->setAlignment(Qt::AlignTop);
    m_trouble->setWordWrap(true);
    m_trouble->setObjectName(QStringLiteral("bookTrouble"));
    auto *add = new QPushButton(tr("New…"), this);
    add->setObjectName(QStringLiteral("newPlaceButton"));
    m_edit->setObjectName(QStringLiteral("editPlaceButton"));
    m_test->setObjectName(QStringLiteral("testPlaceButton"));
    m_test->setToolTip(tr("Goes the whole way to this Redis, step by step, and writes nothing."));
    m_remove->setObjectName(QStringLiteral("deletePlaceButton"));

    auto *buttons = new QHBoxLayout;
    buttons->setSpacing(6);
    for (QPushButton *button : {add, m_edit, m_test, m_remove}) {
        button->setMinimumWidth(40);
        buttons->addWidget(button, 1);
    }
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(14, 14, 14, 14);
    column->setSpacing(10);
    column->addWidget(title);
    column->addWidget(m_empty, 1);
    column->addWidget(m_list, 1);
    column->addWidget(m_trouble);
    column->addLayout(buttons);

    connect(m_list, &QListWidget::itemActivated, this, &PlaceList::open);
    connect(m_list, &QListWidget::currentItemChanged, this, &PlaceList::enable);
    connect(add, &QPushButton::clicked, this, &PlaceList::newRequested);
    connect(m_edit, &QPushButton::clicked, this, [this] {
        if (const auto place = current())
            emit editRequested(*place);
    });
    connect(m_test, &QPushButton::clicked, this, [this] {
        if (const auto place = current())
            emit testRequested(*place);
    });
    connect(m_remove, &QPushButton::clicked, this, &PlaceList::askToRemove);
    auto *del = new QShortcut(QKeySequence(Qt::Key_Delete), m_list, nullptr, nullptr, Qt::WidgetShortcut);
    connect(del, &QShortcut::activated, this, &PlaceList::askToRemove);
    show({}, {});
}

void PlaceList::show(const std::vector<Place> &places, const QString &trouble)
{
    const auto before = current();
    m_list->clear();
    for (const Place &place : places) {
        auto *item = new QListWidgetItem(m_list);
        item->setData(PlaceDelegate::PlaceRole, QVariant::fromValue(place));
        QStringList words {displayText(place.name.toStdString(), 80), displayText(place.url.toStdString(), 200), environmentName(place.environment)};
        if (place.readOnly)
            words << tr("read-only");
        words.removeAll({});
        item->setData(Qt::AccessibleTextRole, words.join(QStringLiteral(", ")));
        item->setToolTip(plainToolTip(words.join(QLatin1Char('\n'))));
    }
    m_list->setVisible(!places.empty());
    m_empty->setVisible(places.empty());
    m_trouble->setText(trouble);
    m_trouble->setVisible(!trouble.isEmpty());
    m_list->setCurrentRow(0);
    if (before)
        select(before->id);
    enable();
}

void PlaceList::select(const QString &id)
{
    for (int row = 0; row < m_list->count(); ++row) {
        if (m_list->item(row)->data(PlaceDelegate::PlaceRole).value<Place>().id == id)
            m_list->setCurrentRow(row);
    }
}

bool PlaceList::isEmpty() const
{
    return m_list->count() == 0;
}

std::vector<Place> PlaceList::places() const
{
    std::vector<Place> all;
    for (int row = 0; row < m_list->count(); ++row)
        all.push_back(m_list->item(row)->data(PlaceDelegate::PlaceRole).value<Place>());
    return all;
}

void PlaceList::takeFocus()
{
    m_list->setFocus();
}

std::optional<Place> PlaceList::current() const
{
    const QListWidgetItem *item = m_list->currentItem();
    return item ? std::optional(item->data(PlaceDelegate::PlaceRole).value<Place>()) : std::nullopt;
}

void PlaceList::open(QListWidgetItem *item)
{
    emit opened(item->data(PlaceDelegate::PlaceRole).value<Place>());
}

void PlaceList::askToRemove()
{
    const auto place = current();
    if (!place)
        return;
    auto *question = new QMessageBox(QMessageBox::Question, tr("Delete a connection"),
                                     tr("Delete the saved connection %1?").arg(displayText(place->name.toStdString(), 80)), QMessageBox::Cancel, this);
    question->setObjectName(QStringLiteral("deleteQuestion"));
    question->setTextFormat(Qt::PlainText);
    question->setInformativeText(place->keepsPassword ? tr("Its password is taken out of the keyring, too. Nothing happens to the Redis itself.")
                                                      : tr("Nothing happens to the Redis itself."));
    question->setAttribute(Qt::WA_DeleteOnClose);
    QPushButton *yes = question->addButton(tr("Delete"), QMessageBox::DestructiveRole);
    question->setDefaultButton(QMessageBox::Cancel);
    connect(yes, &QPushButton::clicked, this, [this, gone = *place] { emit removeRequested(gone); });
    question->open();
}

void PlaceList::enable()
{
    for (QPushButton *button : {m_edit, m_test, m_remove})
        button->setEnabled(m_list->currentItem() != nullptr);
}

} // namespace rateguard
