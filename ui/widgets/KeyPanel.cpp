// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The RateGuard authors
#include "widgets/KeyPanel.h"

#include "format/Numbers.h"
#include "format/Text.h"
#include "widgets/FilterStrip.h"
#include "widgets/KeyColumns.h"
#include "widgets/KeyMenu.h"
#include "widgets/KeyTableView.h"
#include "widgets/MinuteDelegate.h"
#include "widgets/NoKeysPage.h"
#include "widgets/NoMatchPage.h"
#include "widgets/StateDelegate.h"
#include "widgets/UsageBarDelegate.h"

#include <QHeaderView>
#include <QStackedLayout>

#include <utility>

namespace rateguard {

KeyPanel::KeyPanel(QWidget *parent)
    : Card(parent),
      m_filter(new FilterStrip(this)),
      m_table(new KeyTableView(&m_model, this)),
      m_usage(new UsageBarDelegate(this)),
      m_noKeys(new NoKeysPage(this))
{
    setUpTable();
    setFocusProxy(m_table);
    auto *noMatch = new NoMatchPage(this);
    auto *body = new QWidget(this);
    m_pages = new QStackedLayout(body);
    m_pages->addWidget(m_table);
    m_pages->addWidget(m_noKeys);
    m_pages->addWidget(noMatch);
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(10, 9, 10, 8);
    column->setSpacing(7);
    column->addWidget(m_filter);
    column->addWidget(body, 1);
    connect(m_filter, &FilterStrip::typed, this, &KeyPanel::filter);
    connect(m_filter, &FilterStrip::left, m_table, [this] { m_table->setFocus(Qt::ShortcutFocusReason); });
    connect(m_filter, &FilterStrip::entered, this, [this] {
        m_opening = true;
        openFound();
    });
    connect(noMatch, &NoMatchPage::cleared, m_filter, &FilterStrip::clear);
    connect(&m_model, &KeyTableModel::wishChanged, this, &KeyPanel::wantedChanged);
    connect(&m_taker, &RowTaker::wanted, this, &KeyPanel::wantedChanged);
}

void KeyPanel::setUpTable()
{
    m_table->setObjectName(QStringLiteral("keyTable"));
    m_table->setAccessibleName(tr("Keys"));
    m_table->sortByColumn(static_cast<int>(KeyColumn::Rejected), Qt::DescendingOrder);
    m_table->setSortingEnabled(true);
    m_table->setColumns({tr("checkout"), QString(), QStringLiteral("10,000.0"), QStringLiteral("10,000.0"),
                         QStringLiteral("1,000 / 1,000 ____________"), QStringLiteral(">99 %"),
                         tr("▲ Throttled__"), tr("59 min ago"), QStringLiteral("____________________")},
                        static_cast<int>(KeyColumn::Key));
    m_table->setItemDelegateForColumn(static_cast<int>(KeyColumn::Used), m_usage);
    m_table->setItemDelegateForColumn(static_cast<int>(KeyColumn::State), new StateDelegate(this));
    m_table->setItemDelegateForColumn(static_cast<int>(KeyColumn::Minute), new MinuteDelegate(this));
    m_columns = new KeyColumns(m_table->horizontalHeader(), this);
    m_table->setContextMenuPolicy(Qt::CustomContextMenu);
    connect(m_table, &QWidget::customContextMenuRequested, this, &KeyPanel::openMenu);
    connect(m_table->selectionModel(), &QItemSelectionModel::currentRowChanged, this, &KeyPanel::choose);
    connect(m_table->keys(), &KeySelection::refused, this, &KeyPanel::refuse);
    connect(m_table, &KeyTableView::escaped, this, &KeyPanel::deselect);
    connect(m_table, &QAbstractItemView::activated, this, &KeyPanel::opened);
}

void KeyPanel::apply(const Snapshot &snapshot, std::optional<Instant> still)
{
    m_known = snapshot.keysKnown;
    m_throttled = snapshot.throttledCount;
    m_usage->setNear(snapshot.nearShare);
    m_live = snapshot.link.state == LinkState::Live;
    m_choosing = true; // rows that go must not choose their neighbours
    m_model.apply(snapshot, still);
    m_table->keys()->restore();
    m_choosing = false;
    choosePending();
    keepChoice(snapshot.table);
    chooseWorst(snapshot);
    m_noKeys->setEndpoint(snapshot.link.endpoint);
    m_filter->showProblem(snapshot.table.problem, snapshot.table.order.filter);
    showPage();
    count();
    m_taker.apply(snapshot.table);
    m_inForce = snapshot.table.order.filter;
    openFound();
}

// Enter in the filter: details of the chosen key when it fits, else of the first that does. The answer may be under way still.
void KeyPanel::openFound()
{
    if (!m_opening || m_inForce != m_filter->text().toStdString())
        return;
    m_opening = false;
    const int chosen = m_hasSelection ? m_model.heldRow(m_policy, m_key) : -1;
    const KeyEntry *entry = m_model.entryAt(chosen >= 0 ? chosen : 0);
    if (!entry)
        return;
    select(entry->policy, entry->key);
    emit opened();
}

void KeyPanel::fill(TableWish &wish) const
{
    wish = m_model.wish();
    m_taker.fill(wish);
}

void KeyPanel::showPage()
{
    const bool none = m_known == 0;
    m_pages->setCurrentIndex(none && m_live ? 1 : !none && m_model.rowCount() == 0 && m_model.isFiltered() ? 2 : 0);
}

void KeyPanel::focusFilter()
{
    m_filter->focus();
}

void KeyPanel::filter(const QString &text)
{
    m_choosing = true; // what the filter hides stays chosen
    m_table->keys()->forgetOthers();
    m_choosing = false;
    m_pending = -1; // another key stands in that row
    m_opening = false;
    m_model.setFilter(text);
}

void KeyPanel::choose(const QModelIndex &current)
{
    if (m_choosing || !current.isValid())
        return;
    const KeyEntry *entry = m_model.entryAt(current.row());
    m_pending = entry ? -1 : current.row();
    if (entry)
        take(entry->policy, entry->key);
}

// A row that was chosen before it was here.
void KeyPanel::choosePending()
{
    const KeyEntry *entry = m_pending < 0 ? nullptr : m_model.entryAt(m_pending);
    if (!entry)
        return;
    m_pending = -1;
    if (m_table->keys()->hasMany())
        take(entry->policy, entry->key); // only the row that the arrow keys go on from
    else
        select(entry->policy, entry->key);
}

void KeyPanel::refuse()
{
    m_pending = -1;
    emit refused(tr("The selection stays as it was: not all of these rows are here. To select many keys, filter and press Ctrl+A."));
}

void KeyPanel::deselect()
{
    m_choosing = true;
    m_table->keys()->clear();
    m_choosing = false;
    m_pending = -1;
    follow(false);
    if (std::exchange(m_hasSelection, false))
        emit deselected();
}

void KeyPanel::leaveRedis()
{
    deselect();
    m_wait = patience;
}

void KeyPanel::take(const std::string &policy, const std::string &key)
{
    if (m_hasSelection && policy == m_policy && key == m_key)
        return;
    m_hasSelection = true;
    if (m_following)
        follow(false); // it was the key before
    m_wait = 0;
    m_policy = policy;
    m_key = key;
    emit selected(m_policy, m_key);
}

void KeyPanel::select(const std::string &policy, const std::string &key)
{
    const std::string policyCopy = policy; // they may be those of a row that is about to change
    const std::string keyCopy = key;
    m_pending = -1;
    m_choosing = true;
    m_table->keys()->selectOnly(policyCopy, keyCopy);
    m_table->setCurrentRow(m_model.heldRow(policyCopy, keyCopy), true);
    m_choosing = false;
    take(policyCopy, keyCopy);
}

// Where the chosen key is now. Hidden or forgotten: no other key stands in for it.
void KeyPanel::keepChoice(const TableView &table)
{
    if (!m_hasSelection || m_pending >= 0)
        return;
    int row = m_model.heldRow(m_policy, m_key);
    if (row < 0 && table.selectedRow >= 0 && table.selectedRow < m_model.rowCount()) {
        const int far = static_cast<int>(table.selectedRow);
        row = far < m_model.firstHeld() || far >= m_model.endOfHeld() ? far : -1;
    }
    m_choosing = true;
    m_table->setCurrentRow(row, false);
    m_choosing = false;
    if (m_following && row >= 0)
        m_table->scrollTo(m_model.index(row, m_table->currentIndex().column()));
}

// Who is it? That is asked first, so the first answer is there without a click. Once only: then the operator chooses.
void KeyPanel::chooseWorst(const Snapshot &snapshot)
{
    if (m_wait > 0 && m_throttled > 0 && !snapshot.offenders.empty() && --m_wait == 0)
        select(snapshot.offenders.front().policy, snapshot.offenders.front().key);
}

KeyRows KeyPanel::selectedRows() const
{
    KeyRows rows;
    for (int row = m_model.firstHeld(); row < m_model.endOfHeld(); ++row) {
        const KeyEntry *entry = m_model.entryAt(row);
        if (entry && m_table->keys()->isSelected(*entry))
            rows.push_back(entry);
    }
    return rows;
}

const KeySelection &KeyPanel::selection() const
{
    return *m_table->keys();
}

void KeyPanel::count()
{
    const QString shown = formatCount(static_cast<std::uint64_t>(m_model.rowCount()));
    const QString all = formatCount(m_known);
    const QString throttled = formatCount(m_throttled);
    const QString following = m_following ? tr("Following %1 · ").arg(displayText(m_key, 24)) : QString();
    m_filter->setCount(following + (m_model.isFiltered() ? tr("%1 of %2 keys · %3 throttled").arg(shown, all, throttled)
                                                           : tr("%1 keys · %2 throttled").arg(all, throttled)));
}

void KeyPanel::resizeEvent(QResizeEvent *event)
{
    Card::resizeEvent(event);
    m_columns->setWidth(width());
}

void KeyPanel::rememberColumns()
{
    m_columns->remember();
}

void KeyPanel::openMenu(const QPoint &place)
{
    // By the keyboard it opens beside the chosen row, wherever the mouse is.
    const QModelIndex under = m_table->indexAt(place);
    const KeyEntry *entry = m_hasSelection && m_model.heldRow(m_policy, m_key) >= 0 ? m_model.entryAt(m_model.heldRow(m_policy, m_key)) : nullptr;
    if (!entry || !under.isValid())
        return;
    auto *menu = new KeyMenu(*entry, m_following, m_columns, this);
    connect(menu, &KeyMenu::detailsChosen, this, &KeyPanel::opened);
    connect(menu, &KeyMenu::policyChosen, this, [this, policy = m_policy] { emit policyChosen(policy); });
    connect(menu, &KeyMenu::onlyPolicyChosen, this,
            [this, policy = m_policy] { m_filter->setText(QStringLiteral("policy:") + QString::fromStdString(policy)); });
    connect(menu, &KeyMenu::followed, this, &KeyPanel::follow);
    menu->popup(m_table->viewport()->mapToGlobal(place));
}

void KeyPanel::follow(bool follows)
{
    m_following = follows;
    if (follows)
        m_table->scrollTo(m_table->currentIndex());
    count();
}

} // namespace rateguard
