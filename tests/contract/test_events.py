# SPDX-License-Identifier: MIT
# SPDX-FileCopyrightText: The RateGuard authors
"""Whoever listens as the page says hears every decision once, as the caller was told it."""

import contextlib
import hashlib
import threading

import pytest
from calls import LIBRARY, README, Calls
from listener import Listener, parse
from processes import wait_for

KEYS = [
    b"plain", b"", b"two words", b"{braces}", b"}{", b"new\r\nlines\n", bytes(range(256)), b"user:1:2", b"+5 *3 ",
    b"1 0 0 0 3 60000 1 limit 4 ", b"x" * 255, b"x" * 256, b"\xff\x00" * 128,
]  # fmt: skip


@pytest.fixture
def listener(redis, calls):
    with contextlib.closing(Listener(calls)) as listener:
        yield listener


def published(client):
    row = client.info("commandstats").get("cmdstat_publish")
    return row["calls"] if row else 0


def test_the_message_on_the_page_is_what_it_says():
    text = next(line for line in README.read_text().splitlines() if line.startswith("RG 2 "))
    message = parse(text.encode())
    assert message[:2] == (3141592653, 17)
    first, second = message.events
    assert (first.at, first.cost, first.name) == (1764000000123, 1, b"{rateguard:0}:log:search:user:1")
    assert (second.at, second.cost, second.name) == (1764000000127, 5, b"{rateguard:0}:log:search:alice")
    assert second.decision == (0, 0, 2500, 2500, 100, 60000, 7, "limit")


def test_every_decision_is_heard_once_and_in_order(calls, listener, dice):
    policies = {"log": "20/60000", "bucket": "bucket 20/60000", "two": "5/1000 20/60000", "shadow": "3/60000"}
    for policy, limit in policies.items():
        calls.set(policy, limit, "shadow" if policy == "shadow" else "")
    calls.override("log", b"plain", "ban")
    calls.override("log", b"two words", "limit 2/60000")
    calls.override("two", b"{braces}", "exempt")
    expected = []
    for _ in range(3000):
        policy, key, cost = dice.choice(list(policies)), dice.choice(KEYS), dice.choice([1, 1, 1, 2, 30])
        timed = dice.random() < 0.1
        before = calls.time_ms() if timed else 0
        told = calls.check(policy, key, cost)
        expected.append((policy, key, cost, told, before, calls.time_ms() if timed else 0))
        if dice.random() < 0.02:
            listener.ask()
    listener.ask()
    assert listener.lost == 0
    heard = [(event.name, event.cost, event.decision) for event in listener.events]
    assert heard == [(calls.log(policy, key), cost, told) for policy, key, cost, told, *_ in expected]
    for event, (*_, before, after) in zip(listener.events, expected):
        assert not before or before - 1 <= event.at <= after + 1
    assert [m.sequence for m in listener.messages] == list(range(1, len(listener.messages) + 1))
    assert all(1 <= len(m.events) <= 64 for m in listener.messages)


def test_many_callers_are_heard_once_each(redis, calls, listener):
    calls.set("p", "100/60000")
    told = []

    def ask(number):
        told.extend(((calls.log("p", f"{number}"), calls.check("p", f"{number}")) for _ in range(300)))

    threads = [threading.Thread(target=ask, args=(number,)) for number in range(6)]
    for thread in threads:
        thread.start()
    while any(thread.is_alive() for thread in threads):
        listener.ask()
    listener.settle()
    assert sorted((e.name, e.decision) for e in listener.events) == sorted(told)


def test_two_listeners_hear_the_same(calls, listener):
    calls.set("p", "100/60000")
    with contextlib.closing(Listener(calls)) as second:
        for number in range(1000):
            calls.check("p", f"{number % 7}")
            if number % 90 == 0:
                (listener, second)[number % 2].ask()
        listener.ask()
        second.ask()
        assert listener.events == second.events and len(second.events) == 1000


