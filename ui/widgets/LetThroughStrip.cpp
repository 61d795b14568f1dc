// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The RateGuard authors
#include "widgets/LetThroughStrip.h"

#include "format/Text.h"
#include "models/EditObstacle.h"
#include "widgets/TextLabel.h"
#include "widgets/Theme.h"

#include <QEvent>
#include <QHBoxLayout>
#include <QPushButton>

#include <algorithm>

namespace rateguard {

LetThroughStrip::LetThroughStrip(bool readOnly, QWidget *parent)
    : Card(parent),
      m_readOnly(readOnly),
      m_text(new TextLabel({}, Ink::Normal, this)),
      m_show(new QPushButton(tr("Show limits"), this)),
      m_end(new QPushButton(tr("End now…"), this))
{
    m_text->setObjectName(QStringLiteral("letThroughLabel"));
    m_text->setAccessibleDescription(tr("Let through"));
    m_text->setWordWrap(true);
    m_show->setObjectName(QStringLiteral("letThroughShowButton"));
    m_show->setToolTip(tr("To the page of limits"));
    m_end->setObjectName(QStringLiteral("endNowButton"));
    auto *row = new QHBoxLayout(this);
    row->setContentsMargins(12, 5, 8, 5);
    row->addWidget(m_text, 1);
    row->addWidget(m_show);
    row->addWidget(m_end);
    connect(m_show, &QPushButton::clicked, this, &LetThroughStrip::limitsRequested);
    connect(m_end, &QPushButton::clicked, this, &LetThroughStrip::endRequested);
    colour();
    hide();
}

void LetThroughStrip::apply(const Snapshot &snapshot)
{
    m_words = LetThroughWords::of(snapshot);
    setVisible(m_words.count > 0);
    if (m_words.count == 0)
        return;
    showWords();
    m_text->setToolTip(plainToolTip(m_words.details));
    const QString barrier = barrierText(snapshot.link, m_readOnly);
    m_end->setEnabled(barrier.isEmpty());
    m_end->setToolTip(barrier.isEmpty() ? tr("Back to the modes from before, now") : barrier);
}

// As many names as one line has room for.
void LetThroughStrip::showWords()
{
    const auto fits = [this](const QString &text) { return m_text->fontMetrics().horizontalAdvance(text) <= m_text->contentsRect().width(); };
    const auto longest = std::find_if(m_words.longer.begin(), m_words.longer.end(), fits);
    m_text->setText(longest == m_words.longer.end() ? m_words.text : *longest);
}

void LetThroughStrip::resizeEvent(QResizeEvent *event)
{
    Card::resizeEvent(event);
    showWords();
}

void LetThroughStrip::setOnLimits(bool there)
{
    m_show->setVisible(!there);
}

void LetThroughStrip::changeEvent(QEvent *event)
{
    if (event->type() == QEvent::PaletteChange)
        colour();
    Card::changeEvent(event);
}

void LetThroughStrip::colour()
{
    const ThemeColours colours = ThemeColours::of(palette());
    setTint(colours.warning);
    setAccent(colours.warning);
}

} // namespace rateguard
