// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The RateGuard authors
#pragma once

#include "models/LimitDraft.h"

#include <QWidget>

class QComboBox;
class QLineEdit;
class QSpinBox;

namespace rateguard {

class TextLabel;
class WindowEdit;

// The fields that a draft is typed into. Says `edited` when the operator changed one, never when a draft was shown.
class LimitFields : public QWidget
{
    Q_OBJECT

public:
    explicit LimitFields(QWidget *parent);

    void display(const LimitDraft &draft);
    void readInto(LimitDraft &draft) const;
    void focusName();

signals:
    void edited();
    void submitted(); // Return in the last field

private:
    void setUp();
    void arrange();

    TextLabel *m_nameCaption;
    QLineEdit *m_name;
    QSpinBox *m_count;
    WindowEdit *m_window;
    QComboBox *m_mode;
    QLineEdit *m_reason;
};

} // namespace rateguard
