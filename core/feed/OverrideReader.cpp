// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The RateGuard authors
#include "feed/OverrideReader.h"

#include <QCoreApplication>

#include <algorithm>

namespace rateguard {

namespace {

struct Words
{
    Q_DECLARE_TR_FUNCTIONS(rateguard::OverrideReader)
};

} // namespace

OverrideReader::OverrideReader(OverrideStore &store)
    : m_store(store)
    , m_pace(every, [this] { m_store.list({}, [this](const OverrideStore::Listed &listed) { take(listed); }); })
{
}

void OverrideReader::take(const OverrideStore::Listed &listed)
{
    if (listed.error.isEmpty()) {
        put({listed.all, listed.damaged, listed.isCut, {}});
    } else if (!listed.failure.isLost()) {
        auto list = m_current ? *m_current : OverrideList();
        list.error = (isRightsError(listed.failure)
            ? Words::tr("This Redis user may not read the overrides. Give it the rights of a viewer; rateguardctl acl print viewer prints them.")
            : Words::tr("The overrides could not be read: %1").arg(listed.error))
            .toStdString();
        put(std::move(list));
    }
    m_pace.done();
}

void OverrideReader::put(OverrideList list)
{
    const bool isSame = m_current && m_current->all == list.all && m_current->damaged == list.damaged && m_current->isCut == list.isCut && m_current->error == list.error;
    if (isSame) {
        return;
    }
    m_nextEnd.reset();
    for (const auto &one : list.all) {
        if (one.value.until && (!m_nextEnd || *one.value.until < *m_nextEnd)) {
            m_nextEnd = one.value.until;
        }
    }
    m_current = std::make_shared<OverrideList>(std::move(list));
}

std::shared_ptr<const OverrideList> OverrideReader::current(Instant now)
{
    if (m_nextEnd && now >= *m_nextEnd) {
        auto list = *m_current;
        std::erase_if(list.all, [now](const KeyOverride &one) { return one.value.isOver(now); });
        put(std::move(list));
    }
    return m_current;
}

} // namespace rateguard
