// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The RateGuard authors
#include "widgets/ListCard.h"

#include "format/Text.h"
#include "widgets/ShortList.h"

#include <QHBoxLayout>
#include <QStackedLayout>
#include <QStyledItemDelegate>

namespace rateguard {

ListCard::ListCard(const QString &title, QAbstractItemModel *model, QStyledItemDelegate *delegate, QWidget *parent)
    : Card(parent),
      m_head(new QHBoxLayout),
      m_title(new TextLabel({}, Ink::Normal, this)),
      m_remark(new TextLabel({}, Ink::Muted, this)),
      m_list(new ShortList(this)),
      m_empty(new TextLabel({}, Ink::Muted, this)),
      m_pages(new QStackedLayout)
{
    m_title->setScale(1, true);
    m_title->setMinimumHeight(fontMetrics().height() + 8); // as high as a title with a field in it
    m_remark->setScale(0.9);
    m_remark->setAlignment(Qt::AlignRight | Qt::AlignVCenter);
    m_remark->setSizePolicy(QSizePolicy::Ignored, QSizePolicy::Preferred); // figures must not move the layout
    m_head->setSpacing(6);
    m_head->addWidget(m_title);
    m_head->addWidget(m_remark, 1);
    m_list->setModel(model);
    m_list->setItemDelegate(delegate);
    setTitle(title);
    m_empty->setAlignment(Qt::AlignCenter);
    m_empty->setWordWrap(true);
    m_empty->setMargin(8);
    m_pages->addWidget(m_list);
    m_pages->addWidget(m_empty);
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(12, 6, 6, 6);
    column->setSpacing(4);
    m_head->setContentsMargins(0, 0, 6, 0);
    column->addLayout(m_head);
    column->addLayout(m_pages, 1);
    for (const auto change : {&QAbstractItemModel::rowsInserted, &QAbstractItemModel::rowsRemoved})
        connect(model, change, this, &ListCard::showPage);
    connect(model, &QAbstractItemModel::modelReset, this, &ListCard::showPage);
    connect(m_list, &ShortList::chosen, this, &ListCard::chosen);
    setMinimumHeight(140);
    setMaximumHeight(maxHeight(*this));
    showPage();
}

void ListCard::setTitle(const QString &title)
{
    if (m_title->text() == title)
        return;
    m_title->setText(title);
    m_list->setAccessibleName(title);
}

void ListCard::setRemark(const QString &remark, const QString &meaning)
{
    m_remark->setText(remark);
    m_remark->setToolTip(plainToolTip(meaning));
    m_remark->setAccessibleDescription(meaning);
}

int ListCard::maxHeight(const QWidget &card)
{
    return 9 * (card.fontMetrics().height() + 7) + 24; // eight rows and the title
}

void ListCard::setEmpty(const QString &text, Ink ink)
{
    m_empty->setText(text);
    m_empty->setSizePolicy(QSizePolicy::Ignored, QSizePolicy::Ignored); // its words must not move the layout; the label forgets it
    m_empty->setInk(ink);
}

void ListCard::addToTitle(QWidget *widget)
{
    m_head->addWidget(widget);
}

void ListCard::showPage()
{
    m_pages->setCurrentIndex(m_list->model()->rowCount() > 0 ? 0 : 1);
}

} // namespace rateguard
