// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The RateGuard authors
#pragma once

#include "widgets/Card.h"
#include "widgets/TextLabel.h"

class QAbstractItemModel;
class QHBoxLayout;
class QStackedLayout;
class QStyledItemDelegate;

namespace rateguard {

class ShortList;

// A card with a title, a remark at its right, and a short list; or a sentence instead, while the list is empty.
class ListCard : public Card
{
    Q_OBJECT

public:
    ListCard(const QString &title, QAbstractItemModel *model, QStyledItemDelegate *delegate, QWidget *parent);

    void setTitle(const QString &title);
    void setRemark(const QString &remark, const QString &meaning = {});
    void setEmpty(const QString &text, Ink ink); // begins with a sign when the ink says something
    void addToTitle(QWidget *widget); // at its right end
    static int maxHeight(const QWidget &card); // more is of no use
    ShortList *list() const { return m_list; }

signals:
    void chosen(int row);

private:
    void showPage();

    QHBoxLayout *m_head;
    TextLabel *m_title;
    TextLabel *m_remark;
    ShortList *m_list;
    TextLabel *m_empty;
    QStackedLayout *m_pages;
};

} // namespace rateguard
