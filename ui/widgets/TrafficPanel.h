// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The RateGuard authors
#pragma once

#include "engine/Snapshot.h"
#include "models/LimitWatch.h"
#include "widgets/EditFlags.h"

#include <QWidget>

namespace rateguard {

class ChartCursor;
class RateChart;

// The two charts side by side: everything, and the key that the table has selected.
class TrafficPanel : public QWidget
{
    Q_OBJECT

public:
    explicit TrafficPanel(QWidget *parent);

    void select(const std::string &policy, const std::string &key);
    void selectNothing();
    void apply(const Snapshot &snapshot, std::optional<Instant> still = {});
    ChartCursor *chartCursor() const { return m_cursor; } // for other charts of the same time

private:
    void showTitle(const QString &lineName); // which of several windows the limit line stands for
    void setFlags(const Snapshot &snapshot); // of the edits

    ChartCursor *m_cursor;
    RateChart *m_all;
    RateChart *m_selected;
    std::string m_policy;
    std::string m_key;
    QString m_lineName;
    EditFlags m_allFlags;
    EditFlags m_keyFlags;
    LimitWatch m_limit;
    bool m_hasSelection = false;
    bool m_stale = false; // the next snapshot may still be about the key before
    int m_unknown = 0; // how many snapshots in a row knew nothing of the key
};

} // namespace rateguard