def test_a_long_key_is_its_beginning_and_its_hash(calls, listener):
    calls.set("p", "100/60000")
    keys = [b"k" * 257, b"\x00" * 5000, "ü".encode() * 500000]
    for key in keys:
        calls.check("p", key)
    listener.ask()
    short = [key[:200] + b"~" + hashlib.sha1(key).hexdigest().encode() for key in keys]
    assert [event.name for event in listener.events] == [calls.log("p", key) for key in short]


def test_a_key_of_256_bytes_is_reported_whole(calls, listener):
    calls.set("a" * 64, "100/60000")
    calls.check("a" * 64, b"k" * 256)
    listener.ask()
    assert listener.events[0].name == calls.log("a" * 64, b"k" * 256)


def test_what_services_admitted_by_themselves_is_reported(calls, listener):
    calls.set("p", "7/60000")
    calls.unchecked("p", 123456)
    listener.ask()
    (event,) = listener.events
    assert (event.cost, event.name, event.decision.why) == (123456, calls.log("p", ""), "unchecked")
    assert event.decision[4:7] == (7, 60000, 1)


def test_a_subscriber_that_never_calls_is_noticed_within_half_a_second(redis, calls):
    calls.set("p", "100/60000")
    calls.check("p", "k")
    with contextlib.closing(Listener(calls, asks=False)) as listener:
        start = calls.time_ms()
        ended, spans = threading.Event(), []

        def ask():
            client = Calls(redis.client)
            while not ended.is_set():
                before = client.time_ms()
                client.check("p", "k")
                spans.append((before, client.time_ms()))

        asking = threading.Thread(target=ask)
        asking.start()
        try:
            first = listener.wait(5)
            while len(listener.messages) < 10:
                listener.wait(5)
        finally:
            ended.set()
            asking.join()
    assert first.events[0].at <= next(after for before, after in spans if before > start + 500)
    for message in listener.messages:
        times = [event.at for event in message.events]
        assert times == sorted(times)
        assert len(times) <= 64 and times[-2] - times[0] < 50
    assert listener.lost == 0


def test_with_nobody_listening_nothing_is_published(redis, calls):
    calls.set("p", "100/60000")
    announced = published(redis.client)
    start = calls.time_ms()
    while calls.time_ms() < start + 1200:
        for _ in range(100):
            calls.check("p", "k")
    assert published(redis.client) == announced
    assert calls.listen()[1] == b""


def test_two_seconds_after_the_last_listener_nothing_is_published(redis, calls):
    calls.set("p", "100/60000")
    calls.listen()
    end = calls.time_ms() + 2000
    calls.check("p", "k")
    wait_for(lambda: calls.check("p", "k") and calls.time_ms() > end + 550, "server time to pass")
    before = published(redis.client)
    for _ in range(1000):
        calls.check("p", "k")
    assert published(redis.client) == before > 1


def test_a_library_loaded_anew_starts_another_epoch(calls, listener):
    calls.set("p", "100/60000")
    for _ in range(300):
        calls.check("p", "k")
    listener.ask()
    calls.client.execute_command("FUNCTION", "LOAD", "REPLACE", LIBRARY.read_bytes())
    listener.ask()
    for _ in range(300):
        calls.check("p", "k")
    listener.ask()
    epochs = [message.epoch for message in listener.messages]
    assert len(set(epochs)) == 2
    assert [m.sequence for m in listener.messages if m.epoch == epochs[-1]][:2] == [1, 2]
    assert len(listener.events) == 600


def test_each_edit_is_announced(redis, calls):
    with contextlib.closing(redis.client.pubsub()) as changes:
        changes.subscribe(calls.changes)
        changes.get_message(timeout=10)
        calls.set("p", "5/1000")
        calls.override("p", b"a \xff:b", "ban")
        calls.copy("p", "4 off log 5/1000")
        calls.set("p", "unset")
        calls.check("q", "k", 1, "5/1000")
        heard = [changes.get_message(timeout=10)["data"] for _ in range(5)]
    assert heard == [b"p 1", b"p 1 a \xff:b", b"p 4", b"p 5", b"q 1"]
