// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The RateGuard authors
#include "widgets/FilterStrip.h"

#include "format/Text.h"
#include "models/FilterWords.h"
#include "widgets/TextLabel.h"

#include <QHBoxLayout>
#include <QKeyEvent>
#include <QLineEdit>
#include <QShortcut>

namespace rateguard {

FilterStrip::FilterStrip(QWidget *parent)
    : QWidget(parent), m_field(new QLineEdit(this)), m_count(new TextLabel({}, Ink::Muted, this)), m_problem(new TextLabel({}, Ink::Danger, this))
{
    m_field->setObjectName(QStringLiteral("filter"));
    m_field->setAccessibleName(tr("Filter keys"));
    m_field->setPlaceholderText(tr("Filter keys  ( / )   user-17   policy:search   state:throttled   rejected>0   !bot"));
    m_field->setToolTip(plainToolTip(filterLanguage()));
    m_field->setAccessibleDescription(filterLanguage());
    m_field->setClearButtonEnabled(true);
    m_field->installEventFilter(this);
    m_count->setObjectName(QStringLiteral("countLabel"));
    m_problem->setObjectName(QStringLiteral("filterProblem"));
    m_problem->setAccessibleDescription(tr("Filter"));
    m_problem->setWordWrap(true);
    m_problem->hide();
    setFocusProxy(m_field);
    auto *top = new QHBoxLayout;
    top->setSpacing(12);
    top->addWidget(m_field, 1);
    top->addWidget(m_count);
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(7);
    column->addLayout(top);
    column->addWidget(m_problem);
    connect(m_field, &QLineEdit::textChanged, this, [this](const QString &text) {
        if (text.isEmpty())
            showProblem({}, {});
        emit typed(text);
    });
    connect(m_field, &QLineEdit::returnPressed, this, &FilterStrip::entered);
    auto *escape = new QShortcut(QKeySequence(Qt::Key_Escape), m_field, nullptr, nullptr, Qt::WidgetShortcut);
    connect(escape, &QShortcut::activated, m_field, &QLineEdit::clear);
    auto *down = new QShortcut(QKeySequence(Qt::Key_Down), m_field, nullptr, nullptr, Qt::WidgetShortcut);
    connect(down, &QShortcut::activated, this, &FilterStrip::left);
}

QString FilterStrip::text() const
{
    return m_field->text();
}

void FilterStrip::setText(const QString &text)
{
    m_field->setText(text);
}

void FilterStrip::focus()
{
    m_field->setFocus(Qt::ShortcutFocusReason);
    m_field->selectAll();
}

void FilterStrip::setCount(const QString &text)
{
    m_count->setText(text);
}

void FilterStrip::showProblem(const std::optional<FilterProblem> &problem, const std::string &inForce)
{
    const bool isOfThis = problem && problem->filter == m_field->text().toStdString();
    m_problem->setText(isOfThis ? filterProblemText(*problem, inForce) : QString());
    m_problem->setVisible(isOfThis);
}

bool FilterStrip::eventFilter(QObject *watched, QEvent *event)
{
    // The field would type the slash that calls for it when it has the focus already, as it has at the start.
    if (watched == m_field && event->type() == QEvent::ShortcutOverride && m_field->selectedText() == m_field->text()
        && static_cast<QKeyEvent *>(event)->key() == Qt::Key_Slash) {
        event->ignore();
        return true;
    }
    return QWidget::eventFilter(watched, event);
}

} // namespace rateguard
