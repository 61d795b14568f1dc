// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The RateGuard authors
#include "widgets/LimitFields.h"

#include "widgets/TextLabel.h"
#include "widgets/WindowEdit.h"

#include <QComboBox>
#include <QGridLayout>
#include <QLineEdit>
#include <QSignalBlocker>
#include <QSpinBox>

namespace rateguard {
namespace {

// Leaves the cursor alone when nothing is new.
void setText(QLineEdit *field, const std::string &bytes)
{
    const QString text = QString::fromStdString(bytes);
    if (field->text() != text)
        field->setText(text);
}

} // namespace

LimitFields::LimitFields(QWidget *parent)
    : QWidget(parent),
      m_nameCaption(new TextLabel(tr("Name"), Ink::Muted, this)),
      m_name(new QLineEdit(this)),
      m_count(new QSpinBox(this)),
      m_window(new WindowEdit(this)),
      m_mode(new QComboBox(this)),
      m_reason(new QLineEdit(this))
{
    setUp();
    arrange();
    connect(m_name, &QLineEdit::textEdited, this, &LimitFields::edited);
    connect(m_count, &QSpinBox::valueChanged, this, &LimitFields::edited);
    connect(m_window, &WindowEdit::edited, this, &LimitFields::edited);
    connect(m_mode, &QComboBox::currentIndexChanged, this, &LimitFields::edited);
    connect(m_reason, &QLineEdit::textEdited, this, &LimitFields::edited);
    connect(m_reason, &QLineEdit::returnPressed, this, &LimitFields::submitted);
}

void LimitFields::setUp()
{
    m_name->setObjectName(QStringLiteral("nameEdit"));
    m_name->setAccessibleName(tr("Policy name"));
    m_name->setMaxLength(64);
    m_name->setPlaceholderText(tr("A-Z a-z 0-9 . _ -"));
    m_count->setObjectName(QStringLiteral("limitSpin"));
    m_count->setAccessibleName(tr("Limit"));
    m_count->setRange(1, static_cast<int>(Limit::maxCount));
    m_count->setGroupSeparatorShown(true);
    m_count->setMinimumWidth(90); // its own wish is for the widest number
    m_mode->setObjectName(QStringLiteral("modeCombo"));
    m_mode->setAccessibleName(tr("Mode"));
    m_mode->addItem(tr("Enforce: reject what is over"));
    m_mode->addItem(tr("Shadow: admit all, only report"));
    m_mode->addItem(tr("Off: admit all, count nothing"));
    m_mode->setSizePolicy(QSizePolicy::Ignored, QSizePolicy::Fixed);
    m_reason->setObjectName(QStringLiteral("reasonEdit"));
    m_reason->setAccessibleName(tr("Reason"));
    m_reason->setMaxLength(200);
    m_reason->setPlaceholderText(tr("For the audit trail"));
}

void LimitFields::arrange()
{
    auto *grid = new QGridLayout(this);
    grid->setContentsMargins(0, 0, 0, 0);
    grid->setHorizontalSpacing(8);
    grid->setVerticalSpacing(6);
    // The buddy is also what screen readers call a field; a combo box has no other name for them.
    const auto caption = [this, grid](const QString &text, QWidget *field, int row) {
        auto *label = new TextLabel(text, Ink::Muted, this);
        label->setBuddy(field);
        grid->addWidget(label, row, 0);
    };
    m_nameCaption->setBuddy(m_name);
    grid->addWidget(m_nameCaption, 0, 0);
    grid->addWidget(m_name, 0, 1, 1, 3);
    caption(tr("Limit"), m_count, 1);
    grid->addWidget(m_count, 1, 1);
    grid->addWidget(new TextLabel(tr("per"), Ink::Muted, this), 1, 2);
    grid->addWidget(m_window, 1, 3);
    caption(tr("Mode"), m_mode, 2);
    grid->addWidget(m_mode, 2, 1, 1, 3);
    caption(tr("Reason"), m_reason, 3);
    grid->addWidget(m_reason, 3, 1, 1, 3);
    grid->setColumnStretch(1, 1);
    grid->setColumnStretch(3, 1);
}

void LimitFields::display(const LimitDraft &draft)
{
    const QSignalBlocker quiet(this);
    m_nameCaption->setVisible(draft.isNew());
    m_name->setVisible(draft.isNew());
    m_name->setReadOnly(draft.isNamed());
    setText(m_name, draft.policy);
    m_count->setValue(static_cast<int>(draft.limit.front().count));
    m_window->setWindow(draft.limit.front().window);
    m_mode->setCurrentIndex(static_cast<int>(draft.mode));
    setText(m_reason, draft.reason);
}

void LimitFields::readInto(LimitDraft &draft) const
{
    if (draft.isNew())
        draft.policy = m_name->text().toStdString();
    draft.limit.front() = {static_cast<std::uint32_t>(m_count->value()), m_window->window()};
    draft.mode = static_cast<Mode>(m_mode->currentIndex());
    draft.reason = m_reason->text().toStdString();
}

void LimitFields::focusName()
{
    m_name->setFocus();
}

} // namespace rateguard
