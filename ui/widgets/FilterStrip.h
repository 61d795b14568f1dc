// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The RateGuard authors
#pragma once

#include "engine/Snapshot.h"

#include <QWidget>

class QLineEdit;

namespace rateguard {

class TextLabel;

// Where the filter of the keys is typed, with how many fit it and why it is none. Escape empties it.
class FilterStrip : public QWidget
{
    Q_OBJECT

public:
    explicit FilterStrip(QWidget *parent);

    QString text() const;
    void setText(const QString &text);
    void clear() { setText({}); }
    void focus();
    void setCount(const QString &text);
    // `inForce`: the filter that holds meanwhile. Of what was typed before, a problem is not shown.
    void showProblem(const std::optional<FilterProblem> &problem, const std::string &inForce);

signals:
    void typed(const QString &text);
    void entered();
    void left(); // downwards, into the table

protected:
    bool eventFilter(QObject *watched, QEvent *event) override;

private:
    QLineEdit *m_field;
    TextLabel *m_count;
    TextLabel *m_problem;
};

} // namespace rateguard
