// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The RateGuard authors
#include "models/RestoreFailures.h"

#include "format/Text.h"

#include <QCoreApplication>
#include <QStringList>

namespace rateguard {
namespace {

constexpr qsizetype mostSaid = 3;

struct Words
{
    Q_DECLARE_TR_FUNCTIONS(rateguard::RestoreFailures)
};

} // namespace

void RestoreFailures::apply(const Snapshot &snapshot)
{
    const bool moved = !m_endpoint.empty() && snapshot.link.endpoint != m_endpoint;
    m_endpoint = snapshot.link.endpoint;
    if (moved) {
        clear();
        return; // what comes with it is of the Redis before
    }
    for (const EditOutcome &outcome : snapshot.edits) {
        if (outcome.id < LimitEdit::firstRestoreId || outcome.status == EditOutcome::Status::Pending)
            continue;
        if (outcome.status == EditOutcome::Status::Applied)
            m_failures.erase(outcome.policy);
        else
            m_failures[outcome.policy] = outcome;
    }
}

QString RestoreFailures::text() const
{
    QStringList said;
    for (const auto &[policy, outcome] : m_failures) {
        if (said.size() == mostSaid) {
            said << Words::tr("And %1 more.").arg(m_failures.size() - mostSaid);
            break;
        }
        const bool unknown = outcome.status == EditOutcome::Status::Unknown; // not the same as failed
        said << (unknown ? Words::tr("%1 may be restored or not: %2") : Words::tr("%1 could not be restored: %2"))
                    .arg(displayText(policy, 40), displayText(outcome.message, 300));
    }
    return said.join(QLatin1Char(' '));
}

} // namespace rateguard
