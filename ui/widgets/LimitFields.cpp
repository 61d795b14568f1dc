// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The RateGuard authors
#include "widgets/LimitFields.h"

#include "widgets/LimitRows.h"
#include "widgets/ModeEnd.h"
#include "widgets/TextLabel.h"

#include <QComboBox>
#include <QGridLayout>
#include <QHBoxLayout>
#include <QLineEdit>
#include <QPushButton>
#include <QSignalBlocker>

namespace rateguard {
namespace {

// The lines of the grid.
enum Line { NameLine, FirstWindow, CountLine = FirstWindow + static_cast<int>(Limits::most), NoteLine, ModeLine, ForLine, EndLine, ReasonLine };
constexpr int fieldColumns = 4; // right of the captions

// Leaves the cursor alone when nothing is new.
void setText(QLineEdit *field, const std::string &bytes)
{
    const QString text = QString::fromStdString(bytes);
    if (field->text() != text)
        field->setText(text);
}

} // namespace

// Made in the order in which Tab visits them.
LimitFields::LimitFields(QWidget *parent)
    : QWidget(parent),
      m_grid(new QGridLayout(this)),
      m_nameCaption(new TextLabel(tr("Name"), Ink::Muted, this)),
      m_name(new QLineEdit(this)),
      m_rows(new LimitRows(m_grid, FirstWindow, this)),
      m_algorithm(new QComboBox(this)),
      m_add(new QPushButton(tr("Add &window"), this)),
      m_note(new TextLabel({}, Ink::Muted, this)),
      m_mode(new QComboBox(this)),
      m_endCaption(new TextLabel(tr("For"), Ink::Muted, this)),
      m_end(new ModeEnd(this)),
      m_ends(new TextLabel({}, Ink::Muted, this)),
      m_reason(new QLineEdit(this))
{
    setUp();
    setUpModes();
    arrange();
    listen();
}

void LimitFields::setUp()
{
    m_name->setObjectName(QStringLiteral("nameEdit"));
    m_name->setAccessibleName(tr("Policy name"));
    m_name->setMaxLength(64);
    m_name->setPlaceholderText(tr("A-Z a-z 0-9 . _ -"));
    m_algorithm->setObjectName(QStringLiteral("algorithmCombo"));
    m_algorithm->setAccessibleName(tr("Counting"));
    m_algorithm->addItem(tr("exact (log)"));
    m_algorithm->addItem(tr("bucket, for large limits"));
    m_algorithm->setItemData(0, tr("Every request is remembered with its time, in 4 to 6 bytes. Counts up to 1,000,000."), Qt::ToolTipRole);
    m_algorithm->setItemData(1, tr("Counts in sixtieths of the window, in 264 bytes. Counts up to 1,000,000,000."), Qt::ToolTipRole);
    m_algorithm->setSizePolicy(QSizePolicy::Ignored, QSizePolicy::Fixed);
    m_add->setMaximumWidth(m_add->fontMetrics().horizontalAdvance(m_add->text()) + 14); // styles ask for more
    m_add->setObjectName(QStringLiteral("addWindowButton"));
    m_note->setObjectName(QStringLiteral("limitNote"));
    m_note->setAccessibleDescription(tr("About the limit"));
    m_note->setWordWrap(true);
    m_reason->setObjectName(QStringLiteral("reasonEdit"));
    m_reason->setAccessibleName(tr("Reason"));
    m_reason->setMaxLength(200);
    m_reason->setPlaceholderText(tr("For the audit trail"));
}

void LimitFields::setUpModes()
{
    m_mode->setObjectName(QStringLiteral("modeCombo"));
    m_mode->setAccessibleName(tr("Mode"));
    m_mode->addItem(tr("Enforce: reject what is over"));
    m_mode->addItem(tr("Shadow: admit all, only report"));
    m_mode->addItem(tr("Off: admit all, count nothing"));
    m_mode->setSizePolicy(QSizePolicy::Ignored, QSizePolicy::Fixed);
    m_ends->setObjectName(QStringLiteral("endLabel"));
    m_ends->setAccessibleDescription(tr("End of the mode"));
    m_ends->setWordWrap(true);
}

// The buddy is also what screen readers call a field; a combo box has no other name for them.
void LimitFields::caption(const QString &text, QWidget *field, int row)
{
    auto *label = new TextLabel(text, Ink::Muted, this);
    label->setBuddy(field);
    m_grid->addWidget(label, row, 0);
}

void LimitFields::arrange()
{
    m_grid->setContentsMargins(0, 0, 0, 0);
    m_grid->setHorizontalSpacing(4);
    m_grid->setVerticalSpacing(6);
    m_nameCaption->setBuddy(m_name);
    m_grid->addWidget(m_nameCaption, NameLine, 0);
    m_grid->addWidget(m_name, NameLine, 1, 1, fieldColumns);
    caption(tr("Count"), m_algorithm, CountLine);
    auto *counting = new QHBoxLayout;
    counting->setSpacing(6);
    counting->addWidget(m_algorithm, 1);
    counting->addWidget(m_add);
    m_grid->addLayout(counting, CountLine, 1, 1, fieldColumns);
    m_grid->addWidget(m_note, NoteLine, 1, 1, fieldColumns);
    caption(tr("Mode"), m_mode, ModeLine);
    m_grid->addWidget(m_mode, ModeLine, 1, 1, fieldColumns);
    m_endCaption->setBuddy(m_end);
    m_grid->addWidget(m_endCaption, ForLine, 0);
    m_grid->addWidget(m_end, ForLine, 1, 1, fieldColumns);
    m_grid->addWidget(m_ends, EndLine, 1, 1, fieldColumns);
    caption(tr("Reason"), m_reason, ReasonLine);
    m_grid->addWidget(m_reason, ReasonLine, 1, 1, fieldColumns);
    m_grid->setColumnStretch(1, 1);
    m_grid->setColumnStretch(3, 1);
}

void LimitFields::listen()
{
    connect(m_name, &QLineEdit::textEdited, this, &LimitFields::edited);
    connect(m_rows, &LimitRows::edited, this, &LimitFields::edited);
    connect(m_algorithm, &QComboBox::currentIndexChanged, this, &LimitFields::edited);
    connect(m_add, &QPushButton::clicked, m_rows, &LimitRows::add);
    connect(m_mode, &QComboBox::currentIndexChanged, this, &LimitFields::edited);
    connect(m_end, &ModeEnd::edited, this, &LimitFields::edited);
    connect(m_reason, &QLineEdit::textEdited, this, &LimitFields::edited);
    connect(m_reason, &QLineEdit::returnPressed, this, &LimitFields::submitted);
}

void LimitFields::display(const LimitDraft &draft)
{
    const QSignalBlocker quiet(this);
    m_nameCaption->setVisible(draft.isNew());
    m_name->setVisible(draft.isNew());
    m_name->setReadOnly(draft.isNamed());
    setText(m_name, draft.policy);
    m_rows->display(draft.limit);
    m_algorithm->setCurrentIndex(static_cast<int>(draft.limit.algorithm));
    m_algorithm->setToolTip(m_algorithm->currentData(Qt::ToolTipRole).toString());
    m_add->setEnabled(!m_rows->isFull());
    m_add->setToolTip(m_rows->isFull() ? tr("A policy has up to four windows.") : tr("A request must fit into all windows of a limit."));
    displayNote(draft.limit);
    m_mode->setCurrentIndex(static_cast<int>(draft.mode));
    displayEnd(draft);
    setText(m_reason, draft.reason);
}

void LimitFields::displayNote(const Limits &limit)
{
    const QString problem = limitProblem(limit);
    const bool bucket = limit.algorithm == Algorithm::Bucket;
    m_note->setText(!problem.isEmpty() ? problem : bucket ? tr("Little memory; counts 1/60 of a window longer.") : QString());
    m_note->setInk(problem.isEmpty() ? Ink::Muted : Ink::Danger);
    m_note->setVisible(!m_note->text().isEmpty());
}

void LimitFields::displayEnd(const LimitDraft &draft)
{
    m_end->display(draft);
    m_end->setVisible(ModeEnd::suits(draft));
    m_endCaption->setVisible(ModeEnd::suits(draft));
    const Rule &shown = draft.shown();
    m_ends->setText(shown.until ? tr("Now %1.").arg(modeWithEnd(shown, draft.now()))
                    : draft.modeFor ? tr("Ends by itself, then %1.").arg(modeText(draft.after())) : QString());
    m_ends->setVisible(!m_ends->text().isEmpty());
}

void LimitFields::readInto(LimitDraft &draft) const
{
    if (draft.isNew())
        draft.policy = m_name->text().toStdString();
    m_rows->readInto(draft.limit);
    draft.limit.algorithm = static_cast<Algorithm>(m_algorithm->currentIndex());
    if (const Mode mode = static_cast<Mode>(m_mode->currentIndex()); mode != draft.mode)
        draft.wishMode(mode); // its end is not in the field yet
    else
        m_end->readInto(draft);
    draft.reason = m_reason->text().toStdString();
}

void LimitFields::focusName()
{
    m_name->setFocus();
}

void LimitFields::focusLimit()
{
    m_rows->focusFirst();
}

} // namespace rateguard
