// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The RateGuard authors
#include "models/LimitWatch.h"

#include <QCoreApplication>

#include <algorithm>
#include <utility>

namespace rateguard {
namespace {

struct Words
{
    Q_DECLARE_TR_FUNCTIONS(rateguard::LimitWatch)
};

template<typename T> bool see(std::optional<T> &known, LimitSources::Sight<T> &seen, const std::optional<T> &value, bool isFirst, Instant now)
{
    if (!isFirst && value == known)
        return false;
    seen = {now, !isFirst, isFirst ? std::nullopt : known};
    known = value;
    return true;
}

} // namespace

void LimitWatch::setKey(const std::string &policy, const std::string &key)
{
    *this = {};
    m_policy = policy;
    m_key = key;
}

bool LimitWatch::take(const Snapshot &snapshot)
{
    const bool isFirst = std::exchange(m_again, false);
    const auto row = std::find_if(snapshot.policies.begin(), snapshot.policies.end(), [this](const PolicyRow &it) { return it.name == m_policy; });
    const bool holds = row != snapshot.policies.end() && row->valid;
    bool isOther = see(m_rule, m_ruleSeen, holds ? std::optional(row->rule) : std::nullopt, isFirst, snapshot.now);
    const bool knew = m_knowsOverride;
    const std::optional<Override> before = m_override;
    lookAtOverride(snapshot);
    if (m_knowsOverride != knew || m_override != before) {
        m_overrideSeen = {snapshot.now, knew && m_knowsOverride, before};
        isOther = true;
    }
    isOther |= m_history != snapshot.history;
    isOther |= std::exchange(m_span, snapshot.span) != snapshot.span;
    m_history = snapshot.history;
    if (!isOther)
        return false;
    LimitSources sources;
    sources.history = m_history.get();
    sources.policy = m_policy;
    sources.key = m_key;
    sources.now = snapshot.now;
    sources.span = m_span;
    sources.rule = m_rule;
    sources.ruleSeen = m_ruleSeen;
    sources.knowsOverride = m_knowsOverride;
    sources.override = m_override;
    sources.overrideSeen = m_overrideSeen;
    return std::exchange(m_course, limitCourse(sources)) != m_course || isFirst;
}

QString LimitWatch::lineName(Instant at) const
{
    const LimitPiece piece = pieceAt(m_course, at);
    if (piece.kind != LimitPiece::Kind::Limit)
        return {};
    const QString drawn = QString::fromStdString(formatLimit(piece.limit));
    const QString name = piece.limit.window > m_span ? Words::tr("mean of %1").arg(drawn) : drawn;
    return piece.others.empty() ? name : Words::tr("%1; not drawn: %2").arg(name, QString::fromStdString(formatLimit(piece.others)));
}

bool LimitWatch::needsName(Instant at) const
{
    const LimitPiece piece = pieceAt(m_course, at);
    return !piece.others.empty() || piece.limit.window > m_span;
}

// From the key's details, which are the fresher, else from the list of all.
void LimitWatch::lookAtOverride(const Snapshot &snapshot)
{
    const auto isOurs = [this](const auto &it) { return it.policy == m_policy && it.key == m_key; };
    if (snapshot.detail && isOurs(*snapshot.detail) && snapshot.detail->error.empty()) {
        if (std::exchange(m_detail, snapshot.detail) == snapshot.detail)
            return;
        m_knowsOverride = true;
        m_override = snapshot.detail->override;
        return;
    }
    m_detail = nullptr;
    if (!snapshot.overrides || std::exchange(m_overrides, snapshot.overrides) == snapshot.overrides)
        return;
    const auto &all = snapshot.overrides->all;
    const auto found = std::find_if(all.begin(), all.end(), isOurs);
    const bool isListed = found != all.end();
    m_knowsOverride = isListed || (!snapshot.overrides->isCut && snapshot.overrides->error.empty());
    m_override = isListed ? std::optional(found->value) : std::nullopt;
}

} // namespace rateguard
