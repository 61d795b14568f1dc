// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The RateGuard authors
#pragma once

#include "engine/Snapshot.h"
#include "widgets/Card.h"
#include "widgets/TextLabel.h"

#include <array>

class QGridLayout;
class QScrollArea;
class QVBoxLayout;

namespace rateguard {

// How Redis and the way to it are: figures with a sign each, and warnings as sentences with what to do.
class HealthCard : public Card
{
    Q_OBJECT

public:
    explicit HealthCard(QWidget *parent);

    void apply(const Snapshot &snapshot);
    void setBand(bool band); // as low as what it says allows, instead of as high as a list

protected:
    void resizeEvent(QResizeEvent *event) override;

private:
    enum class Line { RoundTrip, EventLag, Memory, Eviction, Lost, Malformed };
    static constexpr std::size_t lines = 6;

    struct Parts
    {
        TextLabel *sign = nullptr;
        TextLabel *name = nullptr;
        TextLabel *value = nullptr;
    };
    enum class Mood { Unknown, Ok, Warning };
    void add(Line line, const QString &name, const QString &toolTip, const char *objectName);
    void say(Line line, const QString &value, Mood mood);
    void arrange(); // the lines, in as many columns as there is room for
    void fit();
    void warn(const std::vector<std::string> &warnings);

    std::array<Parts, lines> m_lines;
    QWidget *m_inside;
    QGridLayout *m_grid;
    QVBoxLayout *m_column;
    QScrollArea *m_scroll;
    TextLabel *m_remark;
    TextLabel *m_warnings;
    int m_columns = 0;
    bool m_band = false;
};

} // namespace rateguard
