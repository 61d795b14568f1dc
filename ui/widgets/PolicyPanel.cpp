// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The RateGuard authors
#include "widgets/PolicyPanel.h"

#include "models/EditObstacle.h"
#include "widgets/Card.h"
#include "widgets/CellDelegate.h"
#include "widgets/LimitCellDelegate.h"
#include "widgets/LimitEditor.h"
#include "widgets/LiveTable.h"
#include "widgets/Scrolled.h"
#include "widgets/TextLabel.h"

#include <QHBoxLayout>
#include <QHeaderView>
#include <QPushButton>
#include <QScrollArea>
#include <QSplitter>
#include <QStackedWidget>
#include <QTimer>

#include <algorithm>

namespace rateguard {
namespace {

constexpr int narrowPanel = 1000; // pixels
constexpr int narrowEditor = 360;
constexpr int wideEditor = 460;

} // namespace

PolicyPanel::PolicyPanel(bool readOnly, QWidget *parent)
    : QWidget(parent),
      m_table(new LiveTable(this)),
      m_kill(new QPushButton(tr("Let everything through…"), this)),
      m_bulk(new QPushButton(this)),
      m_new(new QPushButton(tr("&New policy…"), this)),
      m_editor(new LimitEditor(readOnly, this)),
      m_readOnly(readOnly)
{
    m_kill->setObjectName(QStringLiteral("killSwitchButton"));
    m_bulk->setObjectName(QStringLiteral("bulkEditButton"));
    m_new->setObjectName(QStringLiteral("newPolicyButton"));
    setUpTable();
    setFocusProxy(m_table);
    m_left = new QSplitter(Qt::Vertical, this);
    m_left->setObjectName(QStringLiteral("limitsLists"));
    m_left->setChildrenCollapsible(false);
    m_left->setHandleWidth(8);
    m_left->addWidget(makeTableCard());
    m_across = new QSplitter(Qt::Horizontal, this);
    m_across->setObjectName(QStringLiteral("limitsSplitter"));
    m_across->setChildrenCollapsible(false);
    m_across->setHandleWidth(8);
    m_across->addWidget(m_left);
    m_across->addWidget(makeEditorCard());
    m_across->setStretchFactor(0, 1);
    m_across->setStretchFactor(1, 0);
    auto *row = new QHBoxLayout(this);
    row->setContentsMargins(0, 0, 0, 0);
    row->addWidget(m_across);
    wire();
    displayButtons();
}

Card *PolicyPanel::makeTableCard()
{
    auto *card = new Card(this);
    auto *title = new TextLabel(tr("Policies"), Ink::Normal, card);
    title->setScale(1.0, true);
    auto *top = new QHBoxLayout;
    top->addWidget(title, 1);
    top->addWidget(m_bulk);
    top->addWidget(m_kill);
    top->addWidget(m_new);
    auto *column = new QVBoxLayout(card);
    column->setContentsMargins(10, 9, 10, 8);
    column->setSpacing(8);
    column->addLayout(top);
    column->addWidget(m_table, 1);
    return card;
}

Card *PolicyPanel::makeEditorCard()
{
    auto *card = new Card(this);
    m_area = scrolled(m_editor, card);
    m_right = new QStackedWidget(card);
    m_right->addWidget(m_area);
    auto *column = new QVBoxLayout(card);
    column->setContentsMargins(12, 9, 8, 8);
    column->addWidget(m_right);
    card->setMinimumWidth(narrowEditor);
    card->setMaximumWidth(520);
    return card;
}

void PolicyPanel::wire()
{
    connect(m_across, &QSplitter::splitterMoved, this, [this] { m_moved = true; });
    connect(m_new, &QPushButton::clicked, this, &PolicyPanel::startNew);
    connect(m_kill, &QPushButton::clicked, this, &PolicyPanel::killRequested);
    connect(m_bulk, &QPushButton::clicked, this, [this] { emit bulkRequested(selected()); });
    connect(m_editor, &LimitEditor::editRequested, this, &PolicyPanel::editRequested);
    connect(m_editor, &LimitEditor::sent, m_area, [area = m_area](QWidget *outcome) {
        QTimer::singleShot(0, area, [area, outcome] { area->ensureWidgetVisible(outcome); }); // once it has its place
    });
    connect(m_editor, &LimitEditor::applied, this, [this] {
        if (m_editor->isAncestorOf(window()->focusWidget())) // a field would keep Ctrl+Z to itself
            m_table->setFocus(Qt::OtherFocusReason);
    });
    connect(m_editor, &LimitEditor::policyMade, this, [this](const std::string &name) { m_made = name; });
    connect(m_editor, &LimitEditor::undoOffered, this, &PolicyPanel::undoOffered);
    connect(m_editor, &LimitEditor::abandoned, this, &PolicyPanel::chooseFirst);
    connect(&m_model, &PolicyTableModel::limitTyped, this, &PolicyPanel::typed);
    connect(m_table, &QAbstractItemView::clicked, this, &PolicyPanel::closeAside);
    connect(m_table->selectionModel(), &QItemSelectionModel::currentRowChanged, this, &PolicyPanel::choose);
    connect(m_table->selectionModel(), &QItemSelectionModel::selectionChanged, this, &PolicyPanel::displayButtons);
}

// In a small window the figures that are known elsewhere make room for the names.
void PolicyPanel::resizeEvent(QResizeEvent *event)
{
    QWidget::resizeEvent(event);
    if (!m_moved) {
        const int editor = std::clamp(width() * 36 / 100, narrowEditor, wideEditor);
        m_across->setSizes({width() - editor, editor});
    }
    const bool narrow = width() < narrowPanel;
    m_table->setColumnHidden(static_cast<int>(PolicyColumn::Version), narrow);
    m_table->setColumnHidden(static_cast<int>(PolicyColumn::Overrides), narrow);
}

void PolicyPanel::setUpTable()
{
    m_table->setObjectName(QStringLiteral("policyTable"));
    m_table->setAccessibleName(tr("Policies"));
    m_table->setModel(&m_model);
    m_table->setSelectionMode(QAbstractItemView::ExtendedSelection); // to edit many; the editor shows the current one
    m_table->setEditTriggers(QAbstractItemView::DoubleClicked | QAbstractItemView::EditKeyPressed);
    m_table->setItemDelegateForColumn(static_cast<int>(PolicyColumn::Limit), new LimitCellDelegate(m_table));
    m_table->setItemDelegateForColumn(static_cast<int>(PolicyColumn::Mode), new CellDelegate(m_table, Qt::ElideRight));
    m_table->setColumns({QString(), QStringLiteral("60/min 1000/h"), tr("shadow, 59 min left"), QStringLiteral("v12"), QStringLiteral("9,999"),
                         QStringLiteral("(99.9)"), QStringLiteral("12")},
                        static_cast<int>(PolicyColumn::Policy));
    m_table->setMinimumHeight(96);
}

void PolicyPanel::addBelow(QWidget *panel)
{
    m_left->addWidget(panel);
    m_left->setStretchFactor(0, 1);
    m_left->setStretchFactor(1, 1);
}

void PolicyPanel::showAside(QWidget *form)
{
    closeAside();
    m_aside = scrolled(form, m_right);
    m_right->addWidget(m_aside);
    m_right->setCurrentWidget(m_aside);
}

void PolicyPanel::closeAside()
{
    if (m_aside)
        m_aside->deleteLater();
    m_aside.clear();
    m_right->setCurrentWidget(m_area);
}

void PolicyPanel::apply(const Snapshot &snapshot)
{
    m_link = snapshot.link;
    m_applying = true; // when its row goes, the table would choose the next one by itself
    m_model.apply(snapshot);
    m_applying = false;
    m_editor->apply(snapshot);
    displayButtons();
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

void PolicyPanel::displayButtons()
{
    const QString barrier = barrierText(m_link, m_readOnly);
    const auto chosen = m_table->selectionModel()->selectedRows().size();
    m_new->setEnabled(barrier.isEmpty());
    m_new->setToolTip(barrier);
    m_kill->setEnabled(barrier.isEmpty() && m_model.rowCount() > 0);
    m_kill->setToolTip(barrier.isEmpty() ? tr("All policies off or in shadow mode, for a time: nothing is rejected") : barrier);
    m_bulk->setVisible(chosen > 1);
    m_bulk->setEnabled(barrier.isEmpty());
    m_bulk->setToolTip(barrier);
    m_bulk->setText(tr("Edit %1 policies…").arg(chosen));
    m_model.setEditable(barrier.isEmpty());
}

std::vector<PolicyRow> PolicyPanel::selected() const
{
    std::vector<PolicyRow> result;
    const QModelIndexList rows = m_table->selectionModel()->selectedRows();
    for (const QModelIndex &row : rows)
        result.push_back(m_model.policyAt(row.row()));
    return result;
}

void PolicyPanel::setEnvironment(Environment environment)
{
    m_editor->setEnvironment(environment);
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

bool PolicyPanel::edit(const std::string &policy)
{
    const int row = m_model.rowOf(policy);
    if (row < 0)
        return false;
    closeAside();
    m_table->selectRow(row); // what was typed of another one is kept with it
    m_editor->focusLimit();
    return true;
}

void PolicyPanel::focusLimit()
{
    m_editor->focusLimit();
}

bool PolicyPanel::undo()
{
    closeAside(); // where it can be seen
    return m_editor->undo();
}

std::string PolicyPanel::current() const
{
    return m_editor->policy();
}

void PolicyPanel::choose(const QModelIndex &current)
{
    if (current.isValid() && !m_applying)
        m_editor->select(m_model.policyAt(current.row()));
}

void PolicyPanel::typed(int row, const Limits &limit)
{
    const PolicyRow &policy = m_model.policyAt(row);
    closeAside();
    m_editor->select(policy);
    LimitEdit edit;
    edit.limit = limit;
    edit.keepMode = true;
    m_editor->wish(edit);
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
    closeAside();
    chooseNone();
    m_editor->startNew();
}

} // namespace rateguard
