// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The RateGuard authors
#include "widgets/OverridePanel.h"

#include "format/Numbers.h"
#include "format/Text.h"
#include "models/EditObstacle.h"
#include "models/OverrideWords.h"
#include "widgets/LiveTable.h"
#include "widgets/OutcomeLine.h"
#include "widgets/TextLabel.h"

#include <QHBoxLayout>
#include <QHeaderView>
#include <QLineEdit>
#include <QPushButton>
#include <QShortcut>
#include <QStackedLayout>

#include <algorithm>

namespace rateguard {
namespace {

constexpr int narrow = 560; // pixels; what is known elsewhere makes room for the keys

} // namespace

OverridePanel::OverridePanel(bool readOnly, QWidget *parent)
    : Card(parent),
      m_readOnly(readOnly),
      m_filter(new QLineEdit(this)),
      m_table(new LiveTable(this)),
      m_count(new TextLabel({}, Ink::Muted, this)),
      m_empty(new TextLabel({}, Ink::Muted, this)),
      m_note(new TextLabel({}, Ink::Muted, this)),
      m_new(new QPushButton(tr("New override…"), this)),
      m_details(new QPushButton(tr("Details"), this)),
      m_change(new QPushButton(tr("Change…"), this)),
      m_lift(new QPushButton(tr("Lift…"), this)),
      m_outcome(new OutcomeLine(QStringLiteral("overrideOutcome"), tr("Outcome of the override"), this))
{
    auto *title = new TextLabel(tr("Overrides"), Ink::Normal, this);
    title->setScale(1.0, true);
    m_filter->setObjectName(QStringLiteral("overrideFilter"));
    m_filter->setAccessibleName(tr("Filter overrides"));
    m_filter->setPlaceholderText(tr("Filter: policy, key, ban"));
    m_filter->setClearButtonEnabled(true);
    QSizePolicy room = m_filter->sizePolicy();
    room.setRetainSizeWhenHidden(true);
    m_filter->setSizePolicy(room);
    m_count->setObjectName(QStringLiteral("overrideCount"));
    m_note->setObjectName(QStringLiteral("overrideNote"));
    m_note->setWordWrap(true);
    m_new->setObjectName(QStringLiteral("newOverrideButton"));
    m_details->setObjectName(QStringLiteral("overrideDetailsButton"));
    m_change->setObjectName(QStringLiteral("changeOverrideButton"));
    m_lift->setObjectName(QStringLiteral("liftOverrideButton"));
    setUpTable();
    setFocusProxy(m_table);
    auto *top = new QHBoxLayout;
    top->addWidget(title);
    top->addWidget(m_count);
    top->addWidget(m_filter, 1);
    top->addWidget(m_new);
    auto *body = new QWidget(this);
    m_pages = new QStackedLayout(body);
    m_pages->addWidget(m_table);
    m_pages->addWidget(makeEmpty());
    auto *bottom = new QHBoxLayout;
    bottom->addWidget(m_note, 1);
    bottom->addWidget(m_details);
    bottom->addWidget(m_change);
    bottom->addWidget(m_lift);
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(10, 9, 10, 8);
    column->setSpacing(8);
    column->addLayout(top);
    column->addWidget(body, 1);
    column->addWidget(m_outcome);
    column->addLayout(bottom);

    connect(m_filter, &QLineEdit::textChanged, this, [this](const QString &text) {
        m_model.setFilter(text);
        display();
    });
    auto *escape = new QShortcut(QKeySequence(Qt::Key_Escape), m_filter, nullptr, nullptr, Qt::WidgetShortcut);
    connect(escape, &QShortcut::activated, m_filter, &QLineEdit::clear);
    connect(m_new, &QPushButton::clicked, this, &OverridePanel::newRequested);
    connect(m_details, &QPushButton::clicked, this, &OverridePanel::showDetails);
    connect(m_change, &QPushButton::clicked, this, &OverridePanel::change);
    connect(m_lift, &QPushButton::clicked, this, &OverridePanel::lift);
    display();
}

void OverridePanel::setUpTable()
{
    m_table->setObjectName(QStringLiteral("overrideTable"));
    m_table->setAccessibleName(tr("Overrides"));
    m_table->setModel(&m_model);
    m_table->setSelectionMode(QAbstractItemView::ExtendedSelection);
    m_table->setEscapeDeselects(true);
    m_table->setColumns({tr("checkout"), QString(), tr("≤ own limit 100/min"), tr("23 h 59 min"), QStringLiteral("k123")},
                        static_cast<int>(OverrideColumn::Key));
    m_table->setMinimumHeight(70);
    connect(m_table->selectionModel(), &QItemSelectionModel::selectionChanged, this, &OverridePanel::display);
    connect(m_table, &QAbstractItemView::activated, this, &OverridePanel::change);
    auto *gone = new QShortcut(QKeySequence(Qt::Key_Delete), m_table, nullptr, nullptr, Qt::WidgetShortcut);
    connect(gone, &QShortcut::activated, m_lift, &QPushButton::click);
}

QWidget *OverridePanel::makeEmpty()
{
    auto *page = new QWidget(this);
    m_empty->setObjectName(QStringLiteral("overrideEmpty"));
    m_empty->setWordWrap(true);
    m_empty->setAlignment(Qt::AlignCenter);
    auto *column = new QVBoxLayout(page);
    column->setContentsMargins(24, 0, 24, 0);
    column->addWidget(m_empty);
    return page;
}

void OverridePanel::apply(const Snapshot &snapshot)
{
    m_link = snapshot.link;
    m_model.apply(snapshot);
    m_trouble.clear();
    m_known = snapshot.overrides != nullptr;
    if (snapshot.overrides) {
        const OverrideList &list = *snapshot.overrides;
        QStringList parts;
        if (!list.error.empty())
            parts.append(displayText(list.error, 300));
        if (list.isCut)
            parts.append(tr("There are more than are listed."));
        if (!list.damaged.empty())
            parts.append(tr("Cannot be read: %1.").arg(displayText(list.damaged.front(), 60)));
        m_trouble = parts.join(QLatin1Char(' '));
    }
    for (const OverrideOutcome &outcome : snapshot.keyEdits) {
        if (m_awaited == 0 || outcome.id != m_awaited)
            continue;
        m_outcome->display(outcome, outcomeOfKeyText(outcome));
        m_told.reset();
        m_isListed = false;
        if (outcome.status == OverrideOutcome::Status::Applied && !outcome.isReplaced)
            m_told = outcome;
    }
    if (snapshot.overrides)
        followTold(*snapshot.overrides);
    display();
}

// The list is read again some time after the edit: what it made comes into it first.
void OverridePanel::followTold(const OverrideList &list)
{
    if (!m_told)
        return;
    const bool isListed = std::any_of(list.all.begin(), list.all.end(), [this](const KeyOverride &it) {
        return it.policy == m_told->policy && it.key == m_told->key && it.value.version == m_told->version;
    });
    if (m_isListed && !isListed)
        forgetOutcome();
    else
        m_isListed = isListed;
}

void OverridePanel::forgetOutcome()
{
    m_awaited = 0;
    m_told.reset();
    m_outcome->clear();
}

void OverridePanel::sent(const OverrideEdit &edit)
{
    m_awaited = edit.id;
    m_told.reset();
    OverrideOutcome pending;
    pending.policy = edit.policy;
    pending.key = edit.key;
    m_outcome->display(pending, outcomeOfKeyText(pending));
}

std::vector<KeyOverride> OverridePanel::selected() const
{
    std::vector<KeyOverride> result;
    const QModelIndexList rows = m_table->selectionModel()->selectedRows();
    for (const QModelIndex &row : rows)
        result.push_back(m_model.at(row.row()));
    return result;
}

void OverridePanel::display()
{
    const QString barrier = keyBarrierText(m_link, m_readOnly);
    const auto chosen = m_table->selectionModel()->selectedRows().size();
    const std::size_t total = m_model.total();
    m_pages->setCurrentIndex(total == 0 ? 1 : 0);
    m_empty->setText(m_known ? tr("No key has an override. One takes a single key out of its policy's limit: bans it, exempts it, or gives it a limit "
                                  "of its own, for a time. Make one with «New override…» here, or from the details of a key.")
                             : tr("The overrides have not been read yet."));
    m_filter->setVisible(total > 0);
    m_count->setText(total == 0 ? QString()
                     : static_cast<std::size_t>(m_model.rowCount()) == total ? formatCount(total)
                                                                             : tr("%1 of %2").arg(formatCount(static_cast<std::uint64_t>(m_model.rowCount())), formatCount(total)));
    m_note->setText(m_trouble);
    m_new->setEnabled(barrier.isEmpty());
    m_new->setToolTip(barrier.isEmpty() ? tr("Ban, exempt or limit a single key") : barrier);
    m_lift->setText(chosen > 1 ? tr("Lift %1…").arg(chosen) : tr("Lift…"));
    for (QPushButton *button : {m_details, m_change, m_lift})
        button->setVisible(total > 0);
    m_details->setEnabled(chosen == 1);
    m_change->setEnabled(chosen == 1 && barrier.isEmpty());
    m_lift->setEnabled(chosen > 0 && barrier.isEmpty());
    for (QPushButton *button : {m_change, m_lift})
        button->setToolTip(barrier.isEmpty() && chosen == 0 ? tr("First select an override.") : barrier);
}

void OverridePanel::resizeEvent(QResizeEvent *event)
{
    Card::resizeEvent(event);
    m_table->setColumnHidden(static_cast<int>(OverrideColumn::Version), width() < narrow);
}

void OverridePanel::lift()
{
    if (const auto overrides = selected(); !overrides.empty())
        emit liftRequested(overrides);
}

void OverridePanel::change()
{
    const auto overrides = selected();
    if (overrides.size() == 1 && m_change->isEnabled())
        emit changeRequested(overrides.front().policy, overrides.front().key);
}

void OverridePanel::showDetails()
{
    const auto overrides = selected();
    if (overrides.size() == 1)
        emit keyChosen(overrides.front().policy, overrides.front().key);
}

} // namespace rateguard
