// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The RateGuard authors
#pragma once

#include "GoalTable.h"
#include "Peers.h"

namespace rateguard {

// How much of everything; --smoke makes it tiny.
struct Plan
{
    std::size_t rounds = 5;
    std::size_t keys = 10'000;
    std::size_t decisions = 102'400; // of each lane in each round
    std::size_t turn = 6'400;
    bool isSmoke = false;
    std::string library; // the text of rateguard.lua
    Peers *peers = nullptr; // null: only ours and the sorted set
};

// What a decision costs while most are admitted, while most are rejected, and while a dashboard listens.
// Each throws BenchError when something cannot be measured at all.
void measureAdmitting(const Plan &plan, GoalTable &table);
void measureRejecting(const Plan &plan, GoalTable &table);
void measureListening(const Plan &plan, GoalTable &table);

} // namespace rateguard
