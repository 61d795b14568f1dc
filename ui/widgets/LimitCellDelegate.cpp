// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The RateGuard authors
#include "widgets/LimitCellDelegate.h"

#include "engine/Limit.h"
#include "format/RefusalText.h"
#include "format/Text.h"
#include "widgets/KeyHabits.h"

#include <QKeyEvent>
#include <QLineEdit>
#include <QToolTip>

namespace rateguard {

QWidget *LimitCellDelegate::createEditor(QWidget *parent, const QStyleOptionViewItem &, const QModelIndex &) const
{
    auto *field = new QLineEdit(parent);
    field->setObjectName(QStringLiteral("limitCell"));
    field->setAccessibleName(tr("Limit in the table"));
    field->setFrame(false);
    field->setAutoFillBackground(true);
    return field;
}

// Asked for with every change of the row, of which live traffic makes many: what is being typed stays.
void LimitCellDelegate::setEditorData(QWidget *editor, const QModelIndex &index) const
{
    auto *field = qobject_cast<QLineEdit *>(editor);
    const QString text = index.data(Qt::EditRole).toString();
    if (field && !field->isModified() && field->text() != text)
        field->setText(text);
}

bool LimitCellDelegate::eventFilter(QObject *watched, QEvent *event)
{
    auto *field = qobject_cast<QLineEdit *>(watched);
    if (field && event->type() == QEvent::KeyPress) {
        const auto &key = static_cast<const QKeyEvent &>(*event);
        LimitFault fault;
        if ((isEnter(key) || key.key() == Qt::Key_Tab) && !parseLimit(field->text().toStdString(), &fault)) {
            const QString text = limitFaultText(fault);
            field->setAccessibleDescription(text);
            QToolTip::showText(field->mapToGlobal(QPoint(0, field->height())), plainToolTip(text), field);
            return true;
        }
    }
    return CellDelegate::eventFilter(watched, event);
}

} // namespace rateguard
