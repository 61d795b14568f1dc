// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The RateGuard authors
#pragma once

#include "engine/Snapshot.h"

#include <QWidget>

#include <memory>
#include <optional>

namespace rateguard {

// The last minutes of traffic, a point per second: rejected stacked on shadow on allowed, so that the top is all requests.
// Seconds in which we could not listen are hatched, never drawn as zero. Rejected traffic is hatched as well as
// coloured, and the legend says the latest figures. About 2 ms per update; the x axis is relative.
class RateChart : public QWidget
{
    Q_OBJECT

public:
    explicit RateChart(QWidget *parent = nullptr);
    ~RateChart() override;

    void setSeries(const std::vector<SecondCounts> &series, Instant now);
    void setSpan(int seconds); // 30, 60 or 120
    void setTitle(const QString &title, const QString &toolTip = {}); // plain text
    void setLimitLine(std::optional<double> perSecond);
    void setEmptyText(const QString &text); // shown instead of the curves when not empty

    QSize minimumSizeHint() const override;

protected:
    void changeEvent(QEvent *event) override;

private:
    struct Parts;
    void useColours();

    std::unique_ptr<Parts> m_parts;
};

} // namespace rateguard
