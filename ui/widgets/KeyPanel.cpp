// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The RateGuard authors
#include "widgets/KeyPanel.h"

#include "format/Numbers.h"
#include "format/Text.h"
#include "widgets/LiveTable.h"
#include "widgets/StateDelegate.h"
#include "widgets/TextLabel.h"
#include "widgets/UsageBarDelegate.h"

#include <QFontDatabase>
#include <QHBoxLayout>
#include <QKeyEvent>
#include <QHeaderView>
#include <QLineEdit>
#include <QPushButton>
#include <QShortcut>
#include <QStackedLayout>

#include <algorithm>

namespace rateguard {

KeyPanel::KeyPanel(QWidget *parent)
    : Card(parent),
      m_filter(new QLineEdit(this)),
      m_count(new TextLabel({}, Ink::Muted, this)),
      m_table(new LiveTable(this)),
      m_hint(new TextLabel({}, Ink::Muted)),
      m_simulate(new TextLabel(QString()))
{
    m_filter->setObjectName(QStringLiteral("filter"));
    m_filter->setAccessibleName(tr("Filter keys"));
    m_filter->setPlaceholderText(tr("Filter keys  ( / )   user-17   policy:search   state:throttled   !bot"));
    m_filter->setToolTip(tr("Words are pieces of a policy or key and must all fit. policy:NAME is a whole policy, "
                            "state:throttled a state, ! in front means not."));
    m_filter->setClearButtonEnabled(true);
    m_filter->installEventFilter(this);
    m_count->setObjectName(QStringLiteral("countLabel"));
    setUpTable();

    auto *top = new QHBoxLayout;
    top->setSpacing(12);
    top->addWidget(m_filter, 1);
    top->addWidget(m_count);
    auto *body = new QWidget(this);
    m_pages = new QStackedLayout(body);
    m_pages->addWidget(m_table);
    m_pages->addWidget(makeHint());
    m_pages->addWidget(makeNoMatch());
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(10, 9, 10, 8);
    column->setSpacing(7);
    column->addLayout(top);
    column->addWidget(body, 1);

    connect(m_filter, &QLineEdit::textChanged, this, &KeyPanel::filter);
    auto *escape = new QShortcut(QKeySequence(Qt::Key_Escape), m_filter, nullptr, nullptr, Qt::WidgetShortcut);
    connect(escape, &QShortcut::activated, m_filter, &QLineEdit::clear);
    auto *down = new QShortcut(QKeySequence(Qt::Key_Down), m_filter, nullptr, nullptr, Qt::WidgetShortcut);
    connect(down, &QShortcut::activated, m_table, qOverload<>(&QWidget::setFocus));
}

void KeyPanel::setUpTable()
{
    m_table->setObjectName(QStringLiteral("keyTable"));
    m_table->setAccessibleName(tr("Keys"));
    m_table->setModel(&m_model);
    m_table->setSortingEnabled(true);
    m_table->setEscapeDeselects(true);
    m_table->setSelectionMode(QAbstractItemView::ExtendedSelection); // to copy many; the chart shows the current one
    m_table->setColumns({tr("checkout"), QString(), QStringLiteral("10,000.0"), QStringLiteral("10,000.0"),
                         QStringLiteral("1,000 / 1,000 ____________"), QStringLiteral(">99 %"),
                         tr("▲ Throttled__"), tr("59 min ago")},
                        static_cast<int>(KeyColumn::Key));
    m_table->setItemDelegateForColumn(static_cast<int>(KeyColumn::Used), new UsageBarDelegate(this));
    m_table->setItemDelegateForColumn(static_cast<int>(KeyColumn::State), new StateDelegate(this));
    m_table->sortByColumn(static_cast<int>(KeyColumn::Rejected), Qt::DescendingOrder);
    connect(m_table->selectionModel(), &QItemSelectionModel::currentRowChanged, this, &KeyPanel::choose);
    connect(m_table, &QAbstractItemView::activated, this, &KeyPanel::opened);
}

QWidget *KeyPanel::makeHint()
{
    auto *page = new QWidget(this);
    m_hint->setText(tr("No requests have come yet. Guard an endpoint of a FastAPI service …"));
    auto *fastApi = new TextLabel(QStringLiteral("@app.get(\"/search\")\n@limit(\"100/min\", policy=\"search\")"));
    auto *others = new TextLabel(tr("… or make traffic to look at, in a terminal:"), Ink::Muted);
    auto *column = new QVBoxLayout(page);
    column->addStretch(1);
    for (TextLabel *label : {m_hint, fastApi, others, m_simulate}) {
        label->setAlignment(Qt::AlignCenter);
        label->setWordWrap(true);
        column->addWidget(label);
    }
    for (TextLabel *code : {fastApi, m_simulate}) {
        code->setFont(QFontDatabase::systemFont(QFontDatabase::FixedFont));
        code->setTextInteractionFlags(Qt::TextSelectableByMouse | Qt::TextSelectableByKeyboard);
    }
    column->addStretch(1);
    return page;
}

void KeyPanel::apply(const Snapshot &snapshot)
{
    m_choosing = true; // rows that go must not choose their neighbours
    m_model.apply(snapshot);
    m_choosing = false;
    keepChoice();
    chooseWorst();
    m_live = snapshot.link.state == LinkState::Live;
    m_simulate->setText(QStringLiteral("rateguardctl simulate --url ") + displayText(snapshot.link.endpoint, 200));
    showPage();
    count();
}

void KeyPanel::showPage()
{
    const bool none = m_model.keys() == 0;
    m_pages->setCurrentIndex(none && m_live ? 1 : !none && m_model.rowCount() == 0 ? 2 : 0);
}

QWidget *KeyPanel::makeNoMatch()
{
    auto *page = new QWidget(this);
    auto *text = new TextLabel(tr("No key fits this filter. Every word must fit: a piece of a policy or key, policy:NAME, or one of "
                                  "state:throttled, state:shadow, state:near, state:active, state:quiet. ! in front means not."),
                               Ink::Muted, page);
    text->setWordWrap(true);
    text->setAlignment(Qt::AlignCenter);
    auto *clear = new QPushButton(tr("&Clear the filter"), page);
    auto *column = new QVBoxLayout(page);
    column->setContentsMargins(60, 0, 60, 0);
    column->addStretch(1);
    column->addWidget(text);
    column->addWidget(clear, 0, Qt::AlignHCenter);
    column->addStretch(1);
    connect(clear, &QPushButton::clicked, m_filter, &QLineEdit::clear);
    return page;
}

void KeyPanel::focusFilter()
{
    m_filter->setFocus(Qt::ShortcutFocusReason);
    m_filter->selectAll();
}

void KeyPanel::filter(const QString &text)
{
    m_choosing = true; // what the filter hides stays chosen
    m_model.setFilter(text);
    m_choosing = false;
    keepChoice();
    showPage();
    count();
}

void KeyPanel::choose(const QModelIndex &current)
{
    if (m_choosing)
        return;
    if (!current.isValid()) {
        if (m_hasSelection) {
            m_hasSelection = false;
            emit deselected();
        }
        return;
    }
    const KeyEntry &entry = m_model.entryAt(current.row());
    take(entry.policy, entry.key);
}

void KeyPanel::take(const std::string &policy, const std::string &key)
{
    if (m_hasSelection && policy == m_policy && key == m_key)
        return;
    m_hasSelection = true;
    m_wait = 0;
    m_policy = policy;
    m_key = key;
    emit selected(m_policy, m_key);
}

void KeyPanel::select(const std::string &policy, const std::string &key)
{
    take(policy, key);
    keepChoice();
}

void KeyPanel::keepChoice()
{
    if (!m_hasSelection)
        return;
    const QModelIndex current = m_table->currentIndex();
    if (current.isValid() && m_model.entryAt(current.row()).key == m_key && m_model.entryAt(current.row()).policy == m_policy
        && m_table->selectionModel()->hasSelection())
        return;
    const int row = m_model.rowOf(m_policy, m_key);
    m_choosing = true;
    if (row >= 0)
        m_table->selectionModel()->setCurrentIndex(m_model.index(row, 0),
                                                   QItemSelectionModel::ClearAndSelect | QItemSelectionModel::Rows);
    else
        m_table->selectionModel()->clear(); // hidden or forgotten: no other key stands in for it
    m_choosing = false;
}

// Who is it? That is asked first, so the first answer is there without a click. Once only: then the operator chooses.
void KeyPanel::chooseWorst()
{
    if (m_wait > 0 && m_model.throttled() > 0 && m_model.rowCount() > 0 && --m_wait == 0)
        m_table->selectRow(0);
}

KeyRows KeyPanel::rows() const
{
    KeyRows rows;
    for (int row = 0; row < m_model.rowCount(); ++row)
        rows.push_back(&m_model.entryAt(row));
    return rows;
}

KeyRows KeyPanel::selectedRows() const
{
    std::vector<int> numbers;
    const QItemSelection selection = m_table->selectionModel()->selection();
    for (const QItemSelectionRange &range : selection) {
        for (int row = range.top(); row <= range.bottom(); ++row)
            numbers.push_back(row);
    }
    std::sort(numbers.begin(), numbers.end());
    numbers.erase(std::unique(numbers.begin(), numbers.end()), numbers.end());
    KeyRows rows;
    for (const int row : numbers)
        rows.push_back(&m_model.entryAt(row));
    return rows;
}

void KeyPanel::count()
{
    const QString shown = formatCount(static_cast<std::uint64_t>(m_model.rowCount()));
    const QString all = formatCount(m_model.keys());
    const QString throttled = formatCount(m_model.throttled());
    m_count->setText(m_model.isFiltered() ? tr("%1 of %2 keys · %3 throttled").arg(shown, all, throttled)
                                          : tr("%1 keys · %2 throttled").arg(all, throttled));
}

bool KeyPanel::eventFilter(QObject *watched, QEvent *event)
{
    // The filter would type the slash that calls for it when it has the focus already, as it has at the start.
    if (watched == m_filter && event->type() == QEvent::ShortcutOverride && m_filter->selectedText() == m_filter->text()
        && static_cast<QKeyEvent *>(event)->key() == Qt::Key_Slash) {
        event->ignore();
        return true;
    }
    return Card::eventFilter(watched, event);
}

void KeyPanel::resizeEvent(QResizeEvent *event)
{
    Card::resizeEvent(event);
    // In a narrow window the names need the room more than what can be read off the other columns.
    const int line = fontMetrics().horizontalAdvance(QLatin1Char('0'));
    m_table->setColumnHidden(static_cast<int>(KeyColumn::RejectedShare), width() < 94 * line);
    m_table->setColumnHidden(static_cast<int>(KeyColumn::LastSeen), width() < 108 * line);
}

} // namespace rateguard
