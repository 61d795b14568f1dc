// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The RateGuard authors
#include "redis/AuditLog.h"

#include "redis/LimitStore.h"

#include <algorithm>
#include <charconv>
#include <deque>

namespace rateguard {

namespace {

constexpr std::size_t pageSize = 200; // an entry has 1.6 KB at most, and its key

// Of a stream: milliseconds, and a number within them.
struct Id
{
    std::uint64_t ms = 0;
    std::uint64_t sequence = 0;

    friend auto operator<=>(const Id &, const Id &) = default;
};

Id parseId(const std::string &text)
{
    Id id;
    const auto *const end = text.data() + text.size();
    const auto [at, error] = std::from_chars(text.data(), end, id.ms);
    if (error == std::errc() && at != end) {
        std::from_chars(at + 1, end, id.sequence);
    }
    return id;
}

AuditEntry entryOf(const Id &id, const std::vector<Reply> &fields)
{
    AuditEntry entry;
    entry.at = Instant(Duration(std::min<std::uint64_t>(id.ms, std::uint64_t {1} << 50)));
    for (std::size_t i = 0; i + 1 < fields.size(); i += 2) {
        const auto &name = fields[i].text;
        const auto &value = fields[i + 1].text;
        if (name == "key") {
            entry.key = value;
        } else if (name == "version") {
            std::from_chars(value.data(), value.data() + value.size(), entry.version);
        } else if (auto *const text = name == "policy" ? &entry.policy : name == "old" ? &entry.before : name == "new" ? &entry.after
                       : name == "author" ? &entry.author : name == "reason" ? &entry.reason : nullptr) {
            *text = value;
        }
    }
    return entry;
}

} // namespace

struct AuditLog::Merge
{
    struct Source
    {
        std::deque<std::pair<Id, AuditEntry>> ready; // newest first
        std::string before = "+"; // where to read on
        std::size_t read = 0;
        bool isDone = false;
        bool isCut = false; // given up with entries left

        void take(const std::vector<Reply> &entries, const Filter &wanted)
        {
            for (const auto &entry : entries) {
                if (!entry.hasItems(2) || entry.items[1].type != Reply::Type::Array) {
                    continue;
                }
                before = "(" + entry.items[0].text;
                const auto id = parseId(entry.items[0].text);
                auto decoded = entryOf(id, entry.items[1].items);
                if (wanted(decoded)) {
                    ready.emplace_back(id, std::move(decoded));
                }
            }
            read += entries.size();
            isCut = entries.size() >= pageSize && read >= maxRead;
            isDone = entries.size() < pageSize || isCut;
        }
    };

    Filter wanted;
    Partitions partitions; // as they were when it began
    std::size_t count = 0;
    std::string last; // id
    std::function<void(const Page &)> done;
    std::vector<Source> sources;
    std::size_t waiting = 0;
    Page page;

    // As far as every partition is known; false when one has to be read on first.
    bool advance()
    {
        while (page.entries.size() < count) {
            Source *newest = nullptr;
            for (auto &source : sources) {
                if (source.ready.empty() && !source.isDone) {
                    return false;
                }
                if (!source.ready.empty() && (!newest || source.ready.front().first > newest->ready.front().first)) {
                    newest = &source;
                }
            }
            if (!newest) {
                page.isComplete = std::none_of(sources.begin(), sources.end(), [](const Source &source) { return source.isCut; });
                return true;
            }
            page.entries.push_back(std::move(newest->ready.front().second));
            newest->ready.pop_front();
        }
        page.isComplete = std::all_of(sources.begin(), sources.end(), [](const Source &s) { return s.ready.empty() && s.isDone && !s.isCut; });
        return true;
    }
};

AuditLog::AuditLog(Connection &connection, Partitions partitions)
    : m_connection(connection)
    , m_partitions(std::move(partitions))
{
}

void AuditLog::read(const std::string &policy, std::size_t count, std::function<void(const Page &)> done)
{
    find([policy](const AuditEntry &entry) { return policy.empty() || entry.policy == policy; }, count, std::move(done));
}

void AuditLog::find(Filter wanted, std::size_t count, std::function<void(const Page &)> done, Instant since)
{
    const auto merge = std::make_shared<Merge>();
    merge->wanted = std::move(wanted);
    merge->partitions = m_partitions;
    merge->count = std::min(count, maxEntries);
    const auto first = std::chrono::floor<Duration>(since.time_since_epoch()).count();
    merge->last = first > 0 ? std::to_string(first) : "-";
    merge->done = std::move(done);
    merge->sources.resize(m_partitions.size());
    fill(merge);
}

// One page more of each partition that has nothing ready, all at once; then as many entries as can be told apart.
void AuditLog::fill(const std::shared_ptr<Merge> &merge)
{
    // Calls on a broken connection are answered at once, so all are counted before the first is made.
    std::vector<std::size_t> wanted;
    for (std::size_t i = 0; i < merge->sources.size(); ++i) {
        if (merge->sources[i].ready.empty() && !merge->sources[i].isDone) {
            wanted.push_back(i);
        }
    }
    merge->waiting = wanted.size();
    for (const auto i : wanted) {
        const Connection::Arguments command {"XREVRANGE", merge->partitions[i].audit, merge->sources[i].before, merge->last, "COUNT", std::to_string(pageSize)};
        m_connection.call(command, [this, merge, i](const Reply &reply) {
            if (reply.type == Reply::Type::Array) {
                merge->sources[i].take(reply.items, merge->wanted);
            } else if (merge->page.error.isEmpty()) {
                merge->page.error = explainError(reply);
                merge->page.failure = reply;
            }
            if (--merge->waiting > 0) {
                return;
            }
            if (!merge->page.error.isEmpty() || merge->advance()) {
                merge->done(merge->page);
            } else {
                fill(merge);
            }
        });
    }
}

} // namespace rateguard
