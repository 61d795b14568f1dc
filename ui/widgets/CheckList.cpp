// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The RateGuard authors
#include "widgets/CheckList.h"

#include "format/Numbers.h"
#include "format/Text.h"
#include "widgets/TextLabel.h"

#include <QGridLayout>
#include <QPushButton>

namespace rateguard {
namespace {

using What = ConnectionStep::What;
using State = ConnectionStep::State;

QString signOf(State state)
{
    switch (state) {
    case State::Waiting: return QStringLiteral("○");
    case State::Running: return QStringLiteral("◌");
    case State::Passed: return QStringLiteral("✓");
    case State::Limited: return QStringLiteral("▲");
    case State::Failed: return QStringLiteral("✗");
    case State::Skipped: return QStringLiteral("–");
    }
    return {};
}

Ink inkOf(State state)
{
    switch (state) {
    case State::Passed: return Ink::Ok;
    case State::Limited: return Ink::Warning;
    case State::Failed: return Ink::Danger;
    case State::Running: return Ink::Normal;
    case State::Waiting:
    case State::Skipped: break;
    }
    return Ink::Muted;
}

} // namespace

CheckList::CheckList(QWidget *parent) : Card(parent), m_title(new TextLabel({}, Ink::Normal, this)), m_close(new QPushButton(this))
{
    const std::array<QString, ConnectionStep::count> titles {tr("Address understood"), tr("Reached"), tr("Logged in"), tr("Is a Redis"), tr("Library"),
                                                             tr("May listen"), tr("May read limits"), tr("May edit"), tr("Round trip")};
    m_title->setScale(1.0, true);
    m_title->setObjectName(QStringLiteral("testTitle"));
    m_title->setAccessibleDescription(tr("Connection test"));
    m_close->setObjectName(QStringLiteral("closeTestButton"));
    auto *grid = new QGridLayout(this);
    grid->setContentsMargins(16, 10, 16, 10);
    grid->setHorizontalSpacing(10);
    grid->setVerticalSpacing(3);
    grid->addWidget(m_title, 0, 0, 1, 3);
    grid->addWidget(m_close, 0, 3, Qt::AlignRight);
    for (std::size_t i = 0; i < m_lines.size(); ++i) {
        auto &line = m_lines[i];
        line = {new TextLabel({}, Ink::Muted, this), new TextLabel(titles[i], Ink::Normal, this), new TextLabel({}, Ink::Muted, this),
                new TextLabel({}, Ink::Muted, this)};
        line.sign->setObjectName(QStringLiteral("testSign%1").arg(i));
        line.detail->setObjectName(QStringLiteral("testDetail%1").arg(i));
        line.detail->setAccessibleDescription(titles[i]);
        line.detail->setWordWrap(true);
        line.detail->setScale(0.92);
        line.took->setScale(0.92);
        line.detail->setTextInteractionFlags(Qt::TextSelectableByMouse);
        const int row = static_cast<int>(i) + 1;
        grid->addWidget(line.sign, row, 0, Qt::AlignTop | Qt::AlignHCenter);
        grid->addWidget(line.title, row, 1, Qt::AlignTop);
        grid->addWidget(line.detail, row, 2, Qt::AlignTop);
        grid->addWidget(line.took, row, 3, Qt::AlignTop | Qt::AlignRight);
    }
    grid->setColumnMinimumWidth(0, 16);
    grid->setColumnMinimumWidth(3, 60);
    grid->setColumnStretch(2, 1);
    connect(m_close, &QPushButton::clicked, this, [this] {
        hide();
        emit closed();
    });
    hide();
}

void CheckList::begin(const QString &what)
{
    m_limited = false;
    m_title->setText(tr("Testing %1").arg(what));
    m_title->setInk(Ink::Normal);
    m_close->setText(tr("Stop"));
    setVisible(true);
}

void CheckList::show(const ConnectionStep &step)
{
    const auto &line = m_lines[static_cast<std::size_t>(step.what)];
    const bool ended = step.state == State::Passed || step.state == State::Limited || step.state == State::Failed;
    line.sign->setText(signOf(step.state));
    line.sign->setInk(inkOf(step.state));
    line.title->setInk(step.state == State::Waiting || step.state == State::Skipped ? Ink::Muted : Ink::Normal);
    line.detail->setText(displayText(step.detail, 400));
    line.detail->setInk(step.state == State::Failed || step.state == State::Limited ? Ink::Normal : Ink::Muted);
    // What takes no time, or was done together with another step, says nothing of it.
    line.took->setText(ended && step.took.count() >= 50 ? formatDuration(step.took) : QString());
    m_limited |= step.state == State::Limited;
}

void CheckList::end(bool passed)
{
    m_title->setText(!passed ? tr("✗ This connection does not work yet") : m_limited ? tr("▲ Works, but not all of it") : tr("✓ All is well"));
    m_title->setInk(!passed ? Ink::Danger : m_limited ? Ink::Warning : Ink::Ok);
    m_close->setText(tr("Close"));
}

} // namespace rateguard
