// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The RateGuard authors
#include "engine/KeyUsage.h"

#include <algorithm>
#include <vector>

namespace rateguard {

struct KeyUsage::Acting
{
    explicit Acting(const Rule &rule, const Override *override)
        : limit(&rule.limit)
        , keep(rule.limit.longest().count())
    {
        if (override && override->kind == Override::Kind::Limit) {
            own.emplace().algorithm = rule.limit.algorithm;
            for (const auto &one : override->limit) {
                own->push({std::min(one.count, maxCount(own->algorithm)), one.window});
            }
            limit = &*own;
            tracked = &rule.limit;
            keep = std::max(keep, own->longest().count());
            most = std::max(rule.limit.largest(), own->largest());
        }
    }
    Acting(const Acting &) = delete;
    Acting &operator=(const Acting &) = delete;

    static constexpr Limits none {};

    std::optional<Limits> own; // of an override, cut to what the algorithm takes
    const Limits *limit;
    const Limits *tracked = &none; // the policy's windows while an override decides: the limit goes back to them one day
    std::int64_t keep; // the longest of all
    std::uint32_t most = UINT32_MAX; // the largest count of all, while an override decides
};

namespace {

void apply(const Fit &fit, const Limits &limit, Decision &decision)
{
    const auto &decider = limit[fit.decider];
    decision.limit = decider.count;
    decision.window = decider.window;
    decision.remaining = decider.count - std::min(decider.count, fit.used);
    decision.resetAfter = Duration(fit.reset);
    if (!fit.fits) {
        decision.verdict = Verdict::Rejected;
        decision.retryAfter = fit.retry == Fit::never ? std::nullopt : std::optional(Duration(fit.retry));
    }
}

// All that is decided without looking at what was used; false: that has to be looked at.
bool decideUnseen(Mode mode, Instant now, const Override *override, Decision &decision)
{
    if (mode == Mode::Off) {
        decision.why = Why::Off;
        return true;
    }
    if (!override || override->kind == Override::Kind::Limit) {
        decision.why = override ? Why::Override : Why::Limit;
        return false;
    }
    decision.why = override->kind == Override::Kind::Ban ? Why::Ban : Why::Exempt;
    if (decision.why == Why::Ban) {
        decision.verdict = Verdict::Rejected;
        decision.remaining = 0;
        decision.retryAfter = override->until ? std::optional(Duration(wholeMilliseconds(*override->until) - wholeMilliseconds(now))) : std::nullopt;
        decision.resetAfter = decision.retryAfter.value_or(Duration(-1));
    }
    return true;
}

} // namespace

Bucket &KeyUsage::bucketFor(const Acting &acting, std::int64_t ms)
{
    if (auto *bucket = std::get_if<Bucket>(&m_usage); bucket && bucket->hasWindowsOf(*acting.limit, *acting.tracked)) {
        return *bucket;
    }
    Bucket fresh;
    const bool isIdle = std::visit([ms](const auto &before) { return before.isIdle(ms); }, m_usage);
    if (!isIdle) {
        fresh.begin(*acting.limit, *acting.tracked, ms);
        std::visit([&](const auto &before) { fresh.fillFrom(before, ms); }, m_usage);
    }
    return m_usage.emplace<Bucket>(std::move(fresh));
}

SlidingLog &KeyUsage::logFor(const Acting &acting, std::int64_t ms)
{
    if (auto *log = std::get_if<SlidingLog>(&m_usage)) {
        return *log;
    }
    struct Piece
    {
        std::int64_t at;
        std::uint32_t cost;
    };
    std::vector<Piece> pieces;
    std::get<Bucket>(m_usage).recall(ms, [&](std::int64_t at, std::uint32_t cost) {
        if (ms - at < acting.keep) {
            pieces.push_back({at, cost});
        }
    });
    // Of more than any limit of a log, the youngest.
    auto room = Limit::maxCount;
    auto first = pieces.size();
    while (first > 0 && room > 0) {
        auto &cost = pieces[--first].cost;
        cost = std::min(cost, room);
        room -= cost;
    }
    SlidingLog log;
    for (auto i = first; i < pieces.size(); ++i) {
        log.append(pieces[i].at, pieces[i].cost);
    }
    log.expireAt(first < pieces.size() ? pieces[first].at + 2 * acting.keep : 0);
    return m_usage.emplace<SlidingLog>(std::move(log));
}

template <typename Ask>
Decision KeyUsage::decideWith(const Rule &rule, Instant now, const Override *override, Ask ask)
{
    if (override && override->isOver(now)) {
        override = nullptr;
    }
    const Acting acting(rule, override);
    const auto mode = rule.modeAt(now);
    Decision decision;
    decision.limit = decision.remaining = acting.limit->front().count;
    decision.window = acting.limit->front().window;
    decision.version = rule.version;
    if (!decideUnseen(mode, now, override, decision)) {
        apply(ask(acting, wholeMilliseconds(now)), *acting.limit, decision);
    }
    if (decision.verdict == Verdict::Rejected && mode == Mode::Shadow) {
        decision.verdict = Verdict::WouldReject;
    }
    return decision;
}

Decision KeyUsage::decide(const Rule &rule, Instant now, std::uint32_t cost, const Override *override)
{
    return decideWith(rule, now, override, [&](const Acting &acting, std::int64_t ms) {
        return acting.limit->algorithm == Algorithm::Bucket ? bucketFor(acting, ms).decide(*acting.limit, *acting.tracked, ms, cost)
                                                            : logFor(acting, ms).decide(*acting.limit, {acting.keep, acting.most}, ms, cost);
    });
}

Decision KeyUsage::peek(const Rule &rule, Instant now, std::uint32_t cost, const Override *override) const
{
    return decideWith(rule, now, override, [&](const Acting &acting, std::int64_t ms) {
        const auto *log = std::get_if<SlidingLog>(&m_usage);
        if (log && acting.limit->algorithm == Algorithm::Log) {
            return log->look(*acting.limit, ms, cost);
        }
        // A bucket that is to become a log is still a bucket for whoever only looks.
        const auto *bucket = std::get_if<Bucket>(&m_usage);
        if (bucket && bucket->hasWindowsOf(*acting.limit, *acting.tracked)) {
            return bucket->look(*acting.limit, *acting.tracked, ms, cost);
        }
        Bucket fresh;
        fresh.begin(*acting.limit, *acting.tracked, ms);
        std::visit([&](const auto &before) { fresh.fillFrom(before, ms); }, m_usage);
        return fresh.look(*acting.limit, *acting.tracked, ms, cost);
    });
}

bool KeyUsage::isIdle(Instant now) const
{
    return std::visit([ms = wholeMilliseconds(now)](const auto &usage) { return usage.isIdle(ms); }, m_usage);
}

Instant KeyUsage::endsAfter() const
{
    return std::visit([](const auto &usage) { return Instant(Duration(usage.expires())); }, m_usage);
}

std::size_t KeyUsage::size() const
{
    const auto *log = std::get_if<SlidingLog>(&m_usage);
    return log ? log->size() : 0;
}

} // namespace rateguard
