# SPDX-License-Identifier: MIT
# SPDX-FileCopyrightText: The RateGuard authors
"""More requests at once than calls may be under way, and a guard that is closed below them."""

import asyncio
import time

import pytest
from asking import with_guard
from rateguard.breaker import Breaker
from rateguard.link import Crowded, Link
from rateguard.patience import Patience


class SlowRedis:
    """A client whose every decision takes `seconds`; at most `most` were under way at once."""

    def __init__(self, seconds):
        self.seconds = seconds
        self.asked = self.now = self.most = 0

    async def execute_command(self, command, *_):
        if command != "FCALL":
            return [None, None] if command == "HMGET" else 10**6  # no config; a newer library than ours
        self.asked += 1
        self.now += 1
        self.most = max(self.most, self.now)
        try:
            await asyncio.sleep(self.seconds)
        finally:
            self.now -= 1
        return b"1 2 0 60000 3 60000 1 limit"


async def ask(guard):
    return await guard.check("api", "anna", default="3/min")


async def timed(guard):
    start = time.monotonic()
    decision = await ask(guard)
    return decision, time.monotonic() - start


def test_waiting_for_a_free_connection_is_under_the_timeout():
    slow = SlowRedis(0.1)

    async def use(guard):
        answers = await asyncio.gather(*(timed(guard) for _ in range(200)))
        assert max(seconds for _, seconds in answers) < 0.8, "the whole crowd would take 5 s"
        undecided = [decision for decision, _ in answers if decision.unavailable]
        assert 150 < len(undecided) < 200 and all(decision.failed_open for decision in undecided)
        assert slow.asked < 50, "who ran out of time must not ask after all"

    with_guard(slow, use, timeout=0.4, connections=4, pause=30)


def test_the_log_tells_a_crowd_from_a_silent_redis(caplog):
    async def use(guard):
        first = asyncio.ensure_future(ask(guard))
        await asyncio.sleep(0)
        guard.timeout = 0.1
        assert (await ask(guard)).failed_open
        assert not (await first).unavailable

    with_guard(SlowRedis(0.5), use, connections=1)
    assert "(Crowded: all connections of this process were busy for 0.1 s)" in caplog.text


@pytest.mark.parametrize("seconds", [0.1, 0.15])
def test_our_own_crowd_is_no_outage(seconds):
    async def use(guard):
        for _ in range(3):
            await asyncio.gather(*(ask(guard) for _ in range(100)))
            assert not (await ask(guard)).unavailable, "Redis answers as ever"

    # 0.15 s do not go evenly into 0.4 s: the last calls that find a connection have too little time left.
    with_guard(SlowRedis(seconds), use, timeout=0.4, connections=8, pause=30)


def test_a_frozen_redis_is_an_outage_in_a_crowd_too(own_redis):
    async def use(guard):
        await ask(guard)
        own_redis.freeze()
        # New ones come all the time, so that everybody has to wait for a connection.
        stream = []
        for _ in range(100):
            stream.append(asyncio.ensure_future(ask(guard)))
            await asyncio.sleep(0.01)
        start = time.monotonic()
        assert (await ask(guard)).failed_open
        assert time.monotonic() - start < 0.1, "nobody waits any more"
        await asyncio.gather(*stream)
        own_redis.thaw()

    with_guard(own_redis.url, use, timeout=0.2, connections=2, pause=30)


def test_who_gives_up_waiting_leaves_no_hole():
    slow = SlowRedis(0.05)

    async def use(guard):
        for pause in (0, 0.049, 0.05, 0.051):
            crowd = [asyncio.ensure_future(ask(guard)) for _ in range(6)]
            await asyncio.sleep(pause)
            for task in crowd[1::2]:
                task.cancel()
            answers = await asyncio.gather(*crowd, return_exceptions=True)
            assert all(isinstance(answer, asyncio.CancelledError) for answer in answers[3::2])
            assert not any(decision.unavailable for decision in answers[::2])
        assert slow.most <= 3, "two, and one whose request was cancelled while Redis thought"

    with_guard(slow, use, connections=2)


def test_a_connection_found_too_late_goes_to_the_next():
    class Spent(Patience):
        is_over = True

        async def lasts(self, task):
            return await task

    async def go():
        link = Link(None, SlowRedis(0), 1)
        async with link.slot(Patience(10)):
            late = asyncio.ensure_future(link.slot(Spent(10)).__aenter__())
            await asyncio.sleep(0)
        with pytest.raises(Crowded):
            await late
        async with link.slot(Patience(10)) as waited:
            assert not waited

    asyncio.run(go())


@pytest.mark.parametrize("connections", [1, 32])
def test_a_closed_guard_answers_as_without_redis(own_redis, connections):
    async def use(guard):
        await ask(guard)
        own_redis.freeze()
        asked = [asyncio.ensure_future(ask(guard)) for _ in range(5)]
        await asyncio.sleep(0.05)
        start = time.monotonic()
        await guard.close()
        answers = await asyncio.gather(*asked, return_exceptions=True)
        assert time.monotonic() - start < 2
        own_redis.thaw()
        assert [getattr(answer, "failed_open", answer) for answer in answers] == [True] * 5
        assert guard.admitted_without_redis == 5
        assert not (await ask(guard)).unavailable, "closing is no outage"

    with_guard(own_redis.url, use, connections=connections, pause=30)


def test_a_cancelled_request_stays_cancelled():
    async def use(guard):
        asked = asyncio.ensure_future(ask(guard))
        await asyncio.sleep(0.01)
        asked.cancel()
        await guard.close()
        with pytest.raises(asyncio.CancelledError):
            await asked
        assert guard.admitted_without_redis == 0

    with_guard(SlowRedis(5), use)


def test_the_breaker_forgives_when_others_were_answered_meanwhile():
    now = [100.0]
    breaker = Breaker(pause=1.0, threshold=1, clock=lambda: now[0])
    breaker.answered()
    breaker.failed(unless_answered_since=99.0)
    assert breaker.allows()
    breaker.failed(unless_answered_since=101.0)
    assert not breaker.allows()
