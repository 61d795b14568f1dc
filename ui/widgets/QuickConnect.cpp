// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The RateGuard authors
#include "widgets/QuickConnect.h"

#include "format/Text.h"
#include "widgets/LoginFields.h"
#include "widgets/PrimaryButton.h"
#include "widgets/TextLabel.h"

#include <QCompleter>
#include <QHBoxLayout>
#include <QLineEdit>
#include <QStringListModel>

namespace rateguard {

QuickConnect::QuickConnect(const QString &url, QWidget *parent)
    : Card(parent),
      m_url(new QLineEdit(this)),
      m_recent(new QStringListModel(this)),
      m_login(new LoginFields(this)),
      m_title(new TextLabel({}, Ink::Normal, this)),
      m_how(new TextLabel({}, Ink::Muted, this)),
      m_error(new TextLabel({}, Ink::Danger, this)),
      m_progress(new TextLabel({}, Ink::Muted, this)),
      m_connect(new PrimaryButton(tr("&Connect"), this)),
      m_test(new QPushButton(tr("Test connection"), this)),
      m_save(new QPushButton(tr("Save…"), this)),
      m_demo(new QPushButton(tr("Try the &demo"), this)),
      m_cancel(new QPushButton(tr("&Back"), this))
{
    m_title->setScale(1.1, true);
    m_how->setWordWrap(true);
    m_error->setObjectName(QStringLiteral("connectError"));
    m_error->setAccessibleDescription(tr("What went wrong"));
    m_error->setWordWrap(true);
    m_progress->setObjectName(QStringLiteral("connectingLabel"));
    m_progress->setAccessibleDescription(tr("Progress"));
    m_progress->setWordWrap(true);
    m_url->setObjectName(QStringLiteral("urlEdit"));
    m_url->setAccessibleName(tr("Redis address"));
    m_url->setText(url.isEmpty() ? QStringLiteral("redis://127.0.0.1:6379") : url);
    auto *completer = new QCompleter(m_recent, this);
    completer->setFilterMode(Qt::MatchContains);
    completer->setCaseSensitivity(Qt::CaseInsensitive);
    m_url->setCompleter(completer);
    m_connect->setObjectName(QStringLiteral("connectButton"));
    m_connect->setDefault(true);
    m_test->setObjectName(QStringLiteral("testUrlButton"));
    m_test->setToolTip(tr("Goes the whole way to this Redis, step by step, and writes nothing."));
    m_save->setObjectName(QStringLiteral("saveUrlButton"));
    m_save->setToolTip(tr("Keeps this address under a name, with its environment."));
    m_demo->setObjectName(QStringLiteral("demoButton"));
    m_demo->setToolTip(tr("Starts a Redis of its own with made-up traffic; nothing of yours is touched."));
    m_cancel->setObjectName(QStringLiteral("backButton"));
    arrange();
    connect(m_connect, &QPushButton::clicked, this, &QuickConnect::submit);
    connect(m_url, &QLineEdit::returnPressed, this, &QuickConnect::submit);
    connect(m_url, &QLineEdit::textEdited, this, &QuickConnect::stopAsking);
    connect(m_login, &LoginFields::submitted, this, &QuickConnect::submit);
    connect(m_test, &QPushButton::clicked, this, [this] {
        if (const auto there = place())
            emit testRequested(*there, m_asked ? m_login->password() : std::nullopt);
    });
    connect(m_save, &QPushButton::clicked, this, [this] {
        if (const auto there = place())
            emit saveRequested(*there);
    });
    connect(m_demo, &QPushButton::clicked, this, &QuickConnect::demoRequested);
    connect(m_cancel, &QPushButton::clicked, this, &QuickConnect::cancelled);
    m_cancel->hide();
    showError({});
    showConnecting({});
    stopAsking();
}

void QuickConnect::arrange()
{
    auto *example = new TextLabel(tr("redis://user:password@host:6379/0, rediss:// for TLS, or unix:///path for a socket"), Ink::Muted, this);
    example->setScale(0.9);
    example->setWordWrap(true);
    auto *row = new QHBoxLayout;
    row->addWidget(m_url, 1);
    row->addWidget(m_connect);
    auto *last = new QHBoxLayout;
    last->addWidget(m_test);
    last->addWidget(m_save);
    last->addStretch(1);
    last->addWidget(m_demo);
    last->addWidget(m_cancel);
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(20, 16, 20, 16);
    column->setSpacing(8);
    column->addWidget(m_title);
    column->addWidget(m_how);
    column->addWidget(m_error);
    column->addWidget(m_progress);
    column->addSpacing(2);
    column->addLayout(row);
    column->addWidget(example);
    column->addWidget(m_login);
    column->addSpacing(8);
    column->addLayout(last);
}

void QuickConnect::setCancellable(bool cancellable)
{
    m_cancel->setVisible(cancellable);
}

void QuickConnect::setRecent(const QStringList &urls)
{
    m_recent->setStringList(urls);
}

void QuickConnect::takeFocus()
{
    m_url->setFocus();
    m_url->selectAll();
}

void QuickConnect::forgetSecret()
{
    m_url->setText(withoutSecret(m_url->text()));
    m_login->forget();
}

void QuickConnect::showError(const QString &error)
{
    m_error->setText(error);
    m_error->setVisible(!error.isEmpty());
}

void QuickConnect::showConnecting(const QString &where)
{
    m_progress->setText(where.isEmpty() ? QString() : tr("◌ Connecting to %1…").arg(where));
    m_progress->setVisible(!where.isEmpty());
}

void QuickConnect::askPassword(const Place &place, const QString &reason)
{
    m_asked = place;
    m_asked->url = withoutSecret(place.url);
    m_url->setText(m_asked->url);
    m_title->setText(place.isSaved() ? tr("Log in to %1").arg(displayText(place.name.toStdString(), 60)) : tr("Log in"));
    m_how->hide();
    m_login->setKeepable(place.isSaved());
    m_login->show(*m_asked, true);
    m_login->setVisible(true);
    showError(reason);
    m_login->focusPassword();
}

void QuickConnect::stopAsking()
{
    m_asked.reset();
    m_title->setText(tr("Quick connect"));
    m_how->setText(tr("Give the address of the Redis that your services use; watching it costs them nothing they would notice. "
                      "Without one at hand, the demo starts its own with made-up traffic."));
    m_how->show();
    m_login->setVisible(false);
    m_login->forget();
}

std::optional<Place> QuickConnect::place() const
{
    Place there = m_asked.value_or(Place());
    there.url = m_url->text().trimmed();
    if (m_asked)
        m_login->fill(there);
    return there.url.isEmpty() ? std::nullopt : std::optional(there);
}

void QuickConnect::submit()
{
    showError({});
    const auto there = place();
    if (!there)
        return;
    const TypedPassword password = m_asked ? m_login->password() : std::nullopt;
    stopAsking();
    emit connectRequested(*there, password);
}

} // namespace rateguard
