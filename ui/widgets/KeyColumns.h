// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The RateGuard authors
#pragma once

#include "engine/Snapshot.h"

#include <QObject>
#include <QSet>

class QHeaderView;
class QMenu;

namespace rateguard {

// Which columns of the key table are seen, and in which order. The operator drags titles and chooses from a menu; where it is
// narrow, what can be read off other columns makes room for the names, unless it was asked for. The key itself is always there.
class KeyColumns : public QObject
{
    Q_OBJECT

public:
    KeyColumns(QHeaderView *header, QObject *parent);

    void setWidth(int width); // of the whole table
    void addTo(QMenu *menu); // a tick for each column, and a way back
    // From now on what is chosen is kept in QSettings; what was kept is chosen.
    void remember();

public slots:
    void reset();

private:
    void open(const QPoint &place);
    void choose(KeyColumn column, bool seen);
    void show();
    void save() const;
    void order(const QList<KeyColumn> &columns);

    QHeaderView *m_header;
    QSet<KeyColumn> m_hidden; // by the operator
    QSet<KeyColumn> m_squeezed; // by the width
    QSet<KeyColumn> m_asked; // for by the operator: with them it may be tight
    bool m_remembers = false;
};

} // namespace rateguard
