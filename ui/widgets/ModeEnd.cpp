// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The RateGuard authors
#include "widgets/ModeEnd.h"

#include "widgets/WindowEdit.h"

#include <QComboBox>
#include <QHBoxLayout>
#include <QSignalBlocker>

namespace rateguard {

using namespace std::chrono_literals;

ModeEnd::ModeEnd(QWidget *parent) : QWidget(parent), m_choice(new QComboBox(this)), m_span(new WindowEdit(this))
{
    m_choice->setObjectName(QStringLiteral("forCombo"));
    m_choice->setAccessibleName(tr("For"));
    m_choice->setSizePolicy(QSizePolicy::Ignored, QSizePolicy::Fixed);
    m_span->setNames(tr("For so long"), tr("Unit of the time"), QStringLiteral("for"));
    m_span->setWindow(30min);
    offer(false);
    auto *row = new QHBoxLayout(this);
    row->setContentsMargins(0, 0, 0, 0);
    row->setSpacing(6);
    row->addWidget(m_choice, 1);
    row->addWidget(m_span, 1);
    setFocusProxy(m_choice);
    showSpan();
    connect(m_choice, &QComboBox::currentIndexChanged, this, [this] {
        showSpan();
        emit edited();
    });
    connect(m_span, &WindowEdit::edited, this, &ModeEnd::edited);
}

void ModeEnd::offer(bool running)
{
    const bool now = m_choice->count() > 0 && m_choice->itemData(0).toInt() == static_cast<int>(Choice::Running);
    if (m_choice->count() > 0 && now == running)
        return;
    const QSignalBlocker quiet(m_choice);
    const Choice before = choice();
    m_choice->clear();
    const auto add = [this](const QString &text, Choice what) { m_choice->addItem(text, static_cast<int>(what)); };
    if (running)
        add({}, Choice::Running);
    add(tr("until it is changed"), Choice::Open);
    add(tr("10 min"), Choice::TenMinutes);
    add(tr("1 h"), Choice::Hour);
    add(tr("a time…"), Choice::Custom);
    m_choice->setCurrentIndex(std::max(0, m_choice->findData(static_cast<int>(before))));
}

bool ModeEnd::suits(const LimitDraft &draft)
{
    return draft.mode != draft.after();
}

void ModeEnd::display(const LimitDraft &draft)
{
    const QSignalBlocker quiet(this);
    const Rule &shown = draft.shown();
    const bool running = shown.until && shown.mode == draft.mode;
    offer(running);
    if (running) {
        const Duration left = std::chrono::ceil<Duration>(*shown.until - draft.now());
        if (const QString text = tr("%1 more").arg(timeLeft(left)); m_choice->itemText(0) != text)
            m_choice->setItemText(0, text);
    }
    const bool custom = choice() == Choice::Custom && draft.modeFor == m_span->window();
    if (!custom) { // a time that happens to be 10 min stays a time of one's own
        m_choice->setCurrentIndex(m_choice->findData(static_cast<int>(choiceOf(draft))));
        if (choice() == Choice::Custom)
            m_span->setWindow(*draft.modeFor);
        m_told = choice() == Choice::Custom ? m_span->window() : Duration(0);
    }
    showSpan();
}

ModeEnd::Choice ModeEnd::choiceOf(const LimitDraft &draft) const
{
    if (draft.until)
        return Choice::Running;
    if (!draft.modeFor)
        return Choice::Open;
    return *draft.modeFor == 10min ? Choice::TenMinutes : *draft.modeFor == 1h ? Choice::Hour : Choice::Custom;
}

void ModeEnd::readInto(LimitDraft &draft) const
{
    if (!suits(draft))
        return;
    const auto before = draft.modeFor;
    draft.until.reset();
    draft.modeFor.reset();
    switch (choice()) {
    case Choice::Running: draft.until = draft.shown().until; break;
    case Choice::Open: break;
    case Choice::TenMinutes: draft.modeFor = 10min; break;
    case Choice::Hour: draft.modeFor = 1h; break;
    case Choice::Custom: draft.modeFor = before && m_span->window() == m_told ? before : m_span->window(); break; // a field may be coarser
    }
}

ModeEnd::Choice ModeEnd::choice() const
{
    return static_cast<Choice>(m_choice->currentData().toInt());
}

void ModeEnd::showSpan()
{
    m_span->setVisible(choice() == Choice::Custom);
}

} // namespace rateguard
