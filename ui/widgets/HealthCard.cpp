// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The RateGuard authors
#include "widgets/HealthCard.h"

#include "format/Numbers.h"
#include "format/Text.h"
#include "widgets/ListCard.h"

#include <QGridLayout>
#include <QScrollArea>

#include <algorithm>

namespace rateguard {
namespace {

using namespace std::chrono_literals;

constexpr int roomForTwo = 380;
constexpr int roomForThree = 760;

// Redis may then drop what limiters remember, although nobody asked for it.
bool dropsLogs(const std::string &evictionPolicy)
{
    return evictionPolicy != "noeviction" && evictionPolicy != "volatile-ttl";
}

} // namespace

HealthCard::HealthCard(QWidget *parent)
    : Card(parent),
      m_inside(new QWidget(this)),
      m_grid(new QGridLayout),
      m_column(new QVBoxLayout(m_inside)),
      m_scroll(new QScrollArea(this)),
      m_remark(new TextLabel({}, Ink::Muted, this)),
      m_warnings(new TextLabel({}, Ink::Normal, this))
{
    auto *title = new TextLabel(tr("Health"), Ink::Normal, this);
    title->setScale(1, true);
    title->setMinimumHeight(fontMetrics().height() + 8); // as in a ListCard
    m_remark->setScale(0.9);
    m_remark->setObjectName(QStringLiteral("healthRemark"));
    add(Line::RoundTrip, tr("Round trip"), tr("A question to Redis and its answer."), "roundTripValue");
    add(Line::EventLag, tr("Event lag"), tr("There and back through the channel that the decisions come through."), "eventLagValue");
    add(Line::Memory, tr("Memory"), tr("Of Redis: used, and the most it may use."), "memoryValue");
    add(Line::Eviction, tr("When full"), tr("What Redis does when its memory is full (maxmemory-policy)."), "evictionValue");
    add(Line::Lost, tr("Batches lost"), tr("Batches of decisions that never came: the figures are too low by what was in them."), "batchesLostValue");
    add(Line::Malformed, tr("Malformed"), tr("Messages that could not be read, and were left out."), "messagesMalformedValue");
    m_warnings->setObjectName(QStringLiteral("healthWarnings"));
    m_warnings->setAccessibleDescription(tr("Warnings"));
    m_warnings->setWordWrap(true);
    m_warnings->setTextInteractionFlags(Qt::TextSelectableByMouse); // a remedy is often a command
    m_grid->setHorizontalSpacing(6);
    m_grid->setVerticalSpacing(2);
    m_column->setContentsMargins(0, 0, 6, 0);
    m_column->setSpacing(5);
    m_column->addLayout(m_grid);
    m_column->addWidget(m_warnings);
    m_column->addStretch(1);

    m_scroll->setFrameShape(QFrame::NoFrame);
    m_scroll->setWidgetResizable(true);
    m_scroll->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    m_scroll->setWidget(m_inside);
    m_scroll->setAccessibleName(tr("Health"));
    m_scroll->viewport()->setAutoFillBackground(false);
    m_inside->setAutoFillBackground(false);
    auto *head = new QHBoxLayout;
    head->setContentsMargins(0, 0, 6, 0);
    head->addWidget(title);
    head->addStretch(1);
    head->addWidget(m_remark);
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(12, 6, 6, 6);
    column->setSpacing(4);
    column->addLayout(head);
    column->addWidget(m_scroll, 1);
    arrange();
    fit();
}

void HealthCard::add(Line line, const QString &name, const QString &toolTip, const char *objectName)
{
    Parts &parts = m_lines[static_cast<std::size_t>(line)];
    parts.sign = new TextLabel({}, Ink::Muted, m_inside);
    parts.name = new TextLabel(name, Ink::Muted, m_inside);
    parts.value = new TextLabel({}, Ink::Normal, m_inside);
    parts.value->setObjectName(QLatin1String(objectName));
    parts.value->setAccessibleDescription(name);
    parts.value->setSizePolicy(QSizePolicy::Ignored, QSizePolicy::Preferred);
    parts.sign->setFixedWidth(fontMetrics().horizontalAdvance(QStringLiteral("▲")) + 2);
    for (TextLabel *label : {parts.name, parts.value})
        label->setToolTip(toolTip);
}

void HealthCard::arrange()
{
    const int columns = width() >= roomForThree ? 3 : width() >= roomForTwo ? 2 : 1;
    if (columns == m_columns)
        return;
    m_columns = columns;
    for (std::size_t i = 0; i < lines; ++i) {
        const int place = static_cast<int>(i);
        const int row = columns == 3 ? place % 2 : place / columns; // what belongs together stays together
        const int column = (columns == 3 ? place / 2 : place % columns) * 3;
        m_grid->addWidget(m_lines[i].sign, row, column);
        m_grid->addWidget(m_lines[i].name, row, column + 1);
        m_grid->addWidget(m_lines[i].value, row, column + 2);
    }
    m_grid->setColumnStretch(2, columns == 3 ? 2 : 3);
    m_grid->setColumnStretch(5, columns >= 2 ? 2 : 0);
    m_grid->setColumnStretch(8, columns == 3 ? 2 : 0);
}

void HealthCard::resizeEvent(QResizeEvent *event)
{
    Card::resizeEvent(event);
    arrange();
    fit();
}

void HealthCard::setBand(bool band)
{
    m_band = band;
    fit();
}

void HealthCard::fit()
{
    const int most = ListCard::maxHeight(*this);
    const int said = m_column->hasHeightForWidth() ? m_column->heightForWidth(m_scroll->viewport()->width()) : m_column->sizeHint().height();
    const int around = layout()->itemAt(0)->sizeHint().height() + layout()->spacing() + layout()->contentsMargins().top() + layout()->contentsMargins().bottom();
    const int height = std::min(said + around, most);
    setMinimumHeight(m_band ? height : 140);
    setMaximumHeight(m_band ? height : most);
}

void HealthCard::say(Line line, const QString &value, Mood mood)
{
    const Parts &parts = m_lines[static_cast<std::size_t>(line)];
    parts.value->setText(value);
    parts.sign->setText(mood == Mood::Unknown ? QStringLiteral("○") : mood == Mood::Ok ? QStringLiteral("✓") : QStringLiteral("▲"));
    parts.sign->setInk(mood == Mood::Unknown ? Ink::Muted : mood == Mood::Ok ? Ink::Ok : Ink::Warning);
}

void HealthCard::apply(const Snapshot &snapshot)
{
    const Health &health = snapshot.health;
    const QString unknown = QStringLiteral("–");
    const auto trip = snapshot.link.roundTrip;
    const bool tripKnown = trip.count() > 0 && snapshot.link.state == LinkState::Live;
    say(Line::RoundTrip, tripKnown ? formatDuration(trip) : unknown, !tripKnown ? Mood::Unknown : trip > 100ms ? Mood::Warning : Mood::Ok);
    say(Line::EventLag, health.eventLag ? formatDuration(*health.eventLag) : unknown,
        !health.eventLag ? Mood::Unknown : *health.eventLag > 1s ? Mood::Warning : Mood::Ok);
    const bool bounded = health.memoryMost > 0;
    const double full = bounded ? static_cast<double>(health.memoryUsed) / static_cast<double>(health.memoryMost) : 0;
    const QString used = formatBytes(health.memoryUsed);
    say(Line::Memory,
        health.memoryUsed == 0 ? unknown : bounded ? tr("%1 of %2").arg(used, formatBytes(health.memoryMost)) : tr("%1, no limit").arg(used),
        health.memoryUsed == 0 ? Mood::Unknown : full >= 0.9 ? Mood::Warning : Mood::Ok);
    const std::string &policy = health.evictionPolicy;
    say(Line::Eviction, policy.empty() ? unknown : displayText(policy, 30),
        policy.empty() ? Mood::Unknown : bounded && dropsLogs(policy) ? Mood::Warning : Mood::Ok);
    say(Line::Lost, formatCount(snapshot.batchesLost), snapshot.batchesLost > 0 ? Mood::Warning : Mood::Ok);
    say(Line::Malformed, formatCount(snapshot.messagesMalformed), snapshot.messagesMalformed > 0 ? Mood::Warning : Mood::Ok);
    warn(health.warnings);
}

void HealthCard::warn(const std::vector<std::string> &warnings)
{
    QStringList said;
    for (const std::string &warning : warnings)
        said << QStringLiteral("▲ ") + displayText(warning, 400);
    const QString text = said.join(QLatin1Char('\n'));
    m_warnings->setVisible(!said.isEmpty());
    if (text != m_warnings->text())
        m_warnings->setText(text);
    fit();
    m_remark->setText(said.isEmpty() ? QString() : said.size() == 1 ? tr("1 warning") : tr("%1 warnings").arg(said.size()));
    m_remark->setInk(said.isEmpty() ? Ink::Muted : Ink::Warning);
}

} // namespace rateguard
