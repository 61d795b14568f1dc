// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The RateGuard authors
#include "widgets/StatusLine.h"

#include "format/Numbers.h"
#include "format/Text.h"

namespace rateguard {

StatusLine::StatusLine(QWidget *parent)
    : QStatusBar(parent),
      m_note(new TextLabel({}, Ink::Ok, this)),
      m_lag(new TextLabel({}, Ink::Muted, this)),
      m_lost(new TextLabel({}, Ink::Warning, this)),
      m_malformed(new TextLabel({}, Ink::Warning, this)),
      m_others(new TextLabel({}, Ink::Muted, this))
{
    setSizeGripEnabled(false);
    setContentsMargins(8, 0, 10, 2);
    m_lag->setObjectName(QStringLiteral("lagLabel"));
    m_lost->setObjectName(QStringLiteral("lostLabel"));
    m_malformed->setObjectName(QStringLiteral("malformedLabel"));
    m_others->setObjectName(QStringLiteral("othersLabel"));
    m_lag->setToolTip(tr("From a decision in Redis to this window."));
    m_note->setObjectName(QStringLiteral("noteLabel"));
    m_note->setAccessibleDescription(tr("Done"));
    m_note->setSizePolicy(QSizePolicy::Ignored, QSizePolicy::Preferred); // a long path must not widen the window
    m_noteEnd.setSingleShot(true);
    m_noteEnd.setInterval(std::chrono::seconds(10));
    connect(&m_noteEnd, &QTimer::timeout, m_note, &QWidget::hide);
    addWidget(m_note, 1);
    m_note->hide();
    for (TextLabel *label : {m_lost, m_malformed, m_others}) {
        addWidget(label);
        label->hide();
    }
    addPermanentWidget(m_lag);
}

void StatusLine::apply(const Snapshot &snapshot)
{
    const auto tell = [](TextLabel *label, std::uint64_t count, const QString &text) {
        label->setVisible(count > 0);
        label->setText(text);
    };
    const bool live = snapshot.link.state == LinkState::Live && snapshot.total.requests() > 0;
    m_lag->setText(live ? tr("Events are %1 old on arrival").arg(formatDuration(snapshot.lag)) : QString());
    tell(m_lost, snapshot.batchesLost, tr("▲ %1 batches of events lost").arg(formatCount(snapshot.batchesLost)));
    tell(m_malformed, snapshot.messagesMalformed, tr("▲ %1 malformed messages").arg(formatCount(snapshot.messagesMalformed)));
    tell(m_others, snapshot.otherRequests,
         tr("+%1 requests of keys beyond the cap are counted, not listed").arg(formatCount(snapshot.otherRequests)));
}

void StatusLine::note(const QString &text)
{
    display(text, Ink::Ok, tr("Done"));
}

void StatusLine::refuse(const QString &why)
{
    display(QStringLiteral("✗ ") + why, Ink::Danger, tr("Not done"));
}

void StatusLine::display(const QString &text, Ink ink, const QString &description)
{
    m_note->setInk(ink);
    m_note->setAccessibleDescription(description);
    m_note->setText(text);
    m_note->setToolTip(plainToolTip(text));
    m_note->show();
    m_noteEnd.start();
}

} // namespace rateguard
