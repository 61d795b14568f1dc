# SPDX-License-Identifier: MIT
# SPDX-FileCopyrightText: The RateGuard authors
"""8 processes with 50 connections each never get more, or less, than the limit."""

import pytest
from hammer import hammer, packed

HOUR = 3600000


def asking(calls, policy, key, *cost):
    return packed("FCALL", "rateguard_check", 2, calls.limits, calls.log(policy, key), policy, *cost)


@pytest.mark.parametrize("algorithm", ["log", "bucket"])
def test_one_key_is_admitted_exactly_its_limit(redis, calls, dice, algorithm):
    calls.set("one", f"{algorithm} 5000/{HOUR}")
    totals = hammer(redis, [("k", asking(calls, "one", "k"))] * 100000, 5, dice)
    assert totals == {"k": [5000, 95000]}
    assert calls.decided("one") == [5000, 95000, 0, 0]


@pytest.mark.parametrize("algorithm", ["log", "bucket"])
def test_ten_thousand_keys_are_admitted_exactly_theirs(redis, calls, dice, algorithm):
    calls.set("each", f"{algorithm} 3/{HOUR}")
    names = [f"client {number}" for number in range(10000)]
    totals = hammer(redis, [(name, asking(calls, "each", name)) for name in names for _ in range(10)], 5, dice)
    assert totals == {name: [3, 7] for name in names}
    assert calls.decided("each") == [30000, 70000, 0, 0]


@pytest.mark.parametrize("algorithm", ["log", "bucket"])
def test_costs_under_two_windows_never_exceed_either(redis, calls, dice, algorithm):
    calls.set("costs", f"{algorithm} 3000/{HOUR} 4000/{2 * HOUR}")
    commands = [(str(cost), asking(calls, "costs", "k", cost)) for cost in (1, 2, 7) for _ in range(2000)]
    totals = hammer(redis, commands, 5, dice)
    assert sum(int(cost) * admitted for cost, (admitted, _) in totals.items()) == 3000


def test_an_edit_in_the_midst_acts_at_once(redis, calls, dice):
    calls.set("edited", f"100/{HOUR}")
    keys = 2, calls.limits, calls.audit
    more = packed("FCALL", "rateguard_set", *keys, "edited", f"2500/{HOUR}", "", "1", "test", "more")
    totals = hammer(redis, [("k", asking(calls, "edited", "k"))] * 40000, 5, dice, [("edit", more)])
    assert totals == {"k": [2500, 37500], "edit": [0, 1]}
    assert calls.limit_text("edited") == f"2 enforce log 2500/{HOUR}"
