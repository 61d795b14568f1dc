// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The RateGuard authors
#include "widgets/DetailsPage.h"

#include "charts/RateChart.h"
#include "widgets/KeyActions.h"
#include "widgets/KeyEditList.h"
#include "widgets/KeyHead.h"
#include "widgets/KeyWhy.h"
#include "widgets/KeyWindows.h"
#include "widgets/PrimaryButton.h"
#include "widgets/Scrolled.h"
#include "widgets/TextLabel.h"

#include <QKeyEvent>
#include <QScrollArea>
#include <QStackedLayout>
#include <QVBoxLayout>

#include <algorithm>
#include <utility>

namespace rateguard {
namespace {

constexpr int patience = 10; // snapshots

} // namespace

DetailsPage::DetailsPage(QWidget *parent)
    : QWidget(parent),
      m_head(new KeyHead(this)),
      m_chart(new RateChart),
      m_windows(new KeyWindows(this)),
      m_why(new KeyWhy(this)),
      m_edits(new KeyEditList(this)),
      m_actions(new KeyActions(this)),
      m_pages(new QStackedLayout(this))
{
    m_chart->setObjectName(QStringLiteral("detailChart"));
    m_chart->setTitle(tr("Its traffic, per second"));
    m_pages->addWidget(makeEmpty());
    m_pages->addWidget(makeBody());
    connect(m_actions, &KeyActions::overrideRequested, this, &DetailsPage::overrideRequested);
    connect(m_actions, &KeyActions::policyChosen, this, &DetailsPage::policyChosen);
}

QWidget *DetailsPage::makeEmpty()
{
    auto *page = new QWidget(this);
    auto *title = new TextLabel(tr("No key is chosen"), Ink::Normal, page);
    title->setScale(1.25, true);
    auto *text = new TextLabel(tr("Choose one in Keys or Overview: here is then all about it. Its traffic, how full its windows are, "
                                  "why it was rejected last, and what you can do about it."), Ink::Muted, page);
    text->setWordWrap(true);
    auto *keys = new PrimaryButton(tr("Show the keys"), page);
    keys->setObjectName(QStringLiteral("showKeysButton"));
    for (TextLabel *label : {title, text})
        label->setAlignment(Qt::AlignCenter);
    auto *column = new QVBoxLayout(page);
    column->setContentsMargins(80, 0, 80, 0);
    column->setSpacing(10);
    column->addStretch(1);
    column->addWidget(title);
    column->addWidget(text);
    column->addWidget(keys, 0, Qt::AlignHCenter);
    column->addStretch(1);
    connect(keys, &QPushButton::clicked, this, [this] { emit pageChosen(Page::Keys); });
    return page;
}

QWidget *DetailsPage::makeBody()
{
    auto *page = new QWidget(this);
    auto *charted = new Card(page);
    auto *box = new QVBoxLayout(charted);
    box->setContentsMargins(12, 8, 10, 6);
    box->addWidget(m_chart);
    // It would like more than a small window has; what is left over it gets all the same.
    m_chart->setMinimumHeight(190);
    m_chart->setSizePolicy(QSizePolicy::Preferred, QSizePolicy::Ignored);
    auto *left = new QWidget(page);
    auto *stack = new QVBoxLayout(left);
    stack->setContentsMargins(0, 0, 0, 0);
    stack->setSpacing(8);
    stack->addWidget(m_why);
    stack->addWidget(m_windows);
    stack->addWidget(charted, 3);
    stack->addWidget(m_edits, 2);
    QScrollArea *right = scrolled(m_actions, page);
    right->setFixedWidth(std::max(282, 34 * fontMetrics().averageCharWidth())); // room for a time that is typed
    auto *row = new QHBoxLayout;
    row->setSpacing(8);
    row->addWidget(scrolled(left, page), 1);
    row->addWidget(right);
    auto *column = new QVBoxLayout(page);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(8);
    column->addWidget(m_head);
    column->addLayout(row, 1);
    return page;
}

void DetailsPage::select(const std::string &policy, const std::string &key)
{
    m_policy = policy;
    m_key = key;
    m_stale = true;
    m_unknown = 0;
    m_head->setKey(policy, key);
    m_chart->setEmptyText({});
    m_chart->setLimit({});
    m_limit.setKey(policy, key);
    m_chart->setSeries({}, {});
    m_windows->clear();
    m_why->clear();
    m_chart->setFlags({});
    m_flags.setKey(policy, key);
    m_edits->setKey(policy, key);
    m_actions->setKey(policy, key);
    m_pages->setCurrentIndex(1);
}

void DetailsPage::selectNothing()
{
    m_pages->setCurrentIndex(0);
}

void DetailsPage::setReadOnly(bool readOnly)
{
    m_actions->setReadOnly(readOnly);
}

void DetailsPage::forgetEdits()
{
    m_actions->forgetEdits();
}

void DetailsPage::setEnvironment(Environment environment)
{
    m_actions->setEnvironment(environment);
}

void DetailsPage::apply(const Snapshot &snapshot, std::optional<Instant> still)
{
    m_actions->settle(snapshot.keyEdits);
    const bool stale = std::exchange(m_stale, false);
    if (isVisible() && m_pages->currentIndex() == 1 && !stale)
        draw(snapshot, still.value_or(snapshot.now));
}

void DetailsPage::draw(const Snapshot &snapshot, Instant drawn)
{
    const KeyDetail *detail = snapshot.detail.get();
    if (detail && (detail->policy != m_policy || detail->key != m_key))
        detail = nullptr; // of the key before
    const auto row = std::find_if(snapshot.policies.begin(), snapshot.policies.end(), [this](const PolicyRow &it) { return it.name == m_policy; });
    const PolicyRow *policy = row == snapshot.policies.end() ? nullptr : &*row;
    if (policy || detail) // with neither, nothing was read yet
        m_head->displayLimit(policy, snapshot.now);
    if (detail) {
        const KeyNow now = keyNow(*detail, policy, snapshot.nearShare, drawn);
        m_head->displayOverride(*detail, snapshot.now);
        m_head->displayFigures(*detail, now);
        m_windows->display(*detail, policy, now, drawn);
        m_why->display(*detail, policy, snapshot.history.get(), drawn);
    }
    m_edits->display(snapshot);
    m_actions->display(snapshot, detail, policy);
    m_unknown = snapshot.selectedKnown ? 0 : m_unknown + 1;
    m_chart->setSpan(static_cast<int>(snapshot.span.count()));
    if (const auto flags = m_flags.take(snapshot))
        m_chart->setFlags(*flags);
    if (m_limit.take(snapshot))
        m_chart->setLimit(m_limit.course());
    const QString line = m_limit.lineName(drawn);
    m_chart->setTitle(line.isEmpty() ? tr("Its traffic, per second") : tr("Its traffic, per second (limit line: %1)").arg(line));
    m_chart->setEmptyText(m_unknown > patience ? tr("No request of this key was heard since this window began to listen.") : QString());
    if (snapshot.selectedKnown)
        m_chart->setSeries(snapshot.selected, drawn, snapshot.step);
}

bool DetailsPage::event(QEvent *event)
{
    // What has the focus does not copy anything of its own. The menu's Ctrl+C would copy rows of the table, which is not to be
    // seen here; and a key press that is not a shortcut any more would be eaten by boxes and lists.
    if (event->type() == QEvent::ShortcutOverride && m_pages->currentIndex() == 1 && static_cast<QKeyEvent *>(event)->matches(QKeySequence::Copy)) {
        event->accept();
        m_head->copyKey();
        return true;
    }
    return QWidget::event(event);
}

} // namespace rateguard
