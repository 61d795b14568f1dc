// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The RateGuard authors
#include "widgets/ShortList.h"

#include "widgets/KeyHabits.h"

#include <QKeyEvent>

namespace rateguard {

ShortList::ShortList(QWidget *parent) : QListView(parent)
{
    setFrameShape(NoFrame);
    setEditTriggers(NoEditTriggers);
    setSelectionMode(SingleSelection);
    setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    setVerticalScrollMode(ScrollPerPixel);
    setUniformItemSizes(true);
    setTabKeyNavigation(false);
    setMouseTracking(true); // the row under the pointer shows that it leads somewhere
    viewport()->setCursor(Qt::PointingHandCursor);
    connect(this, &QListView::clicked, this, [this](const QModelIndex &index) { emit chosen(index.row()); });
}

void ShortList::keyPressEvent(QKeyEvent *event)
{
    if (event->key() == Qt::Key_Space && event->modifiers() == Qt::NoModifier) {
        event->ignore();
        return;
    }
    if (isEnter(*event) && currentIndex().isValid()) {
        emit chosen(currentIndex().row());
        return;
    }
    QListView::keyPressEvent(event);
}

void ShortList::focusInEvent(QFocusEvent *event)
{
    QListView::focusInEvent(event);
    const bool byKey = event->reason() == Qt::TabFocusReason || event->reason() == Qt::BacktabFocusReason;
    if (byKey && !currentIndex().isValid() && model() && model()->rowCount() > 0)
        setCurrentIndex(model()->index(0, 0)); // so that it is seen where the focus is
}

} // namespace rateguard
