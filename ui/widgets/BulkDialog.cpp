// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The RateGuard authors
#include "widgets/BulkDialog.h"

#include "models/Author.h"
#include "models/EditObstacle.h"
#include "widgets/BulkForm.h"
#include "widgets/CellDelegate.h"
#include "widgets/EnvironmentBadge.h"
#include "widgets/KeyHabits.h"
#include "widgets/LiveTable.h"
#include "widgets/PrimaryButton.h"
#include "widgets/TextLabel.h"

#include <QHBoxLayout>
#include <QHeaderView>
#include <QKeyEvent>
#include <QProgressBar>
#include <QPushButton>

#include <algorithm>

namespace rateguard {
namespace {

bool areTheSame(const std::vector<BulkStep> &steps, const std::vector<BulkStep> &others)
{
    const auto version = [](const BulkStep &step) { return std::visit([](const auto &edit) { return edit.expectedVersion; }, step.edit); };
    return std::equal(steps.begin(), steps.end(), others.begin(), others.end(),
                      [&](const BulkStep &a, const BulkStep &b) { return a.name == b.name && version(a) == version(b); });
}

} // namespace

BulkDialog::BulkDialog(const QString &title, BulkForm *form, Environment environment, QWidget *parent)
    : QDialog(parent),
      m_form(form),
      m_environment(environment),
      m_table(new LiveTable(this)),
      m_text(new TextLabel({}, Ink::Normal, this)),
      m_progress(new QProgressBar(this)),
      m_close(new QPushButton(tr("Cancel"), this)),
      m_stop(new QPushButton(tr("Stop"), this)),
      m_go(new PrimaryButton({}, this))
{
    setAttribute(Qt::WA_DeleteOnClose);
    setObjectName(QStringLiteral("bulkDialog"));
    setWindowTitle(title);
    resize(780, 520);
    m_table->setObjectName(QStringLiteral("bulkTable"));
    m_table->setAccessibleName(tr("What will be done"));
    m_table->setModel(&m_model);
    m_table->setItemDelegate(new CellDelegate(m_table, Qt::ElideRight));
    m_table->horizontalHeader()->setStretchLastSection(true);
    m_text->setObjectName(QStringLiteral("bulkText"));
    m_text->setWordWrap(true);
    m_progress->setTextVisible(false);
    m_progress->setMaximumHeight(8);
    m_stop->setObjectName(QStringLiteral("bulkStop"));
    m_go->setObjectName(QStringLiteral("bulkGo"));
    m_close->setObjectName(QStringLiteral("bulkClose"));
    for (QPushButton *button : {m_close, m_stop, m_go})
        button->setAutoDefault(false);
    arrange(title, environment);
    connect(m_form, &BulkForm::edited, this, &BulkDialog::plan);
    connect(m_close, &QPushButton::clicked, this, &BulkDialog::reject);
    connect(m_stop, &QPushButton::clicked, this, &BulkDialog::stop);
    connect(m_go, &QPushButton::clicked, this, &BulkDialog::ask);
    plan();
}

void BulkDialog::arrange(const QString &title, Environment environment)
{
    auto *heading = new TextLabel(title, Ink::Normal, this);
    heading->setScale(1.15, true);
    auto *badge = new EnvironmentBadge(this);
    badge->setEnvironment(environment);
    auto *top = new QHBoxLayout;
    top->addWidget(heading, 1);
    top->addWidget(badge);
    auto *buttons = new QHBoxLayout;
    buttons->addStretch(1);
    buttons->addWidget(m_close);
    buttons->addWidget(m_stop);
    buttons->addWidget(m_go);
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(16, 14, 16, 12);
    column->setSpacing(10);
    column->addLayout(top);
    column->addWidget(m_form);
    column->addWidget(m_table, 1);
    column->addWidget(m_progress);
    column->addWidget(m_text);
    column->addLayout(buttons);
}

void BulkDialog::plan()
{
    m_run = BulkRun(m_form->steps(), firstEditId(), author());
    display();
}

void BulkDialog::ask()
{
    confirmListed(this, m_environment, m_form->step(m_run.steps()), [this, asked = m_run.steps()] {
        if (areTheSame(asked, m_run.steps()))
            start();
        else if (m_go->isEnabled())
            ask(); // somebody has changed one of them since: that is another question
    });
}

void BulkDialog::start()
{
    if (m_running)
        return;
    m_running = true;
    m_form->hide();
    send();
}

void BulkDialog::stop()
{
    m_run.stop();
    display();
}

void BulkDialog::apply(const Snapshot &snapshot)
{
    m_link = snapshot.link;
    if (!m_running) {
        plan();
        return;
    }
    m_run.settle(snapshot);
    send();
}

void BulkDialog::send()
{
    const std::vector<BulkStep> due = m_run.due(m_link);
    display();
    for (const BulkStep &step : due) {
        if (const auto *limit = std::get_if<LimitEdit>(&step.edit))
            emit editRequested(*limit);
        else
            emit overrideRequested(std::get<OverrideEdit>(step.edit));
    }
}

void BulkDialog::display()
{
    m_model.display(m_run.steps());
    fitColumns();
    const std::size_t count = m_run.steps().size();
    const bool live = m_link.state == LinkState::Live;
    m_progress->setVisible(m_running);
    m_progress->setRange(0, static_cast<int>(count));
    m_progress->setValue(static_cast<int>(m_run.done()));
    m_stop->setVisible(m_running && m_run.count(BulkStep::State::Waiting) > 0);
    m_go->setVisible(!m_running);
    m_close->setText(m_running ? tr("Close") : tr("Cancel"));
    m_close->setEnabled(!m_running || m_run.isOver() || m_run.count(BulkStep::State::Waiting) == 0);
    if (m_running) {
        m_text->show();
        m_text->setInk(Ink::Normal);
        m_text->setText(live || m_run.isOver() ? m_run.report() : tr("%1. Not connected: the rest waits.").arg(m_run.report()));
        return;
    }
    const bool ofKeys = count > 0 && std::holds_alternative<OverrideEdit>(m_run.steps().front().edit);
    const bool may = ofKeys ? m_link.mayOverride : m_link.mayEdit;
    const QString problem = count == 0 ? tr("Nothing would change.") : !may ? (ofKeys ? keyBarrierText(m_link, false) : barrierText(m_link, false))
        : !live                        ? tr("Not connected.") : m_form->problem();
    QStringList said {problem, m_form->remark()};
    said.removeAll({});
    m_text->setText(said.join(QLatin1Char('\n')));
    m_text->setInk(Ink::Muted);
    m_text->setVisible(!said.isEmpty());
    m_go->setText(askingLabel(m_form->verb(count), askingFor(m_environment, m_form->step(m_run.steps()).size) == Asking::Name));
    m_go->setEnabled(problem.isEmpty());
}

// What fits is shown in whole; columns that need more than their share of the room are cut to it.
void BulkDialog::fitColumns()
{
    constexpr int most = 200; // rows that are measured
    constexpr int result = 3;
    m_table->setColumnHidden(result, !m_running);
    std::vector<std::pair<int, int>> needs; // of a column
    for (int column = 0; column < (m_running ? result + 1 : result); ++column) {
        int need = m_table->horizontalHeader()->fontMetrics().horizontalAdvance(m_model.headerData(column, Qt::Horizontal).toString());
        for (int row = 0; row < std::min(m_model.rowCount(), most); ++row)
            need = std::max(need, m_table->fontMetrics().horizontalAdvance(m_model.index(row, column).data().toString()));
        needs.emplace_back(need + 3 * CellDelegate::padding, column);
    }
    std::sort(needs.begin(), needs.end());
    int room = m_table->viewport()->width();
    for (auto left = static_cast<int>(needs.size()); const auto &[need, column] : needs) {
        const int width = std::min(need, room / left--);
        m_table->horizontalHeader()->resizeSection(column, width);
        room -= width;
    }
}

void BulkDialog::keyPressEvent(QKeyEvent *event)
{
    if (!isEnter(*event))
        QDialog::keyPressEvent(event);
    else if (m_go->isVisible() && m_go->isEnabled() && !event->isAutoRepeat())
        m_go->setFocus(Qt::ShortcutFocusReason);
}

void BulkDialog::resizeEvent(QResizeEvent *event)
{
    QDialog::resizeEvent(event);
    fitColumns();
}

// Nothing that was sent can be called back; what was not sent is not.
void BulkDialog::reject()
{
    if (m_running)
        m_run.stop();
    QDialog::reject();
}

} // namespace rateguard
