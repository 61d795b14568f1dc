// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The RateGuard authors
#include "models/EditWords.h"

#include "format/Numbers.h"
#include "format/Text.h"
#include "models/OverrideWords.h"
#include "models/RuleWords.h"
#include "models/TimeWords.h"

#include <QCoreApplication>

namespace rateguard {
namespace {

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
        fields[2].*side = override ? keyVersionText(override->version) : none();
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
    return edit.isReset() ? Words::tr("reset") : edit.key ? keyVersionText(edit.version) : QStringLiteral("v%1").arg(edit.version);
}

QString editMeaning(const AuditEntry &edit)
{
    if (edit.isReset())
        return Words::tr("reset: what this key had used was forgotten");
    return edit.key ? keyVersionMeaning(edit.version)
                    : Words::tr("v%1: version %1 of the limit of %2").arg(QString::number(edit.version), displayText(edit.policy, 64));
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

} // namespace rateguard
