// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The RateGuard authors
#include "widgets/StartPage.h"

#include "widgets/Card.h"
#include "widgets/PrimaryButton.h"
#include "widgets/TextLabel.h"

#include <QGridLayout>
#include <QLineEdit>
#include <QPushButton>
#include <QRegularExpression>
#include <QShortcut>

namespace rateguard {

StartPage::StartPage(const QString &url, QWidget *parent)
    : QWidget(parent),
      m_url(new QLineEdit(this)),
      m_error(new TextLabel({}, Ink::Danger, this)),
      m_cancel(new QPushButton(tr("&Back"), this))
{
    auto *card = new Card(this);
    auto *title = new TextLabel(tr("RateGuard"), Ink::Normal, card);
    title->setScale(2.2, true);
    auto *what = new TextLabel(tr("Watches a sliding-window rate limiter in Redis, decision by decision, and edits its "
                                  "limits while services run."),
                               Ink::Normal, card);
    auto *how = new TextLabel(tr("Give the address of the Redis that your services use; watching it costs them nothing they would "
                                 "notice. Without one at hand, the demo starts its own with made-up traffic."),
                              Ink::Muted, card);
    m_error->setObjectName(QStringLiteral("connectError"));
    for (TextLabel *text : {what, how, m_error})
        text->setWordWrap(true);

    m_url->setObjectName(QStringLiteral("urlEdit"));
    m_url->setAccessibleName(tr("Redis address"));
    m_url->setText(url.isEmpty() ? QStringLiteral("redis://127.0.0.1:6379") : url);
    m_url->setMinimumWidth(320);
    auto *go = new PrimaryButton(tr("&Connect"), card);
    go->setObjectName(QStringLiteral("connectButton"));
    go->setDefault(true);
    auto *demo = new QPushButton(tr("Try the &demo"), card);
    demo->setObjectName(QStringLiteral("demoButton"));
    m_cancel->setObjectName(QStringLiteral("backButton"));
    auto *example = new TextLabel(tr("redis://user:password@host:6379/0, or unix:///path for a socket"), Ink::Muted,
                                  card);
    example->setScale(0.9);
    example->setWordWrap(true);

    auto *row = new QHBoxLayout;
    row->addWidget(m_url, 1);
    row->addWidget(go);
    auto *last = new QHBoxLayout;
    last->addWidget(demo);
    last->addStretch(1);
    last->addWidget(m_cancel);
    auto *column = new QVBoxLayout(card);
    column->setContentsMargins(36, 30, 36, 30);
    column->setSpacing(12);
    column->addWidget(title);
    column->addWidget(what);
    column->addWidget(how);
    column->addSpacing(8);
    column->addLayout(row);
    column->addWidget(example);
    column->addWidget(m_error);
    column->addSpacing(8);
    column->addLayout(last);
    card->setFixedWidth(600);

    auto *centre = new QGridLayout(this);
    centre->addWidget(card, 0, 0, Qt::AlignCenter);

    connect(go, &QPushButton::clicked, this, &StartPage::submit);
    connect(m_url, &QLineEdit::returnPressed, this, &StartPage::submit);
    connect(demo, &QPushButton::clicked, this, &StartPage::demoRequested);
    connect(m_cancel, &QPushButton::clicked, this, &StartPage::cancelled);
    m_cancel->hide();
    m_error->hide();
}

void StartPage::setCancellable(bool cancellable)
{
    m_cancel->setVisible(cancellable);
}

void StartPage::focusUrl()
{
    m_url->setFocus();
    m_url->selectAll();
}

void StartPage::forgetSecret()
{
    static const QRegularExpression userInfo(QStringLiteral("://[^@]*@"));
    m_url->setText(m_url->text().replace(userInfo, QStringLiteral("://")));
}

void StartPage::showError(const QString &error)
{
    m_error->setText(error);
    m_error->setVisible(!error.isEmpty());
}

void StartPage::submit()
{
    showError({});
    const QString url = m_url->text().trimmed();
    if (!url.isEmpty())
        emit connectRequested(url);
}

} // namespace rateguard
