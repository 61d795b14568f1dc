// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The RateGuard authors
#include "redis/RightsProbe.h"

#include <QCoreApplication>
#include <QStringList>

#include <memory>
#include <utility>

namespace rateguard {

namespace {

struct Words
{
    Q_DECLARE_TR_FUNCTIONS(rateguard::Rights)
};

} // namespace

QString Rights::text() const
{
    if (isReplica) {
        return Words::tr("This Redis is a replica and takes no edits (READONLY). Connect to its primary to edit.");
    }
    QStringList missing;
    const std::pair<bool, QString> parts[] {{edit, Words::tr("edit limits")}, {override, Words::tr("ban or exempt keys")},
        {reset, Words::tr("reset keys")}, {history, Words::tr("read the history")}, {limits, Words::tr("read the limits")}};
    for (const auto &[allowed, what] : parts) {
        if (!allowed) {
            missing << what;
        }
    }
    if (missing.isEmpty()) {
        return {};
    }
    const auto advice = u' ' + Words::tr("Ask for an operator's login: rateguardctl acl print operator");
    if (!edit && !override && !reset && history && limits) {
        return Words::tr("This user may watch but not edit: NOPERM on FCALL.") + advice;
    }
    const auto last = missing.takeLast();
    return Words::tr("This user may not %1: NOPERM.").arg(missing.isEmpty() ? last : missing.join(QStringLiteral(", ")) + Words::tr(" or ") + last) + advice;
}

RightsProbe::RightsProbe(Caller caller)
    : m_caller(std::move(caller))
{
}

void RightsProbe::ask(const Keyspace &names, std::function<void(const Rights &)> done)
{
    const std::pair<bool Rights::*, Arguments> questions[] {
        {&Rights::edit, {"FCALL", "rateguard_set", "2", names.limits, names.audit}},
        {&Rights::override, {"FCALL", "rateguard_override", "1", names.limits}},
        {&Rights::reset, {"FCALL", "rateguard_reset", "2", names.limits, names.log("probe", "probe")}},
        {&Rights::history, {"XREVRANGE", names.audit, "+", "-", "COUNT", "1"}},
        {&Rights::limits, {"HSCAN", names.limits, "0", "COUNT", "1"}},
    };
    const auto rights = std::make_shared<Rights>();
    const auto waiting = std::make_shared<std::size_t>(std::size(questions));
    const auto isLost = std::make_shared<bool>(false);
    for (const auto &[right, question] : questions) {
        m_caller(question, [rights, waiting, isLost, done, right = right](const Reply &reply) {
            *isLost |= reply.isLost();
            rights->isReplica |= reply.startsWith("READONLY");
            if (isRightsError(reply) || reply.startsWith("READONLY")) {
                (*rights).*right = false;
            }
            if (--*waiting == 0 && !*isLost) {
                done(*rights);
            }
        });
    }
}

} // namespace rateguard
