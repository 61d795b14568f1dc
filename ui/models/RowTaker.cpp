// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The RateGuard authors
#include "models/RowTaker.h"

namespace rateguard {

void RowTaker::start()
{
    ++m_take;
    m_from = 0;
    m_taking = true;
    emit wanted();
}

void RowTaker::fill(TableWish &wish) const
{
    wish.take = m_taking ? m_take : 0;
    wish.takeFrom = m_taking ? m_from : 0;
}

void RowTaker::apply(const TableView &table)
{
    const auto taken = table.taken;
    if (!m_taking || !taken || taken->take != m_take || taken->from != m_from)
        return;
    if (taken->lost) {
        stop();
        emit lost();
        return;
    }
    m_from = taken->next;
    const std::uint32_t take = m_take;
    emit came(taken->rows);
    if (!m_taking || take != m_take)
        return; // whoever got the rows has had enough
    if (m_from >= taken->total) {
        stop();
        emit finished();
    } else {
        emit wanted();
    }
}

} // namespace rateguard
