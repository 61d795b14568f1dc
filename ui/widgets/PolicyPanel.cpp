// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The RateGuard authors
#include "widgets/PolicyPanel.h"

#include "widgets/CellDelegate.h"
#include "widgets/LimitEditor.h"
#include "widgets/LiveTable.h"
#include "widgets/TextLabel.h"

#include <QHBoxLayout>
#include <QHeaderView>
#include <QPushButton>
#include <QScrollArea>
#include <QTimer>

namespace rateguard {
namespace {

// Lets the editor be taller than a small window has room for.
QScrollArea *scrolled(QWidget *inner, QWidget *parent)
{
    auto *area = new QScrollArea(parent);
    area->setWidget(inner);
    area->setWidgetResizable(true);
    area->setFrameShape(QFrame::NoFrame);
    area->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    area->setFocusPolicy(Qt::NoFocus);
    area->viewport()->setAutoFillBackground(false);
    inner->setAutoFillBackground(false);
    return area;
}

} // namespace

PolicyPanel::PolicyPanel(bool readOnly, QWidget *parent)
    : Card(parent),
      m_table(new LiveTable(this)),
      m_new(new QPushButton(tr("&New policy…"), this)),
      m_editor(new LimitEditor(readOnly, this)),
      m_readOnly(readOnly)
{
    auto *title = new TextLabel(tr("Policies"), Ink::Normal, this);
    title->setScale(1.0, true);
    m_new->setObjectName(QStringLiteral("newPolicyButton"));
    setUpTable();
    auto *top = new QHBoxLayout;
    top->addWidget(title, 1);
    top->addWidget(m_new);
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(10, 9, 10, 8);
    column->setSpacing(8);
    column->addLayout(top);
    column->addWidget(m_table, 2);
    QScrollArea *area = scrolled(m_editor, this);
    column->addWidget(area, 5);

    connect(m_new, &QPushButton::clicked, this, &PolicyPanel::startNew);
    connect(m_editor, &LimitEditor::editRequested, this, &PolicyPanel::editRequested);
    connect(m_editor, &LimitEditor::sent, area, [area](QWidget *outcome) {
        QTimer::singleShot(0, area, [area, outcome] { area->ensureWidgetVisible(outcome); }); // once it has its place
    });
    connect(m_editor, &LimitEditor::policyMade, this, [this](const std::string &name) { m_made = name; });
    connect(m_editor, &LimitEditor::abandoned, this, &PolicyPanel::chooseFirst);
}

void PolicyPanel::setUpTable()
{
    m_table->setObjectName(QStringLiteral("policyTable"));
    m_table->setAccessibleName(tr("Policies"));
    m_table->setModel(&m_model);
    m_table->setItemDelegateForColumn(static_cast<int>(PolicyColumn::Limit), new CellDelegate(m_table, Qt::ElideRight));
    m_table->setColumns({QString(), QStringLiteral("1000/15min"), tr("shadow →"), QStringLiteral("v12"), QStringLiteral("(9.9)")},
                        static_cast<int>(PolicyColumn::Policy));
    m_table->setMinimumHeight(96);
    connect(m_table->selectionModel(), &QItemSelectionModel::currentRowChanged, this, &PolicyPanel::choose);
}

void PolicyPanel::apply(const Snapshot &snapshot)
{
    m_applying = true; // when its row goes, the table would choose the next one by itself
    m_model.apply(snapshot);
    m_applying = false;
    m_editor->apply(snapshot);
    m_new->setEnabled(!m_readOnly && snapshot.link.mayEdit && snapshot.link.state == LinkState::Live);
    const int made = m_made.empty() ? -1 : m_model.rowOf(m_made);
    if (made >= 0) {
        m_made.clear();
        m_table->selectRow(made);
    } else if (!m_editor->isBusy()) {
        chooseFirst();
    } else {
        showChosen();
    }
}

void PolicyPanel::showChosen()
{
    const int row = m_model.rowOf(m_editor->policy());
    if (row == m_table->currentIndex().row())
        return;
    if (row >= 0)
        m_table->selectRow(row);
    else
        chooseNone();
}

void PolicyPanel::chooseNone()
{
    m_table->clearSelection();
    m_table->selectionModel()->clearCurrentIndex();
}

void PolicyPanel::follow(const std::string &policy)
{
    const int row = m_model.rowOf(policy);
    if (row >= 0 && !m_editor->isTouched())
        m_table->selectRow(row);
}

void PolicyPanel::choose(const QModelIndex &current)
{
    if (current.isValid() && !m_applying)
        m_editor->select(m_model.policyAt(current.row()));
}

void PolicyPanel::chooseFirst()
{
    const QModelIndex current = m_table->currentIndex();
    if (current.isValid())
        choose(current);
    else if (m_model.rowCount() > 0)
        m_table->selectRow(0);
}

void PolicyPanel::startNew()
{
    chooseNone();
    m_editor->startNew();
}

} // namespace rateguard
