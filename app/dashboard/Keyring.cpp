// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The RateGuard authors
#include "dashboard/Keyring.h"

#include <qt6keychain/keychain.h>

namespace rateguard {

namespace {

const auto service = QStringLiteral("rateguard");

QString troubleOf(const QKeychain::Job &job)
{
    // Where nothing answers and where the user declined, libsecret says the same: an error of another kind.
    const bool isFine = job.error() == QKeychain::NoError || job.error() == QKeychain::EntryNotFound;
    return isFine ? QString() : Keyring::tr("No keyring answers, or it was not unlocked, so passwords are asked for each time and kept nowhere.");
}

template <typename Job, typename Done>
void run(Keyring *keyring, Job *job, const QString &key, Done done)
{
    job->setKey(key);
    job->setInsecureFallback(false); // rather nothing than a file in clear
    QObject::connect(job, &QKeychain::Job::finished, keyring, [job, done = std::move(done)] { done(*job); });
    job->start();
}

} // namespace

void Keyring::read(const QString &key, ReadCallback done)
{
    run(this, new QKeychain::ReadPasswordJob(service), key, [done = std::move(done)](const QKeychain::ReadPasswordJob &job) {
        done(job.error() == QKeychain::NoError ? std::optional(job.textData()) : std::nullopt, troubleOf(job));
    });
}

void Keyring::write(const QString &key, const QString &password, Callback done)
{
    auto *job = new QKeychain::WritePasswordJob(service);
    job->setTextData(password);
    run(this, job, key, [done = std::move(done)](const QKeychain::Job &ended) { done(troubleOf(ended)); });
}

void Keyring::forget(const QString &key, Callback done)
{
    run(this, new QKeychain::DeletePasswordJob(service), key, [done = std::move(done)](const QKeychain::Job &ended) { done(troubleOf(ended)); });
}

} // namespace rateguard
