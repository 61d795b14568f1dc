// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The RateGuard authors
#pragma once

#include "engine/Snapshot.h"
#include "models/LimitDraft.h"
#include "widgets/Card.h"

#include <array>

namespace rateguard {

class TextLabel;

// Says that somebody else changed the policy under a draft, shows what it was, what they made of it and what is wished for side
// by side, and asks which one to keep.
class OvertakenNotice : public Card
{
    Q_OBJECT

public:
    explicit OvertakenNotice(QWidget *parent);

    void display(const LimitDraft &draft, const EditHistory *history); // null: who it was is not known

signals:
    void takeTheirs();
    void keepMine();

protected:
    void changeEvent(QEvent *event) override;

private:
    enum Line { LimitLine, ModeLine, EndLine, VersionLine, AuthorLine, ReasonLine, Lines };
    static constexpr int columns = 3; // before, theirs, mine
    using Column = std::array<QString, Lines>;

    QWidget *makeTable();
    void fill(int column, const Column &texts);
    void colour();

    TextLabel *m_text;
    std::array<std::array<TextLabel *, columns>, Lines> m_cells {};
    std::array<TextLabel *, Lines> m_captions {};
};

} // namespace rateguard
