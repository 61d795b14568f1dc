// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The RateGuard authors
#pragma once

#include "engine/Snapshot.h"

#include <QWidget>

namespace rateguard {

// The rejections per minute before and after an edit, as two bars with their figures.
class EffectBars : public QWidget
{
    Q_OBJECT

public:
    explicit EffectBars(QWidget *parent);

    void display(const EditHistory::Effect &effect);

    QSize sizeHint() const override;
    QSize minimumSizeHint() const override { return sizeHint(); }

protected:
    void paintEvent(QPaintEvent *event) override;

private:
    void paintBar(QPainter &painter, int top, const QString &name, double rejected, double requests, std::chrono::seconds length, bool isOpen) const;

    EditHistory::Effect m_effect;
};

} // namespace rateguard
