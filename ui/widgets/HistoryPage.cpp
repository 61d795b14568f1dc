// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The RateGuard authors
#include "widgets/HistoryPage.h"

#include "format/Numbers.h"
#include "format/Text.h"
#include "widgets/EditDetail.h"
#include "widgets/LiveTable.h"
#include "widgets/Scrolled.h"
#include "widgets/TextLabel.h"
#include "widgets/TrendDelegate.h"

#include <QLineEdit>
#include <QScrollArea>
#include <QScrollBar>
#include <QShortcut>
#include <QSplitter>
#include <QStackedLayout>
#include <QVBoxLayout>

#include <algorithm>
#include <utility>

namespace rateguard {

HistoryPage::HistoryPage(QWidget *parent)
    : QWidget(parent),
      m_filter(new QLineEdit(this)),
      m_count(new TextLabel({}, Ink::Muted, this)),
      m_trouble(new TextLabel({}, Ink::Danger, this)),
      m_hint(new TextLabel({}, Ink::Normal)),
      m_hintText(new TextLabel({}, Ink::Muted)),
      m_noMatch(new TextLabel({}, Ink::Muted)),
      m_table(new LiveTable(this)),
      m_detail(new EditDetail(this)),
      m_below(scrolled(m_detail, this)),
      m_pages(new QStackedLayout(this))
{
    m_filter->setObjectName(QStringLiteral("historyFilter"));
    m_filter->setAccessibleName(tr("Filter edits"));
    m_filter->setPlaceholderText(tr("Filter edits by author, policy, key or reason"));
    m_filter->setToolTip(tr("Every word must stand in the author, the policy, the key or the reason."));
    m_filter->setClearButtonEnabled(true);
    m_count->setObjectName(QStringLiteral("historyCount"));
    m_trouble->setObjectName(QStringLiteral("historyTrouble"));
    m_trouble->setWordWrap(true);
    m_trouble->hide();
    setUpTable();
    setFocusProxy(m_table);
    m_pages->addWidget(makeHint());
    m_pages->addWidget(makeBody());

    connect(m_filter, &QLineEdit::textChanged, this, &HistoryPage::filter);
    auto *escape = new QShortcut(QKeySequence(Qt::Key_Escape), m_filter, nullptr, nullptr, Qt::WidgetShortcut);
    connect(escape, &QShortcut::activated, m_filter, &QLineEdit::clear);
    auto *down = new QShortcut(QKeySequence(Qt::Key_Down), m_filter, nullptr, nullptr, Qt::WidgetShortcut);
    connect(down, &QShortcut::activated, m_table, qOverload<>(&QWidget::setFocus));
    // Of the row, and not of the details: they follow with the next snapshot.
    connect(m_table, &QAbstractItemView::activated, this, [this](const QModelIndex &index) { m_detail->open(m_model.entryAt(index.row())); });
    connect(m_below->verticalScrollBar(), &QScrollBar::rangeChanged, this, [this] { // it has more to say, or less
        fitDetail();
        if (m_detail->outcome()->isVisible()) // what became of a revert is not to be searched for
            m_below->ensureWidgetVisible(m_detail->outcome(), 0, 9);
    });
    connect(m_detail, &EditDetail::editRequested, this, &HistoryPage::editRequested);
    connect(m_detail, &EditDetail::overrideRequested, this, &HistoryPage::overrideRequested);
    connect(m_detail, &EditDetail::keyChosen, this, &HistoryPage::keyChosen);
    connect(m_detail, &EditDetail::policyChosen, this, &HistoryPage::policyChosen);
    connect(m_detail, &EditDetail::announced, this, &HistoryPage::announced);
}

void HistoryPage::setUpTable()
{
    m_table->setObjectName(QStringLiteral("historyTable"));
    m_table->setAccessibleName(tr("Edits"));
    m_table->setModel(&m_model);
    m_table->setItemDelegate(new CellDelegate(m_table, Qt::ElideRight));
    m_table->setItemDelegateForColumn(static_cast<int>(EditColumn::What), new CellDelegate(m_table, Qt::ElideMiddle));
    m_table->setItemDelegateForColumn(static_cast<int>(EditColumn::Effect), new TrendDelegate(m_table, Qt::ElideRight));
    // Reasons get what is left, so the others may be whole where there is room: the effect first.
    m_table->setColumns({QStringLiteral("k888"), QStringLiteral("2026-11-25 04:01"), QStringLiteral("ada@oncall-2"), QStringLiteral("198.51.100.23 of search"),
                         QStringLiteral("1,000/min → 600/min"), QString(), QStringLiteral("too early, known from 15:37:15")},
                        static_cast<int>(EditColumn::Reason),
                        {QStringLiteral("k888"), QStringLiteral("2026-11-25 04:01"), QStringLiteral("maria@oncall-10"), QStringLiteral("scraper 203.0.113.177 of checkout"),
                         QStringLiteral("own limit 1,000/10s for 15 min"), QStringLiteral("scraper eats the index"), QStringLiteral("▲ 6,191 → 8,012/min without 2 keys")});
    connect(m_table->selectionModel(), &QItemSelectionModel::currentRowChanged, this, &HistoryPage::choose);
    connect(&m_model, &QAbstractItemModel::rowsInserted, this, [this](const QModelIndex &, int first, int last) {
        QScrollBar *bar = m_table->verticalScrollBar();
        if (first == 0 && bar->value() > 0) // what is being read stays where it is
            bar->setValue(bar->value() + last + 1);
    });
}

QWidget *HistoryPage::makeHint()
{
    auto *page = new QWidget(this);
    m_hint->setObjectName(QStringLiteral("historyHint"));
    m_hint->setScale(1.25, true);
    m_hintText->setObjectName(QStringLiteral("historyHintText"));
    auto *column = new QVBoxLayout(page);
    column->setContentsMargins(80, 0, 80, 0);
    column->setSpacing(10);
    column->addStretch(1);
    for (TextLabel *label : {m_hint, m_hintText}) {
        label->setAlignment(Qt::AlignCenter);
        label->setWordWrap(true);
        column->addWidget(label);
    }
    column->addStretch(1);
    return page;
}

QWidget *HistoryPage::makeList()
{
    auto *card = new Card(this);
    m_noMatch->setParent(card);
    m_noMatch->setObjectName(QStringLiteral("historyNoMatch"));
    m_noMatch->setText(tr("No edit fits this filter. Every word must stand in the author, the policy, the key or the reason; Escape clears it."));
    m_noMatch->setWordWrap(true);
    m_noMatch->setAlignment(Qt::AlignCenter);
    m_noMatch->hide();
    auto *top = new QHBoxLayout;
    top->setSpacing(12);
    top->addWidget(m_filter, 1);
    top->addWidget(m_count);
    auto *column = new QVBoxLayout(card);
    column->setContentsMargins(10, 9, 10, 8);
    column->setSpacing(7);
    column->addLayout(top);
    column->addWidget(m_trouble);
    column->addWidget(m_noMatch, 1);
    column->addWidget(m_table, 1);
    return card;
}

QWidget *HistoryPage::makeBody()
{
    auto *split = new QSplitter(Qt::Vertical, this);
    split->addWidget(makeList());
    split->addWidget(m_below);
    split->setStretchFactor(0, 1);
    split->setStretchFactor(1, 0);
    split->setChildrenCollapsible(false);
    split->setHandleWidth(8);
    return split;
}

void HistoryPage::setReadOnly(bool readOnly)
{
    m_detail->setReadOnly(readOnly);
}

void HistoryPage::setEnvironment(Environment environment)
{
    m_detail->setEnvironment(environment);
}

void HistoryPage::apply(const Snapshot &snapshot)
{
    m_detail->settle(snapshot);
    if (std::exchange(m_endpoint, snapshot.link.endpoint) != snapshot.link.endpoint)
        m_chosen.reset(); // an edit of another Redis must not be reverted in this one
    if (isVisible())
        draw(snapshot);
}

void HistoryPage::showEdit(const AuditEntry &edit)
{
    m_filter->clear(); // it may be hidden
    m_chosen = edit;
    keepChoice();
    m_table->scrollTo(m_table->currentIndex());
    m_table->setFocus(Qt::OtherFocusReason); // until it is known whether it can be reverted
    m_detail->focusRevert();
}

std::optional<std::string> HistoryPage::policy() const
{
    return m_chosen ? std::optional(m_chosen->policy) : std::nullopt;
}

void HistoryPage::draw(const Snapshot &snapshot)
{
    m_choosing = true; // rows that go must not choose their neighbours
    m_model.apply(snapshot.history, snapshot.now);
    m_choosing = false;
    m_pages->setCurrentIndex(m_model.edits() > 0 ? 1 : 0);
    showNotes(snapshot);
    keepChoice();
    count();
    if (m_chosen)
        m_detail->display(*m_chosen, m_effect, snapshot);
    m_below->setVisible(m_chosen.has_value());
    fitDetail();
}

// All of it while that leaves enough for the table; else it scrolls, and nothing in it is squeezed.
void HistoryPage::fitDetail()
{
    m_below->setMinimumHeight(std::max(0, std::min(m_detail->heightForWidth(width()), height() * 3 / 5)));
}

void HistoryPage::resizeEvent(QResizeEvent *event)
{
    QWidget::resizeEvent(event);
    fitDetail();
}

void HistoryPage::showNotes(const Snapshot &snapshot)
{
    const EditHistory *history = snapshot.history.get();
    const QString error = history ? displayText(history->error, 300) : QString();
    m_isComplete = !history || history->isComplete;
    m_trouble->setText(error.isEmpty() ? QString() : tr("✗ The history could not be read again: %1 These are the edits known before.").arg(error));
    m_trouble->setVisible(!error.isEmpty());
    if (m_model.edits() > 0)
        return;
    if (!error.isEmpty()) {
        m_hint->setText(tr("The history could not be read"));
        m_hintText->setText(error);
    } else if (!history) {
        m_hint->setText(snapshot.link.state == LinkState::Live ? tr("Reading the history…") : tr("Not connected"));
        m_hintText->setText(snapshot.link.state == LinkState::Live ? tr("All edits that Redis remembers will be listed here.")
                                                                   : tr("The history comes as soon as Redis answers."));
    } else {
        m_hint->setText(tr("No edits yet"));
        m_hintText->setText(tr("Whoever changes a limit or a key, here or with rateguardctl, is listed here: author, reason, old and new, "
                               "and what it did to the rejections. Each edit can be reverted from here."));
    }
}

void HistoryPage::filter(const QString &text)
{
    m_choosing = true; // what the filter hides stays chosen
    m_model.setFilter(text);
    m_choosing = false;
    keepChoice();
    count();
}

void HistoryPage::choose(const QModelIndex &current)
{
    if (!m_choosing && current.isValid()) {
        m_chosen = m_model.entryAt(current.row());
    }
}

void HistoryPage::keepChoice()
{
    if (!m_chosen && m_model.rowCount() > 0)
        m_chosen = m_model.entryAt(0);
    if (!m_chosen)
        return;
    if (const auto effect = m_model.effectOf(*m_chosen)) // else what was known last
        m_effect = *effect;
    const QModelIndex current = m_table->currentIndex();
    const int row = current.isValid() && m_model.entryAt(current.row()) == *m_chosen ? current.row() : m_model.rowOf(*m_chosen);
    m_choosing = true;
    if (row >= 0) {
        if (row != current.row() || !m_table->selectionModel()->hasSelection())
            m_table->selectionModel()->setCurrentIndex(m_model.index(row, 0), QItemSelectionModel::ClearAndSelect | QItemSelectionModel::Rows);
    } else {
        m_table->selectionModel()->clear(); // hidden: no other edit stands in for it
    }
    m_choosing = false;
}

void HistoryPage::count()
{
    const QString all = formatCount(m_model.edits());
    const QString shown = formatCount(static_cast<std::uint64_t>(m_model.rowCount()));
    const bool filtered = !m_filter->text().trimmed().isEmpty();
    m_count->setText(filtered ? tr("%1 of %2 edits").arg(shown, all) : m_isComplete ? (m_model.edits() == 1 ? tr("1 edit") : tr("%1 edits").arg(all)) : tr("the newest %1 edits; there are older ones").arg(all));
    const bool none = m_model.rowCount() == 0 && m_model.edits() > 0;
    m_noMatch->setVisible(none);
    m_table->setVisible(!none);
}

} // namespace rateguard
