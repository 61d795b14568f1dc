// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The RateGuard authors
#pragma once

#include "engine/Snapshot.h"
#include "widgets/EditFlags.h"
#include "widgets/Page.h"

#include <QWidget>

class QGridLayout;
class QSpinBox;

namespace rateguard {

class HealthCard;
class LatestEditModel;
class ListCard;
class RankedKeyModel;
class RateChart;

// What is going on, on one screen: all traffic, who is rejected, who is near, how Redis is, what changed last.
class OverviewPage : public QWidget
{
    Q_OBJECT

public:
    explicit OverviewPage(QWidget *parent);

    void apply(const Snapshot &snapshot, std::optional<Instant> still = {});
    void setStill(bool still); // what is shown does not follow the fields
    double nearShare() const; // of a limit; from here on a key is near. Remembered.

signals:
    void keyChosen(const std::string &policy, const std::string &key);
    void policyChosen(const std::string &policy);
    void pageChosen(rateguard::Page page);

protected:
    void resizeEvent(QResizeEvent *event) override;

private:
    ListCard *makeKeys(const QString &title, RankedKeyModel *model, const char *listName);
    void makeNearSpin();
    void arrange(); // the cards in a row, in two, or three below a band
    void applyChart(const Snapshot &snapshot, Instant drawn);
    void countNear(std::uint64_t near);
    void titleOffenders(const Snapshot &snapshot);
    void sayWhyEmpty(const Snapshot &snapshot);

    RateChart *m_chart;
    EditFlags m_flags;
    RankedKeyModel *m_offenders;
    RankedKeyModel *m_near;
    LatestEditModel *m_edits;
    ListCard *m_offendersCard;
    ListCard *m_nearCard;
    HealthCard *m_health;
    ListCard *m_editsCard;
    QSpinBox *m_share;
    QGridLayout *m_cards;
    int m_columns = 0;
};

} // namespace rateguard
