# SPDX-License-Identifier: MIT
# SPDX-FileCopyrightText: The RateGuard authors
"""The history adds up to what was decided, minute by minute."""

import contextlib
import threading

from calls import LIBRARY, Calls
from listener import Listener



def kind_of(decision):
    """The column in which a decision counts."""
    if not decision.allowed:
        return 1
    return 2 if decision.retry else 0


def test_the_sums_are_what_was_decided(calls, dice):
    policies = {"log": "20/60000", "bucket": "bucket 20/60000", "two": "5/300 20/60000"}
    policies |= {"shadow": "3/60000", "off": "1/1000"}
    for policy, limit in policies.items():
        calls.set(policy, limit, policy if policy in ("shadow", "off") else "")
    calls.override("log", "banned", "ban")
    calls.override("shadow", "banned", "ban")
    calls.override("log", "free", "exempt")
    expected = {policy: [0, 0, 0, 0] for policy in policies}
    start = calls.time_ms()
    turns = 0
    while calls.time_ms() < start + 1300:  # two ticks at least
        turns += 1
        policy, key = dice.choice(list(policies)), dice.choice(["a", "b", "banned", "free"])
        expected[policy][kind_of(calls.check(policy, key, dice.choice([1, 1, 2])))] += 1
        if dice.random() < 0.01:
            count = dice.randrange(1, 1000)
            calls.unchecked(policy, count)
            expected[policy][3] += count
        if turns % 100 == 0:
            assert {policy: calls.decided(policy) for policy in policies} == expected
    assert {policy: calls.decided(policy) for policy in policies} == expected
    assert sum(expected["off"][1:3]) == 0 and all(expected["log"][:2]) and expected["shadow"][2]
    minutes = {(hour * 60 + minute) for policy in policies for hour, minute in calls.history(policy)}
    assert minutes <= set(range(start // 60000, calls.time_ms() // 60000 + 1))


def test_at_most_half_a_second_is_missing(calls):
    calls.set("p", "100000/60000")
    start, asked = calls.time_ms(), []
    while calls.time_ms() < start + 700:
        before = calls.time_ms()
        calls.check("p", "k")
        asked.append((before, calls.time_ms()))
    written = sum(row[0] for row in calls.history("p").values())
    assert written >= sum(1 for _, after in asked if after < asked[-1][0] - 501)
    (line,) = calls.counts()
    policy, minute, *counts = line.split()
    assert policy == b"p" and [int(count) for count in counts] == [len(asked) - written, 0, 0, 0]
    assert start // 60000 <= int(minute) <= asked[-1][1] // 60000


def test_the_history_is_kept_for_49_hours(redis, calls):
    calls.set("p", "5/1000")
    calls.unchecked("p", 3)
    (name,) = [name for name in redis.client.keys() if b":history:" in name]
    assert 49 * 3600000 - 60000 < redis.client.pttl(name) <= 49 * 3600000
    assert name == f"{calls.tag}:history:p:{calls.time_ms() // 3600000}".encode()


def test_an_edit_takes_nothing_from_the_history(calls):
    calls.set("p", "5/1000")
    for _ in range(3):
        calls.check("p", "k")
    calls.set("p", "7/1000")
    calls.check("p", "k")
    assert calls.decided("p") == [4, 0, 0, 0]


def test_a_thousand_policies_more_than_are_remembered_lose_nothing(calls):
    names = [f"policy{number}" for number in range(1500)]
    for name in names:
        calls.check(name, "k", 1, "1/60000")
        calls.check(name, "k")
    sums = dict.fromkeys(names, (0, 0))
    for line in calls.counts():
        policy, _, allowed, rejected, *_ = line.decode().split()
        sums[policy] = int(allowed), int(rejected)
    for key in calls.client.scan_iter(match="*:history:*"):
        policy = key.decode().split(":")[3]
        for row in calls.client.hgetall(key).values():
            allowed, rejected, *_ = map(int, row.split())
            sums[policy] = sums[policy][0] + allowed, sums[policy][1] + rejected
    assert set(sums.values()) == {(1, 1)}


def test_history_and_events_agree_under_many_callers(redis, calls):
    calls.set("p", "500/60000")
    with contextlib.closing(Listener(calls)) as listener:

        def ask():
            client = Calls(redis.client)
            for number in range(400):
                client.check("p", f"{number % 3}")

        threads = [threading.Thread(target=ask) for _ in range(6)]
        for thread in threads:
            thread.start()
        while any(thread.is_alive() for thread in threads):
            listener.ask()
        listener.settle()
    heard = [0, 0, 0, 0]
    for event in listener.events:
        heard[kind_of(event.decision)] += event.cost
    assert heard == calls.decided("p") == [1500, 900, 0, 0]


def test_a_library_that_goes_takes_at_most_half_a_second_with_it(redis, calls):
    calls.set("p", "100000/60000")
    start = calls.time_ms()
    asked = 0
    while calls.time_ms() < start + 600:
        calls.check("p", "k")
        asked += 1
    written = sum(row[0] for row in calls.history("p").values())
    redis.client.execute_command("FUNCTION", "LOAD", "REPLACE", LIBRARY.read_bytes())
    assert calls.decided("p") == [written, 0, 0, 0] and written > 0
    assert calls.check("p", "k").remaining == 100000 - asked - 1
    assert calls.decided("p") == [written + 1, 0, 0, 0]
