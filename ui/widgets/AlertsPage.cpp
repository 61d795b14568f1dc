// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The RateGuard authors
#include "widgets/AlertsPage.h"

#include "models/AlertRuleModel.h"
#include "models/AlertWatch.h"
#include "models/PastAlertModel.h"
#include "widgets/AlertEditor.h"
#include "widgets/AlertStateDelegate.h"
#include "widgets/LiveTable.h"
#include "widgets/SnoozeMenu.h"
#include "widgets/TextLabel.h"

#include <QHBoxLayout>
#include <QPushButton>
#include <QShortcut>

#include <algorithm>

namespace rateguard {
namespace {

using namespace std::chrono_literals;

constexpr auto rest = 500ms; // between two drawings
constexpr int roomForAll = 700; // columns

QHBoxLayout *head(const QString &title, TextLabel *remark, QWidget *parent)
{
    auto *name = new TextLabel(title, Ink::Normal, parent);
    name->setScale(1, true);
    auto *row = new QHBoxLayout;
    row->setContentsMargins(4, 0, 0, 0);
    row->setSpacing(6);
    row->addWidget(name);
    row->addSpacing(8);
    row->addWidget(remark);
    row->addStretch(1);
    return row;
}

} // namespace

AlertsPage::AlertsPage(QWidget *parent)
    : QWidget(parent),
      m_watch(new AlertWatch(this)),
      m_rules(new AlertRuleModel(this)),
      m_past(m_watch->past()),
      m_table(new LiveTable(this)),
      m_pastTable(new LiveTable(this)),
      m_damaged(new TextLabel({}, Ink::Warning, this)),
      m_count(new TextLabel({}, Ink::Muted, this)),
      m_pastCount(new TextLabel({}, Ink::Muted, this)),
      m_editor(new AlertEditor(this)),
      m_add(makeButton(tr("Add…"), "alertAddButton")),
      m_edit(makeButton(tr("Edit…"), "alertEditButton")),
      m_delete(makeButton(tr("Delete"), "alertDeleteButton")),
      m_snooze(makeButton(tr("Snooze"), "alertSnoozeButton")),
      m_snoozeMenu(new SnoozeMenu(this)),
      m_clear(makeButton(tr("Clear list"), "alertClearButton"))
{
    setFocusProxy(m_table);
    auto *left = new QVBoxLayout;
    left->setSpacing(8);
    left->addWidget(makeRules(), 5);
    left->addWidget(makePast(), 6);
    auto *row = new QHBoxLayout(this);
    row->setContentsMargins(0, 0, 0, 0);
    row->setSpacing(8);
    row->addLayout(left, 1);
    row->addWidget(m_editor);
    wireSnooze();
    wire();
    draw();
}

QPushButton *AlertsPage::makeButton(const QString &text, const char *name)
{
    auto *button = new QPushButton(text, this);
    button->setObjectName(QLatin1String(name));
    return button;
}

Card *AlertsPage::makeRules()
{
    auto *card = new Card(this);
    m_table->setObjectName(QStringLiteral("alertTable"));
    m_table->setAccessibleName(tr("Alert rules"));
    m_table->setModel(m_rules);
    m_table->setColumns({tr("On"), tr("◌ Snoozed 45 min"), QString(), tr("away for 59 s"), tr("> 10,000/s")}, static_cast<int>(AlertColumn::Rule));
    m_table->setItemDelegateForColumn(static_cast<int>(AlertColumn::State), new AlertStateDelegate(this));
    m_damaged->setObjectName(QStringLiteral("alertsDamaged"));
    m_damaged->setWordWrap(true);
    m_damaged->setContentsMargins(4, 0, 4, 0);
    m_damaged->setText(QStringLiteral("▲ ") + m_watch->damage());
    m_damaged->setVisible(!m_watch->damage().isEmpty());
    m_count->setScale(0.9);
    m_count->setObjectName(QStringLiteral("alertCount"));
    QHBoxLayout *top = head(tr("Alert rules"), m_count, this);
    for (QPushButton *button : {m_add, m_edit, m_delete, m_snooze})
        top->addWidget(button);
    auto *column = new QVBoxLayout(card);
    column->setContentsMargins(8, 6, 8, 6);
    column->setSpacing(4);
    column->addLayout(top);
    column->addWidget(m_damaged);
    column->addWidget(m_table, 1);
    return card;
}

Card *AlertsPage::makePast()
{
    auto *card = new Card(this);
    m_pastTable->setObjectName(QStringLiteral("pastAlertTable"));
    m_pastTable->setAccessibleName(tr("Alerts of this session"));
    m_pastTable->setModel(m_past);
    m_pastTable->setColumns({QStringLiteral("30 Nov 23:59"), QStringLiteral("10.20.130.240:6379"), QString(), QStringLiteral("9,999/s"), QStringLiteral("search · scraper 203.0.113.177"), QStringLiteral("30 Nov 23:59"), tr("45 min")},
                            static_cast<int>(PastAlertColumn::Rule));
    m_pastTable->setItemDelegateForColumn(static_cast<int>(PastAlertColumn::Until), new AlertStateDelegate(this));
    m_pastCount->setScale(0.9);
    m_pastCount->setObjectName(QStringLiteral("pastAlertCount"));
    QHBoxLayout *top = head(tr("Alerts of this session"), m_pastCount, this);
    top->addWidget(m_clear);
    auto *column = new QVBoxLayout(card);
    column->setContentsMargins(8, 6, 8, 6);
    column->setSpacing(4);
    column->addLayout(top);
    column->addWidget(m_pastTable, 1);
    return card;
}

void AlertsPage::wireSnooze()
{
    m_snooze->setMenu(m_snoozeMenu);
    connect(m_snoozeMenu, &SnoozeMenu::snoozeAsked, this, [this](Duration span) {
        if (const auto *status = current())
            m_watch->snooze(status->rule.id, span);
    });
    connect(m_snoozeMenu, &SnoozeMenu::openSnoozeAsked, this, [this] {
        if (const auto *status = current())
            m_watch->snoozeOpenly(status->rule.id);
    });
    connect(m_snoozeMenu, &SnoozeMenu::wakeAsked, this, [this] {
        if (const auto *status = current())
            m_watch->wake(status->rule.id);
    });
}

void AlertsPage::wire()
{
    connect(m_watch, &AlertWatch::firingChanged, this, &AlertsPage::firingChanged);
    connect(m_watch, &AlertWatch::raised, this, &AlertsPage::raised);
    connect(m_watch, &AlertWatch::changed, this, &AlertsPage::drawIfSeen);
    connect(m_rules, &AlertRuleModel::switched, m_watch, &AlertWatch::enable);
    connect(m_table->selectionModel(), &QItemSelectionModel::selectionChanged, this, &AlertsPage::offer);
    connect(m_table, &LiveTable::activated, this, [this](const QModelIndex &index) {
        const AlertBook::Status status = m_rules->at(index.row());
        lead(status.rule.kind, status.policy, status.key);
    });
    connect(m_pastTable, &LiveTable::activated, this, [this](const QModelIndex &index) {
        const PastAlertModel::Row row = m_past->at(index.row());
        if (m_watch->isOfHere(row))
            lead(row.rule.kind, row.alert.policy, row.alert.key);
        else // a key of the same name here is another one
            emit refused(tr("This alert is of %1, which is not watched now. Connect to it to look there.").arg(row.source.text()));
    });
    // The table itself leaves Space to the window; here it has a use.
    connect(new QShortcut(QKeySequence(Qt::Key_Space), m_table, nullptr, nullptr, Qt::WidgetShortcut), &QShortcut::activated, this, [this] {
        if (const auto *status = current())
            m_watch->enable(status->rule.id, !status->rule.enabled);
    });
    connect(m_add, &QPushButton::clicked, this, [this] {
        AlertRule fresh = defaultAlertRules()[1];
        fresh.enabled = true;
        openEditor(fresh);
    });
    connect(m_edit, &QPushButton::clicked, this, &AlertsPage::edit);
    connect(m_delete, &QPushButton::clicked, this, &AlertsPage::remove);
    connect(m_clear, &QPushButton::clicked, this, [this] {
        m_past->clear();
        draw();
    });
    connect(m_editor, &AlertEditor::saved, this, &AlertsPage::keep);
    connect(m_editor, &AlertEditor::closed, this, &AlertsPage::fitColumns);
}

void AlertsPage::setPlace(const QString &name)
{
    m_watch->setPlace(name);
}

void AlertsPage::apply(const Snapshot &snapshot)
{
    m_watch->apply(snapshot);
    const Instant now = m_watch->now();
    if (now >= m_drawn + rest || now < m_drawn)
        drawIfSeen();
}

void AlertsPage::drawIfSeen()
{
    if (isVisible())
        draw();
}

void AlertsPage::draw()
{
    m_drawn = m_watch->now();
    m_rules->apply(m_watch->book().statuses(), m_drawn);
    m_past->pass(m_drawn, m_watch->book().underway());
    fitColumns();
    const std::vector<AlertRule> rules = m_watch->book().rules();
    const int firing = m_watch->book().firing();
    const int snoozed = m_watch->book().snoozed();
    const auto on = std::count_if(rules.begin(), rules.end(), [](const AlertRule &rule) { return rule.enabled; });
    m_pastCount->setText(m_past->rowCount() == 0 ? tr("none so far") : tr("%1, kept until the program ends").arg(m_past->rowCount()));
    QString count = rules.empty() ? tr("none: Add… makes one") : tr("%1 of %2 on").arg(on).arg(rules.size());
    if (firing > 0)
        count = tr("%1, %2 firing").arg(count).arg(firing);
    if (snoozed > 0)
        count = tr("%1, %2 snoozed").arg(count).arg(snoozed);
    m_count->setText(count);
    offer();
}

void AlertsPage::showEvent(QShowEvent *event)
{
    QWidget::showEvent(event);
    draw();
}

void AlertsPage::resizeEvent(QResizeEvent *event)
{
    QWidget::resizeEvent(event);
    fitColumns();
}

void AlertsPage::openEditor(const AlertRule &rule)
{
    m_editor->open(rule);
    fitColumns();
}

void AlertsPage::fitColumns()
{
    const int room = width() - (m_editor->isHidden() ? 0 : m_editor->width());
    m_table->setColumnHidden(static_cast<int>(AlertColumn::Threshold), room < roomForAll);
    m_pastTable->setColumnHidden(static_cast<int>(PastAlertColumn::Key), room < roomForAll);
    m_pastTable->setColumnHidden(static_cast<int>(PastAlertColumn::Source), room < roomForAll || !m_past->needsSources());
}

const AlertBook::Status *AlertsPage::current() const
{
    const QModelIndexList rows = m_table->selectionModel()->selectedRows();
    return rows.isEmpty() ? nullptr : &m_rules->at(rows.first().row());
}

void AlertsPage::offer()
{
    const AlertBook::Status *status = current();
    m_edit->setEnabled(status);
    m_delete->setEnabled(status);
    m_snooze->setEnabled(status && status->rule.enabled);
    m_clear->setEnabled(m_past->rowCount() > 0);
    m_snoozeMenu->setSnoozed(status && status->state == AlertBook::State::Snoozed);
}

void AlertsPage::edit()
{
    if (const auto *status = current())
        openEditor(status->rule);
}

void AlertsPage::remove()
{
    const auto *status = current();
    if (!status)
        return;
    const std::uint32_t id = status->rule.id;
    if (m_editor->editing() == id)
        m_editor->close();
    m_watch->remove(id);
}

void AlertsPage::keep(const AlertRule &rule)
{
    AlertRule kept = rule;
    if (const int row = m_rules->rowOf(rule.id); row >= 0)
        kept.enabled = m_rules->at(row).rule.enabled; // it may have been switched meanwhile
    const std::uint32_t id = m_watch->keep(kept);
    draw();
    m_table->selectRow(m_rules->rowOf(id));
    m_table->setFocus();
}

void AlertsPage::lead(AlertKind kind, const std::string &policy, const std::string &key)
{
    if (!key.empty())
        emit keyChosen(policy, key);
    else
        emit pageChosen(kind == AlertKind::Rejections || kind == AlertKind::RejectedShare || kind == AlertKind::NearLimit ? Page::Keys : Page::Overview);
}

} // namespace rateguard
