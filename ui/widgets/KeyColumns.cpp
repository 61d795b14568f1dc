// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The RateGuard authors
#include "widgets/KeyColumns.h"

#include "models/KeyCells.h"

#include <QHeaderView>
#include <QMenu>
#include <QSettings>

#include <algorithm>
#include <array>
#include <utility>

namespace rateguard {
namespace {

using Named = std::pair<KeyColumn, const char *>;

// In the order of a new window. The names are for the settings.
constexpr std::array<Named, keyColumns> columns {Named {KeyColumn::Policy, "policy"}, Named {KeyColumn::Key, "key"}, Named {KeyColumn::Requests, "requests"},
    Named {KeyColumn::Rejected, "rejected"}, Named {KeyColumn::Minute, "minute"}, Named {KeyColumn::Used, "used"}, Named {KeyColumn::RejectedShare, "share"},
    Named {KeyColumn::State, "state"}, Named {KeyColumn::LastSeen, "seen"}};

const QString setting = QStringLiteral("keys/columns");

int section(KeyColumn column)
{
    return static_cast<int>(column);
}

} // namespace

KeyColumns::KeyColumns(QHeaderView *header, QObject *parent) : QObject(parent), m_header(header)
{
    m_header->setSectionsMovable(true);
    m_header->setContextMenuPolicy(Qt::CustomContextMenu);
    connect(m_header, &QWidget::customContextMenuRequested, this, &KeyColumns::open);
    reset();
    connect(m_header, &QHeaderView::sectionMoved, this, &KeyColumns::save);
}

void KeyColumns::setWidth(int width)
{
    const int letter = m_header->fontMetrics().horizontalAdvance(QLatin1Char('0'));
    m_squeezed.clear();
    for (const auto &[column, letters] : {std::pair(KeyColumn::RejectedShare, 130), std::pair(KeyColumn::LastSeen, 140), std::pair(KeyColumn::Minute, 100)}) {
        if (width < letters * letter)
            m_squeezed.insert(column);
    }
    show();
}

void KeyColumns::addTo(QMenu *menu)
{
    for (int place = 0; place < m_header->count(); ++place) {
        const auto column = static_cast<KeyColumn>(m_header->logicalIndex(place));
        QAction *action = menu->addAction(keyColumnTitle(column));
        action->setCheckable(true);
        action->setChecked(!m_header->isSectionHidden(section(column)));
        action->setEnabled(column != KeyColumn::Key);
        connect(action, &QAction::toggled, this, [this, column](bool seen) { choose(column, seen); });
    }
    menu->addSeparator();
    connect(menu->addAction(tr("Reset columns")), &QAction::triggered, this, &KeyColumns::reset);
}

void KeyColumns::open(const QPoint &place)
{
    auto *menu = new QMenu(m_header);
    menu->setObjectName(QStringLiteral("columnMenu"));
    menu->setAttribute(Qt::WA_DeleteOnClose);
    addTo(menu);
    menu->popup(m_header->mapToGlobal(place));
}

void KeyColumns::choose(KeyColumn column, bool seen)
{
    if (seen) {
        m_hidden.remove(column);
        m_asked.insert(column);
    } else {
        m_hidden.insert(column);
        m_asked.remove(column);
    }
    show();
    save();
}

void KeyColumns::reset()
{
    m_hidden.clear();
    m_asked.clear();
    QList<KeyColumn> all;
    for (const auto &[column, name] : columns)
        all << column;
    order(all);
    show();
    save();
}

void KeyColumns::order(const QList<KeyColumn> &wanted)
{
    const bool remembers = std::exchange(m_remembers, false);
    for (int place = 0; place < wanted.size(); ++place)
        m_header->moveSection(m_header->visualIndex(section(wanted[place])), place);
    m_remembers = remembers;
}

void KeyColumns::show()
{
    for (const auto &[column, name] : columns)
        m_header->setSectionHidden(section(column), m_hidden.contains(column) || (m_squeezed.contains(column) && !m_asked.contains(column)));
}

void KeyColumns::remember()
{
    const QStringList kept = QSettings().value(setting).toStringList();
    QList<KeyColumn> wanted;
    for (const QString &word : kept) {
        const bool hidden = word.startsWith(QLatin1Char('-'));
        const bool asked = word.startsWith(QLatin1Char('+'));
        const QString name = hidden || asked ? word.mid(1) : word;
        const auto found = std::find_if(columns.begin(), columns.end(), [&](const Named &it) { return name == QLatin1String(it.second); });
        if (found == columns.end() || wanted.contains(found->first))
            continue;
        wanted << found->first;
        if (hidden && found->first != KeyColumn::Key)
            m_hidden.insert(found->first);
        if (asked)
            m_asked.insert(found->first);
    }
    order(wanted);
    show();
    m_remembers = true;
}

void KeyColumns::save() const
{
    if (!m_remembers)
        return;
    QStringList kept;
    for (int place = 0; place < m_header->count(); ++place) {
        const auto column = static_cast<KeyColumn>(m_header->logicalIndex(place));
        const auto found = std::find_if(columns.begin(), columns.end(), [&](const Named &it) { return it.first == column; });
        kept << (m_hidden.contains(column) ? QStringLiteral("-") : m_asked.contains(column) ? QStringLiteral("+") : QString()) + QLatin1String(found->second);
    }
    QSettings().setValue(setting, kept);
}

} // namespace rateguard
