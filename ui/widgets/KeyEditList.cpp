// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The RateGuard authors
#include "widgets/KeyEditList.h"

#include "format/Text.h"
#include "widgets/CellDelegate.h"
#include "widgets/LiveTable.h"
#include "widgets/TextLabel.h"

#include <QHeaderView>
#include <QVBoxLayout>

namespace rateguard {

KeyEditList::KeyEditList(QWidget *parent) : Card(parent), m_table(new LiveTable(this)), m_empty(new TextLabel({}, Ink::Muted, this))
{
    auto *title = new TextLabel(tr("Edits of this key and of its policy's limit"), Ink::Normal, this);
    title->setScale(1.0, true);
    m_table->setObjectName(QStringLiteral("keyEditsTable"));
    m_table->setAccessibleName(title->text());
    m_table->setModel(&m_model);
    m_table->setColumns({QStringLiteral("k888"), QStringLiteral("2026-11-25 04:01"), QStringLiteral("ada@oncall-2__"), {}, QStringLiteral("100/min → 1,000/min"), {}}, static_cast<int>(EditColumn::Reason),
                        {QStringLiteral("k888"), QStringLiteral("2026-11-25 04:01"), QStringLiteral("ada@oncall-2__"), {}, QStringLiteral("own limit 1,000/10s for 15 min"),
                         QStringLiteral("scraper eats the index")});
    m_table->setItemDelegate(new CellDelegate(m_table, Qt::ElideRight));
    m_table->setColumnHidden(static_cast<int>(EditColumn::What), true);
    m_table->setColumnHidden(static_cast<int>(EditColumn::Effect), true);
    m_table->setSizePolicy(QSizePolicy::Preferred, QSizePolicy::Ignored);
    m_table->setMinimumHeight(4 * m_table->verticalHeader()->defaultSectionSize());
    m_empty->setObjectName(QStringLiteral("keyEditsEmpty"));
    m_empty->setWordWrap(true);
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(12, 8, 10, 8);
    column->setSpacing(5);
    column->addWidget(title);
    column->addWidget(m_empty);
    column->addWidget(m_table, 1);
}

void KeyEditList::setKey(const std::string &policy, const std::string &key)
{
    m_model.setSubject(policy, key);
}

void KeyEditList::display(const Snapshot &snapshot)
{
    m_model.apply(snapshot.history, snapshot.now);
    const bool none = m_model.rowCount() == 0;
    const EditHistory *history = snapshot.history.get();
    m_empty->setText(!history                     ? tr("The history has not been read yet.")
                     : !history->error.empty()    ? tr("The history could not be read: %1").arg(displayText(history->error, 300))
                     : !history->isComplete       ? tr("None among the edits that were read; there are older ones.")
                                                  : tr("Nobody has edited it. Edits, with author and reason, will be listed here."));
    m_empty->setVisible(none);
    m_table->setVisible(!none);
}

} // namespace rateguard
