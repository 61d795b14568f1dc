// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The RateGuard authors
#include "models/EditWords.h"

#include "format/Numbers.h"
#include "format/Text.h"
#include "models/OverrideWords.h"
#include "models/RuleWords.h"
#include "models/TimeWords.h"

#include <QCoreApplication>

#include <algorithm>
#include <cmath>

namespace rateguard {
namespace {

using namespace std::chrono_literals;
using Trend = EffectWords::Trend;

struct Words
{
    Q_DECLARE_TR_FUNCTIONS(rateguard::EditWords)
};

constexpr int cut = 200; // of what cannot be read

QString none()
{
    return QStringLiteral("–");
}

// " for 10 min" of what ends by itself, as it was when the edit was made.
QString spanOf(const std::optional<Instant> &until, Instant from)
{
    if (!until || *until <= from)
        return {};
    return QLatin1Char(' ') + Words::tr("for %1").arg(timeLeft(std::chrono::round<std::chrono::seconds>(*until - from)));
}

QString ruleState(const std::string &text, Instant at)
{
    const auto rule = parseRule(text);
    return rule ? ruleText(*rule) + spanOf(rule->until, at) : displayText(text, cut);
}

QString keyState(const std::string &text, Instant at)
{
    const auto override = parseOverride(text);
    return override ? overrideText(*override) + spanOf(override->until, at) : displayText(text, cut);
}

QString limitChange(const AuditEntry &edit)
{
    const auto before = parseRule(edit.before);
    const auto after = parseRule(edit.after);
    if (!before || !after)
        return Words::tr("%1 → %2").arg(ruleState(edit.before, edit.at), ruleState(edit.after, edit.at));
    const QString end = spanOf(after->until, edit.at);
    const QString from = QString::fromStdString(formatLimit(before->limit));
    const QString to = QString::fromStdString(formatLimit(after->limit));
    const Mode mode = before->modeAt(edit.at);
    if (before->limit == after->limit)
        return Words::tr("%1 → %2").arg(modeText(mode), modeText(after->mode)) + end;
    if (mode == after->mode)
        return Words::tr("%1 → %2").arg(from, to) + end;
    return Words::tr("%1 %2 → %3 %4").arg(from, modeText(mode), to, modeText(after->mode)) + end;
}

void addKeyFields(std::vector<EditField> &fields, const AuditEntry &edit)
{
    const auto describe = [&](const std::string &text, QString EditField::*side) {
        const auto override = parseOverride(text);
        fields[0].*side = text.empty() ? Words::tr("none") : override ? overrideText(*override) : displayText(text, cut);
        fields[1].*side = !override ? none() : override->until ? localTimeText(*override->until) : Words::tr("until lifted");
        fields[2].*side = override ? Words::tr("v%1").arg(override->version) : none();
    };
    fields = {{Words::tr("Holds for it"), {}, {}}, {Words::tr("Ends"), {}, {}}, {Words::tr("Version"), {}, {}}};
    describe(edit.before, &EditField::before);
    describe(edit.after, &EditField::after);
}

void addRuleFields(std::vector<EditField> &fields, const AuditEntry &edit)
{
    const auto describe = [&](const std::string &text, QString EditField::*side) {
        const auto rule = parseRule(text);
        const auto window = [&](std::size_t i) { return Words::tr("%1 per %2").arg(formatCount(rule->limit[i].count), QString::fromStdString(formatWindow(rule->limit[i].window))); };
        QStringList windows;
        for (std::size_t i = 0; rule && i < rule->limit.size(); ++i)
            windows << window(i);
        fields[0].*side = text.empty() ? Words::tr("none") : rule ? windows.join(QStringLiteral(", ")) : displayText(text, cut);
        fields[1].*side = !rule ? none() : rule->limit.algorithm == Algorithm::Log ? Words::tr("exact") : Words::tr("bucket");
        fields[2].*side = rule ? modeText(rule->mode) : none();
        fields[3].*side = rule && rule->until ? Words::tr("%1, then %2").arg(localTimeText(*rule->until), modeText(rule->after)) : none();
        fields[4].*side = rule ? Words::tr("v%1").arg(rule->version) : none();
    };
    fields = {{Words::tr("Windows"), {}, {}}, {Words::tr("Counting"), {}, {}}, {Words::tr("Mode"), {}, {}}, {Words::tr("Mode ends"), {}, {}}, {Words::tr("Version"), {}, {}}};
    describe(edit.before, &EditField::before);
    describe(edit.after, &EditField::after);
}

} // namespace

QString editLabel(const AuditEntry &edit)
{
    return edit.isReset() ? Words::tr("reset") : (edit.key ? QStringLiteral("k%1") : QStringLiteral("v%1")).arg(edit.version);
}

QString editSubject(const AuditEntry &edit)
{
    const QString policy = displayText(edit.policy, 64);
    return edit.key ? Words::tr("%1 of %2").arg(displayText(*edit.key, 60), policy) : Words::tr("limit of %1").arg(policy);
}

QString editChange(const AuditEntry &edit)
{
    if (edit.isReset())
        return Words::tr("use forgotten");
    const auto state = [&](const std::string &text) { return edit.key ? keyState(text, edit.at) : ruleState(text, edit.at); };
    if (edit.after.empty())
        return edit.key ? Words::tr("lifted: %1").arg(state(edit.before)) : Words::tr("taken away: %1").arg(state(edit.before));
    if (edit.before.empty())
        return edit.key ? state(edit.after) : Words::tr("new: %1").arg(state(edit.after));
    return edit.key ? Words::tr("%1 → %2").arg(state(edit.before), state(edit.after)) : limitChange(edit);
}

std::vector<EditField> editFields(const AuditEntry &edit)
{
    std::vector<EditField> fields;
    if (edit.isReset())
        fields.push_back({Words::tr("Used"), Words::tr("some of its windows"), Words::tr("nothing")});
    else if (edit.key)
        addKeyFields(fields, edit);
    else
        addRuleFields(fields, edit);
    return fields;
}

namespace {

// A limit where there was none: it has no time before it.
bool isNew(const AuditEntry &edit)
{
    return !edit.key && edit.before.empty();
}

// A key's own outlives edits of the limit and resets, but what it does is another thing from then on.
QString endText(const EditHistory::End &end, const AuditEntry &edit)
{
    using Cause = EditHistory::End::Cause;
    const QString after = end.after >= 1s ? lengthText(end.after) : Words::tr("less than 1 s");
    const bool outlived = edit.isReset() || (edit.key && end.isOfLimit);
    switch (end.cause) {
    case Cause::Time:
        return (!outlived ? Words::tr("ended after %1") : end.isOfLimit ? Words::tr("the limit's mode ended after %1") : Words::tr("the override ended after %1")).arg(after);
    case Cause::Removal: return (end.isOfLimit ? Words::tr("the limit was taken away after %1") : Words::tr("lifted after %1")).arg(after);
    case Cause::Edit: break;
    }
    if (end.version == 0)
        return Words::tr("its use was forgotten after %1").arg(after);
    return (!outlived           ? Words::tr("overtaken by v%1 after %2")
            : end.isOfLimit ? Words::tr("the limit became v%1 after %2")
                            : Words::tr("the override became v%1 after %2"))
        .arg(QString::number(end.version), after);
}

// What the two figures may differ by without any edit: by chance, as the rejections that were counted are few, or a little at all times.
double noise(const EditHistory::Effect &effect)
{
    const auto variance = [](double perMinute, std::chrono::seconds span) { return perMinute * 60 / static_cast<double>(span.count()); };
    const double chance = 2 * std::sqrt(variance(effect.rejectedBefore, effect.before) + variance(effect.rejectedAfter, effect.after));
    return std::max({0.5, 0.05 * effect.rejectedBefore, chance});
}

} // namespace

EffectWords effectWords(const EditHistory::Effect &effect, const AuditEntry &edit, Instant now)
{
    if (effect.after == 0s && effect.end)
        return {Trend::Unknown, endText(*effect.end, edit)};
    if (effect.after == 0s)
        return {Trend::Unknown, effect.isOpen && now - edit.at < 12min ? Words::tr("too early to tell") : Words::tr("not known")};
    const QString after = perMinuteText(effect.rejectedAfter);
    const QString before = effect.before > 0s ? perMinuteText(effect.rejectedBefore) : QStringLiteral("?");
    if (edit.key && effect.basis == EditHistory::Basis::Minutes)
        return {Trend::Unknown, Words::tr("whole policy %1 → %2/min").arg(before, after)};
    if (effect.before == 0s)
        return {Trend::Unknown, (isNew(edit) ? Words::tr("rejections %1 per min") : Words::tr("rejections ? → %1 per min")).arg(after)};
    const double change = effect.rejectedAfter - effect.rejectedBefore;
    if (std::abs(change) <= noise(effect))
        return {Trend::Same, Words::tr("= rejections still %1 per min").arg(after)};
    return change > 0 ? EffectWords {Trend::More, Words::tr("▲ rejections %1 → %2 per min").arg(before, after)}
                      : EffectWords {Trend::Fewer, Words::tr("▼ rejections %1 → %2 per min").arg(before, after)};
}

QString effectBasis(const EditHistory::Effect &effect, const AuditEntry &edit)
{
    if (effect.after == 0s)
        return {};
    const auto source = [&effect] {
        switch (effect.basis) {
        case EditHistory::Basis::Key: return Words::tr("This key alone, heard by this window: %1");
        case EditHistory::Basis::Policy: return Words::tr("Whole policy, heard by this window: %1");
        case EditHistory::Basis::Minutes: break;
        }
        return Words::tr("Whole policy, from Redis' minutes: %1");
    };
    const QString after = lengthText(effect.after);
    const QString span = effect.before > 0s ? Words::tr("%1 before, %2 after").arg(lengthText(effect.before), after)
        : isNew(edit)                       ? Words::tr("%1 after").arg(after)
                                            : Words::tr("%1 after, before not known").arg(after);
    const QString text = source().arg(span);
    return effect.end ? Words::tr("%1; %2").arg(text, endText(*effect.end, edit)) : text;
}

QString perMinuteText(double perMinute)
{
    return perMinute >= 9.95 && std::isfinite(perMinute) ? formatCount(static_cast<std::uint64_t>(std::llround(perMinute))) : formatRate(perMinute);
}

} // namespace rateguard
