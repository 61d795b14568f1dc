// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The RateGuard authors
#pragma once

#include "models/EditHistoryModel.h"
#include "widgets/Card.h"

namespace rateguard {

class LiveTable;
class TextLabel;

// The edits that concern one key: its own, and those of its policy's limit.
class KeyEditList : public Card
{
    Q_OBJECT

public:
    explicit KeyEditList(QWidget *parent);

    void setKey(const std::string &policy, const std::string &key);
    void display(const Snapshot &snapshot);

private:
    EditHistoryModel m_model;
    LiveTable *m_table;
    TextLabel *m_empty;
};

} // namespace rateguard
