// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The RateGuard authors
#pragma once

#include "engine/AlertRule.h"
#include "widgets/Card.h"

class QComboBox;
class QDoubleSpinBox;
class QFormLayout;
class QLineEdit;
class QPushButton;
class QSpinBox;

namespace rateguard {

class TextLabel;

// The form of one alert rule. It says at once what is wrong and lets only a rule that can be be saved.
class AlertEditor : public Card
{
    Q_OBJECT

public:
    explicit AlertEditor(QWidget *parent);

    void open(const AlertRule &rule); // id 0: a new one
    void close(); // without saving; hides it
    std::uint32_t editing() const { return m_rule.id; }

signals:
    void saved(const rateguard::AlertRule &rule);
    void closed();

protected:
    void keyPressEvent(QKeyEvent *event) override; // Enter saves, from any field

private:
    void build();
    void wire();
    AlertRule rule() const;
    void useKind(); // units, bounds, and what there is to fill in
    void check();
    void save();

    AlertRule m_rule; // as it was opened
    TextLabel *m_title;
    QComboBox *m_kind;
    QDoubleSpinBox *m_threshold;
    QDoubleSpinBox *m_clearAt;
    QSpinBox *m_hold;
    QComboBox *m_scope;
    QLineEdit *m_pattern;
    TextLabel *m_words;
    TextLabel *m_problem;
    QPushButton *m_save;
    QPushButton *m_cancel;
    QFormLayout *m_form = nullptr;
    bool m_ownEnd = false; // the operator chose where it ends
    bool m_filling = false;
};

} // namespace rateguard
