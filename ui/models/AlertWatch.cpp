// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The RateGuard authors
#include "models/AlertWatch.h"

#include "models/AlertJson.h"
#include "models/AlertWords.h"

#include <QSettings>

#include <algorithm>
#include <utility>

namespace rateguard {
namespace {

constexpr int mostDamaged = 50; // kept aside

QString rulesSetting()
{
    return QStringLiteral("alerts/rules");
}

QString damagedSetting()
{
    return QStringLiteral("alerts/damaged");
}

} // namespace

AlertWatch::AlertWatch(QObject *parent) : QObject(parent), m_past(new PastAlertModel(this))
{
    load();
}

void AlertWatch::load()
{
    QSettings settings;
    if (!settings.contains(rulesSetting())) {
        m_book.setRules(defaultAlertRules());
        return;
    }
    const AlertRulesRead read = readAlertRules(settings.value(rulesSetting()).toByteArray());
    m_book.setRules(read.rules.empty() && !read.damaged.isEmpty() ? defaultAlertRules() : read.rules);
    if (read.damaged.isEmpty())
        return;
    const QStringList aside = settings.value(damagedSetting()).toStringList() + read.damaged;
    settings.setValue(damagedSetting(), QStringList(aside.mid(std::max(0, static_cast<int>(aside.size()) - mostDamaged))));
    settings.setValue(rulesSetting(), alertRulesToJson(m_book.rules()));
    const QString what = read.damaged.size() == 1 ? tr("1 alert rule") : tr("%1 alert rules").arg(read.damaged.size());
    m_damage = tr("%1 in the settings could not be read. What stood there is kept under %2 in %3; the rules below are in force.")
                   .arg(what, damagedSetting(), settings.fileName());
}

void AlertWatch::save()
{
    QSettings().setValue(rulesSetting(), alertRulesToJson(m_book.rules()));
    take();
    emit changed();
}

void AlertWatch::apply(const Snapshot &snapshot)
{
    const std::string &endpoint = snapshot.link.endpoint;
    if (endpoint != std::exchange(m_source.endpoint, endpoint))
        m_book.startOver();
    m_now = snapshot.now;
    m_book.step(AlertFigures::of(snapshot), m_now);
    take();
}

void AlertWatch::take()
{
    const std::vector<AlertEvent> events = m_book.takeEvents();
    const std::vector<AlertNotice> notices = m_book.takeNotices();
    const int firing = m_book.firing();
    const bool turned = firing != std::exchange(m_firing, firing);
    if (events.empty() && notices.empty() && !turned)
        return;
    const std::vector<AlertRule> rules = m_book.rules();
    for (const AlertEvent &event : events)
        record(event, rules);
    if (turned)
        emit firingChanged(firing);
    for (const AlertNotice &notice : notices) {
        const AlertNoticeWords words = alertNoticeWords(notice, rules);
        if (!words.title.isEmpty())
            emit raised(words.title, m_source.place.isEmpty() ? words.text : words.text + QStringLiteral(" · ") + m_source.text());
    }
    emit changed();
}

void AlertWatch::record(const AlertEvent &event, const std::vector<AlertRule> &rules)
{
    if (event.what == AlertEvent::What::Cleared) {
        m_past->end(event);
        return;
    }
    const auto rule = std::find_if(rules.begin(), rules.end(), [&](const AlertRule &it) { return it.id == event.rule; });
    if (rule != rules.end())
        m_past->add(event, *rule, m_source);
}

std::uint32_t AlertWatch::keep(const AlertRule &rule)
{
    const std::uint32_t id = rule.id == 0 ? m_book.add(rule) : rule.id;
    if (rule.id != 0)
        m_book.replace(rule);
    save();
    return id;
}

void AlertWatch::remove(std::uint32_t rule)
{
    m_book.remove(rule);
    save();
}

void AlertWatch::enable(std::uint32_t rule, bool enabled)
{
    m_book.enable(rule, enabled);
    save();
}

void AlertWatch::snooze(std::uint32_t rule, Duration span)
{
    m_book.snooze(rule, m_now + span);
    take();
    emit changed();
}

void AlertWatch::snoozeOpenly(std::uint32_t rule)
{
    m_book.snooze(rule, Instant::max());
    take();
    emit changed();
}

void AlertWatch::wake(std::uint32_t rule)
{
    m_book.wake(rule);
    take();
    emit changed();
}

} // namespace rateguard
