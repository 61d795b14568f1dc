// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The RateGuard authors
#pragma once

#include "engine/Snapshot.h"

#include <QWidget>

namespace rateguard {

class RateChart;

// The two charts side by side: everything, and the key that the table has selected.
class TrafficPanel : public QWidget
{
    Q_OBJECT

public:
    explicit TrafficPanel(QWidget *parent);

    void select(const std::string &policy, const std::string &key);
    void selectNothing();
    void apply(const Snapshot &snapshot);

private:
    void showTitle(const QString &lineName); // which of several windows the limit line stands for

    RateChart *m_all;
    RateChart *m_selected;
    std::string m_policy;
    std::string m_key;
    QString m_lineName;
    bool m_hasSelection = false;
    bool m_stale = false; // the next snapshot may still be about the key before
    int m_unknown = 0; // how many snapshots in a row knew nothing of the key
};

} // namespace rateguard
