// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The RateGuard authors
#include "feed/LiveFeed.h"

#include "feed/FeedWorker.h"

#include <utility>

namespace rateguard {

LiveFeed::LiveFeed(FeedOptions options, QObject *parent)
    : QObject(parent)
    , m_readOnly(options.readOnly)
    , m_worker(new FeedWorker(m_mailbox, std::move(options)))
{
    m_thread.setObjectName(QStringLiteral("feed"));
    m_worker->moveToThread(&m_thread);
    connect(&m_thread, &QThread::finished, m_worker, &QObject::deleteLater);
    connect(m_worker, &FeedWorker::snapshotReady, this, &LiveFeed::snapshotReady);
    m_thread.start();
}

LiveFeed::~LiveFeed()
{
    m_thread.quit();
    m_thread.wait();
}

void LiveFeed::wake(void (FeedWorker::*what)())
{
    QMetaObject::invokeMethod(m_worker, what, Qt::QueuedConnection);
}

void LiveFeed::watch(const RedisUrl &url, bool readOnly)
{
    {
        const std::lock_guard lock(m_mailbox.mutex);
        m_mailbox.url = url;
        m_mailbox.readOnly = m_readOnly || readOnly;
    }
    wake(&FeedWorker::connectToRedis);
}

void LiveFeed::request(const SnapshotRequest &request)
{
    {
        const std::lock_guard lock(m_mailbox.mutex);
        m_mailbox.request = request;
    }
    wake(&FeedWorker::publish);
}

SnapshotPtr LiveFeed::take()
{
    const std::lock_guard lock(m_mailbox.mutex);
    return std::exchange(m_mailbox.snapshot, nullptr);
}

void LiveFeed::submit(const LimitEdit &edit)
{
    {
        const std::lock_guard lock(m_mailbox.mutex);
        m_mailbox.edits.push_back(edit);
    }
    wake(&FeedWorker::takeEdits);
}

void LiveFeed::submit(const OverrideEdit &edit)
{
    {
        const std::lock_guard lock(m_mailbox.mutex);
        m_mailbox.keyEdits.push_back(edit);
    }
    wake(&FeedWorker::takeEdits);
}

void LiveFeed::restore(const std::vector<std::string> &policies)
{
    {
        const std::lock_guard lock(m_mailbox.mutex);
        m_mailbox.restores = policies;
        m_mailbox.forgetLost = policies.empty();
    }
    wake(&FeedWorker::takeEdits);
}

} // namespace rateguard
