# SPDX-License-Identifier: MIT
# SPDX-FileCopyrightText: The RateGuard authors
"""The reports of the meter: at most once, in the background, with pauses."""

import asyncio

import pytest
import redis as redis_py
from asking import eventually
from rateguard import RateGuard
from rateguard.meter import Meter
from redis.exceptions import ConnectionError as RedisConnectionError
from redis.exceptions import ResponseError


async def ask(guard):
    return await guard.check("api", "anna", default="1000/min")


class Line:
    """A real client; what is done to reports is up to the test."""

    def __init__(self, redis, reporting):
        self.client = redis_py.asyncio.Redis(unix_socket_path=str(redis.socket))
        self.reporting = reporting

    async def execute_command(self, *arguments):
        answer = self.client.execute_command(*arguments)
        return await (self.reporting(answer) if "rateguard_unchecked" in arguments else answer)


def with_line(redis, reporting, use):
    async def go():
        line = Line(redis, reporting)
        guard = RateGuard(line, timeout=10, pause=0.001)
        await ask(guard)
        redis.client.hset("{rateguard:0}:limits", "api", "unreadable")
        for _ in range(3):
            assert (await ask(guard)).failed_open
        redis.client.hset("{rateguard:0}:limits", "api", "7 enforce log 1000/60000")
        await use(guard)
        await guard.close()
        await line.client.connection_pool.disconnect()

    asyncio.run(go())


def test_a_report_whose_answer_is_lost_is_not_repeated(redis):
    lost = []

    async def reporting(answer):
        lost.append(await answer)
        raise RedisConnectionError("the line broke")

    async def use(guard):
        for _ in range(5):
            assert not (await ask(guard)).unavailable, "no report makes a request fail"
            await asyncio.sleep(0.005)

    with_line(redis, reporting, use)
    assert lost == [1] and redis.unchecked("api") == 3


def test_no_request_waits_for_a_report(redis):
    async def use(guard):
        for _ in range(5):
            assert not (await asyncio.wait_for(ask(guard), 5)).unavailable
        assert started.is_set()
        may_go.set()
        await eventually(lambda: redis.unchecked("api") == 3, "the report")

    async def reporting(answer):
        started.set()
        await may_go.wait()
        return await answer

    started, may_go = asyncio.Event(), asyncio.Event()
    with_line(redis, reporting, use)


# The meter alone.


@pytest.fixture
def now():
    return [100.0]


@pytest.fixture
def meter(now):
    meter = Meter(pause=1.0, clock=lambda: now[0])
    for policy in ("api", "api", "search"):
        meter.count(policy)
    return meter


def report(meter, counts, answered, tell):
    asyncio.run(meter.report(counts, answered, tell))


def test_reports_keep_a_pause(meter, now):
    assert meter.take("api") == {"api": 2, "search": 1}
    meter.count("api")
    assert meter.take("api") == {}
    now[0] += 1.0
    assert meter.take("api") == {"api": 1}
    assert meter.totals == {"api": 3, "search": 1}


def test_what_was_not_sent_is_kept_and_what_may_have_arrived_is_not(meter, now):
    sent = []

    async def tell(policy, count):
        sent.append((policy, count))
        raise RedisConnectionError

    report(meter, meter.take("api"), "api", tell)
    now[0] += 1.0
    assert sent == [("search", 1)] and meter.take("api") == {"api": 2}


def test_a_refused_report_is_tried_once_more_when_its_own_policy_is_answered(meter, now):
    async def refuse(policy, count):
        raise ResponseError("NOLIMIT")

    report(meter, meter.take("other"), "other", refuse)
    now[0] += 1.0
    assert meter.take("other") == {}
    counts = meter.take("search")
    assert counts == {"search": 1}
    report(meter, counts, "search", refuse)
    now[0] += 1.0
    assert meter.take("search") == {} and meter.take("api") == {"api": 2}
