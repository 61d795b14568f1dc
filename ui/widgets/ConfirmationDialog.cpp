// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The RateGuard authors
#include "widgets/ConfirmationDialog.h"

#include "widgets/EnvironmentBadge.h"
#include "widgets/KeyHabits.h"
#include "widgets/TextLabel.h"

#include <QHBoxLayout>
#include <QKeyEvent>
#include <QLineEdit>
#include <QPushButton>
#include <QRegularExpression>

namespace rateguard {
namespace {

// A limit or a time that stands in a sentence is not broken at a line's end: "10 min", "100/min".
QString unbroken(const QString &text)
{
    static const QRegularExpression unit(QStringLiteral("(?<=\\d) (?=(?:ms|s|min|h|d)\\b)"));
    static const QRegularExpression per(QStringLiteral("(?<=\\d/)(?=[a-z])"));
    return QString(text).replace(unit, QString(QChar::Nbsp)).replace(per, QString(QChar(0x2060)));
}

// Screen readers and tests are told it as it is.
void say(TextLabel *label, const QString &text)
{
    label->setText(unbroken(text));
    label->setAccessibleName(text);
}

} // namespace

ConfirmationDialog::ConfirmationDialog(const Step &step, Environment environment, QWidget *parent)
    : QDialog(parent),
      m_typed(new QLineEdit(this)),
      m_cancel(new QPushButton(tr("Cancel"), this)),
      m_go(new QPushButton(tr("Yes, do it"), this))
{
    setObjectName(QStringLiteral("confirmation"));
    setWindowTitle(tr("Are you sure?"));
    setMinimumWidth(420);
    m_typed->setObjectName(QStringLiteral("confirmName"));
    m_typed->setAccessibleName(tr("Name to confirm"));
    m_cancel->setObjectName(QStringLiteral("confirmCancel"));
    m_go->setObjectName(QStringLiteral("confirmGo"));
    m_cancel->setAutoDefault(false);
    m_go->setAutoDefault(false);

    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(18, 16, 18, 14);
    column->setSpacing(10);
    column->addWidget(makeHead(step, environment));
    auto *typing = new TextLabel(tr("Type %1 to confirm:").arg(step.typed), Ink::Normal, this);
    typing->setWordWrap(true);
    column->addWidget(typing);
    column->addWidget(m_typed);
    column->addStretch(1);
    auto *buttons = new QHBoxLayout;
    buttons->addStretch(1);
    buttons->addWidget(m_cancel);
    buttons->addWidget(m_go);
    column->addLayout(buttons);

    typing->setVisible(!step.typed.isEmpty());
    m_typed->setVisible(!step.typed.isEmpty());
    m_go->setEnabled(step.typed.isEmpty());
    connect(m_typed, &QLineEdit::textChanged, this, [this, wanted = step.typed](const QString &text) { m_go->setEnabled(text == wanted); });
    connect(m_cancel, &QPushButton::clicked, this, &QDialog::reject);
    connect(m_go, &QPushButton::clicked, this, &QDialog::accept);
    if (step.typed.isEmpty())
        m_cancel->setFocus(Qt::TabFocusReason);
    else
        m_typed->setFocus(Qt::TabFocusReason); // Enter does nothing there
}

QWidget *ConfirmationDialog::makeHead(const Step &step, Environment environment)
{
    auto *head = new QWidget(this);
    auto *column = new QVBoxLayout(head);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(10);
    if (environment != Environment::Unmarked) {
        auto *badge = new EnvironmentBadge(head);
        badge->setEnvironment(environment);
        column->addWidget(badge, 0, Qt::AlignLeft);
    }
    auto *what = new TextLabel({}, Ink::Normal, head);
    say(what, step.what);
    what->setObjectName(QStringLiteral("confirmWhat"));
    what->setScale(1.1, true);
    what->setWordWrap(true);
    column->addWidget(what);
    if (!step.effect.isEmpty()) {
        auto *effect = new TextLabel({}, Ink::Normal, head);
        say(effect, step.effect);
        effect->setObjectName(QStringLiteral("confirmEffect"));
        effect->setWordWrap(true);
        column->addWidget(effect);
    }
    setAccessibleDescription(step.what + QLatin1Char(' ') + step.effect);
    return head;
}

// The style frames what has the focus from now on, and not from the first Tab.
void ConfirmationDialog::showEvent(QShowEvent *event)
{
    QDialog::showEvent(event);
    setAttribute(Qt::WA_KeyboardFocusChange);
}

void ConfirmationDialog::keyPressEvent(QKeyEvent *event)
{
    if (!isEnter(*event)) {
        QDialog::keyPressEvent(event);
        return;
    }
    for (QPushButton *button : {m_cancel, m_go}) {
        if (focusWidget() == button)
            button->click();
    }
}

} // namespace rateguard
