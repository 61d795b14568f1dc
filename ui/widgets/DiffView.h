// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The RateGuard authors
#pragma once

#include "models/LimitDraft.h"
#include "widgets/TextLabel.h"

namespace rateguard {

// What a draft would change, for eyes as two lines, old over new, each with its version; for screen readers as one sentence.
class DiffView : public TextLabel
{
    Q_OBJECT

public:
    explicit DiffView(QWidget *parent);

    void display(const LimitDraft &draft);

    QSize sizeHint() const override;
    QSize minimumSizeHint() const override;
    bool hasHeightForWidth() const override { return true; }
    int heightForWidth(int width) const override;

protected:
    void paintEvent(QPaintEvent *event) override;

private:
    struct Line
    {
        QString sign;
        QString text;
        QString version;
        friend bool operator==(const Line &, const Line &) = default;
    };
    QFont boldFont() const;
    int textHeight(const Line &line, int width) const;
    int versionWidth() const;

    std::vector<Line> m_lines;
};

} // namespace rateguard
