// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The RateGuard authors
#include "widgets/OvertakenNotice.h"

#include "format/Text.h"
#include "widgets/TextLabel.h"
#include "widgets/Theme.h"

#include <QEvent>
#include <QGridLayout>
#include <QPushButton>

#include <algorithm>

namespace rateguard {
namespace {

QString limitText(const Limits &limit)
{
    return QString::fromStdString(formatLimit(limit));
}

QString endText(std::optional<Duration> left)
{
    return left ? OvertakenNotice::tr("in %1").arg(timeLeft(*left)) : QString();
}

std::optional<Duration> leftOf(std::optional<Instant> until, Instant now)
{
    return until ? std::optional(std::max(std::chrono::ceil<Duration>(*until - now), Duration(0))) : std::nullopt;
}

const AuditEntry *entryOf(const EditHistory *history, const std::string &policy, std::uint64_t version)
{
    if (!history)
        return nullptr;
    const auto &all = history->entries;
    const auto found = std::find_if(all.begin(), all.end(),
                                    [&](const AuditEntry &entry) { return entry.policy == policy && !entry.key && entry.version == version; });
    return found == all.end() ? nullptr : &*found;
}

} // namespace

OvertakenNotice::OvertakenNotice(QWidget *parent) : Card(parent), m_text(new TextLabel({}, Ink::Normal, this))
{
    m_text->setObjectName(QStringLiteral("overtakenLabel"));
    m_text->setWordWrap(true);
    auto *theirs = new QPushButton(tr("&Take theirs"), this);
    auto *mine = new QPushButton(tr("Keep &mine"), this);
    theirs->setObjectName(QStringLiteral("takeTheirsButton"));
    theirs->setToolTip(tr("Drops your values and shows theirs. Nothing is written."));
    mine->setObjectName(QStringLiteral("keepMineButton"));
    mine->setToolTip(tr("Your values stay in the editor; applying them will replace theirs."));
    auto *buttons = new QHBoxLayout;
    buttons->addStretch(1);
    buttons->addWidget(theirs);
    buttons->addWidget(mine);
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(12, 8, 8, 8);
    column->setSpacing(7);
    column->addWidget(m_text);
    column->addWidget(makeTable());
    column->addLayout(buttons);
    connect(theirs, &QPushButton::clicked, this, &OvertakenNotice::takeTheirs);
    connect(mine, &QPushButton::clicked, this, &OvertakenNotice::keepMine);
    colour();
    hide();
}

QWidget *OvertakenNotice::makeTable()
{
    static const std::array names {QT_TR_NOOP("Limit"), QT_TR_NOOP("Mode"), QT_TR_NOOP("Ends"), QT_TR_NOOP("Version"), QT_TR_NOOP("Who"), QT_TR_NOOP("Why")};
    const std::array titles {tr("Before"), tr("Theirs"), tr("Mine")};
    auto *table = new QWidget(this);
    auto *grid = new QGridLayout(table);
    grid->setContentsMargins(0, 0, 0, 0);
    grid->setHorizontalSpacing(10);
    grid->setVerticalSpacing(3);
    for (int column = 0; column < columns; ++column) {
        auto *title = new TextLabel(titles[static_cast<std::size_t>(column)], Ink::Normal, table);
        title->setScale(1.0, true);
        grid->addWidget(title, 0, column + 1);
        grid->setColumnStretch(column + 1, 1);
    }
    for (int line = 0; line < Lines; ++line) {
        const auto at = static_cast<std::size_t>(line);
        m_captions[at] = new TextLabel(tr(names[at]), Ink::Muted, table);
        grid->addWidget(m_captions[at], line + 1, 0, Qt::AlignTop);
        for (int column = 0; column < columns; ++column) {
            auto *cell = new TextLabel({}, column == 0 ? Ink::Muted : Ink::Normal, table);
            cell->setWordWrap(true);
            cell->setSizePolicy(QSizePolicy::Ignored, QSizePolicy::Preferred);
            cell->setObjectName(QStringLiteral("overtaken%1%2").arg(line).arg(column));
            cell->setAccessibleDescription(tr("%1, %2").arg(titles[static_cast<std::size_t>(column)], tr(names[at])));
            m_cells[at][static_cast<std::size_t>(column)] = cell;
            grid->addWidget(cell, line + 1, column + 1, Qt::AlignTop);
        }
    }
    return table;
}

void OvertakenNotice::display(const LimitDraft &draft, const EditHistory *history)
{
    const Rule &base = draft.shown();
    const Rule &theirs = draft.theirs();
    const Instant now = draft.now();
    const QString rule = ruleText(theirs, now);
    if (theirs.limit.empty())
        m_text->setText(tr("Someone else took the limit away while you were editing. Keeping yours makes it anew when you apply it."));
    else if (draft.isNew() || draft.isGone())
        m_text->setText(tr("Someone else made this policy: %1, v%2.").arg(rule).arg(theirs.version));
    else
        m_text->setText(tr("Changed to %1 by someone else, v%2.").arg(rule).arg(theirs.version));

    const auto columnOf = [&](const Rule &it) {
        if (it.version == 0 || it.limit.empty())
            return Column {tr("none"), {}, {}, {}, {}, {}};
        const AuditEntry *entry = entryOf(history, draft.policy, it.version);
        return Column {limitText(it.limit), modeText(it.mode), endText(leftOf(it.until, now)), tr("v%1").arg(it.version),
                       entry ? displayText(entry->author, 64) : QString(), entry ? displayText(entry->reason, 120) : QString()};
    };
    fill(0, columnOf(base));
    fill(1, columnOf(theirs));
    fill(2, {limitText(draft.limit), modeText(draft.mode), endText(draft.modeFor ? draft.modeFor : leftOf(draft.until, now)), tr("not applied"),
             tr("you"), displayText(draft.reason, 120)});
    for (std::size_t line = 0; line < Lines; ++line) { // what nobody has needs no line
        const auto &cells = m_cells[line];
        const bool told = std::any_of(cells.begin(), cells.end(), [](const TextLabel *cell) { return cell->text() != QLatin1String("–"); });
        m_captions[line]->setVisible(told);
        for (TextLabel *cell : cells)
            cell->setVisible(told);
    }
    setVisible(true);
}

void OvertakenNotice::fill(int column, const Column &texts)
{
    for (std::size_t line = 0; line < Lines; ++line)
        m_cells[line][static_cast<std::size_t>(column)]->setText(texts[line].isEmpty() ? QStringLiteral("–") : texts[line]);
}

void OvertakenNotice::changeEvent(QEvent *event)
{
    if (event->type() == QEvent::PaletteChange)
        colour();
    Card::changeEvent(event);
}

void OvertakenNotice::colour()
{
    const ThemeColours colours = ThemeColours::of(palette());
    setTint(colours.warning);
    setAccent(colours.warning);
}

} // namespace rateguard
