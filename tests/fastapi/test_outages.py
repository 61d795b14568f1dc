# SPDX-License-Identifier: MIT
# SPDX-FileCopyrightText: The RateGuard authors
"""Redis gone, frozen, back again, or full of nonsense."""

import asyncio
import logging
import time

import pytest
from asking import with_guard
from processes import RedisServer
from rateguard.breaker import Breaker


async def ask(guard):
    return await guard.check("api", "anna", default="3/min")


@pytest.mark.parametrize("fail, allowed", [("open", True), ("closed", False)])
def test_a_stopped_redis(own_redis, fail, allowed):
    own_redis.stop()

    async def use(guard):
        for _ in range(10):
            decision = await ask(guard)
            assert (decision.allowed, decision.unavailable, decision.failed_open) == (allowed, True, allowed)
        assert guard.admitted_without_redis == (10 if allowed else 0)
        assert guard.refused_without_redis == (0 if allowed else 10)

    with_guard(own_redis.url, use, fail=fail)


def test_a_frozen_redis_costs_few_requests_their_timeout(own_redis):
    async def use(guard):
        await ask(guard)
        own_redis.freeze()
        start = time.monotonic()
        decisions = [await ask(guard) for _ in range(100)]
        elapsed = time.monotonic() - start
        own_redis.thaw()
        assert all(decision.failed_open for decision in decisions)
        assert 0.3 <= elapsed < 1.5, "three of a hundred wait 0.1 s"

    with_guard(own_redis.url, use, timeout=0.1, pause=30)


def test_a_crowd_does_not_queue_for_a_frozen_redis(own_redis):
    async def use(guard):
        await ask(guard)
        own_redis.freeze()
        start = time.monotonic()
        decisions = await asyncio.gather(*(ask(guard) for _ in range(500)))
        elapsed = time.monotonic() - start
        own_redis.thaw()
        assert all(decision.failed_open for decision in decisions)
        assert elapsed < 1.5

    with_guard(own_redis.url, use, timeout=0.1, pause=30)


def test_decides_again_when_redis_is_back(own_redis, caplog):
    caplog.set_level(logging.INFO, "rateguard")

    async def use(guard):
        assert not (await ask(guard)).unavailable
        own_redis.stop()
        for _ in range(5):
            assert (await ask(guard)).failed_open
        own_redis.start()  # empty, and without the library
        await asyncio.sleep(0.2)
        decision = await ask(guard)
        assert not decision.unavailable and decision.remaining == 2

    with_guard(own_redis.url, use, pause=0.1)
    assert "Redis answers again; 5 requests" in caplog.text


def test_a_restart_between_two_requests_goes_unnoticed(own_redis):
    async def use(guard):
        await ask(guard)
        own_redis.stop()
        own_redis.start()
        assert not (await ask(guard)).unavailable

    with_guard(own_redis.url, use)


def test_a_busy_process_does_not_take_itself_for_an_outage(redis):
    async def use(guard):
        await ask(guard)
        asked = asyncio.ensure_future(ask(guard))
        await asyncio.sleep(0)
        time.sleep(0.3)  # three timeouts, all of them this process's own fault
        assert not (await asked).unavailable

    with_guard(redis.url, use, timeout=0.1)


def test_an_unreadable_limit_spoils_its_own_policy_only(redis, caplog):
    async def use(guard):
        await ask(guard)
        redis.client.hset("{rateguard:0}:limits", "broken", "7 enforce gcra 1/1")
        for _ in range(10):
            assert (await guard.check("broken", "anna", default="1/min")).failed_open
        assert not (await ask(guard)).unavailable

    with_guard(redis.url, use)
    assert "policy 'broken' holds '7 enforce gcra 1/1'" in caplog.text


def test_warns_once_in_a_while_and_never_with_the_password(tmp_path, caplog):
    caplog.set_level(logging.DEBUG)
    password = "s3cr3t-w0rd"

    async def use(guard):
        for _ in range(20):
            assert (await ask(guard)).unavailable
        assert password not in repr(guard)

    with RedisServer(tmp_path, "--requirepass", "another") as server:
        for url in (
            f"unix://:{password}@{server.socket}",
            f"unix://{server.socket}?password={password}",
            f"redis://anna:{password}@127.0.0.1:1/0",
        ):
            caplog.clear()
            with_guard(url, use)
            ours = [record for record in caplog.records if record.name == "rateguard"]
            assert len(ours) == 1 and "requests are admitted" in ours[0].getMessage()
            assert password not in caplog.text


@pytest.mark.parametrize("fail, status", [("open", 200), ("closed", 503)])
def test_a_service_lives_on_without_redis(own_redis, serve, fail, status):
    service = serve(RATEGUARD_URL=own_redis.url.replace("unix://", "unix://:pass-w0rd@"), FAIL=fail, TIMEOUT=0.2)
    own_redis.stop()
    answers = [service.get("/pid") for _ in range(5)]
    assert {answer.status_code for answer in answers} == {status}
    if fail == "closed":
        assert answers[0].headers["retry-after"] == "1"
        assert answers[0].headers["content-type"] == "application/problem+json"
        assert answers[0].json()["type"].endswith("#temporary-reduced-capacity")
        assert service.get("/health").json() == {"admitted": 0, "refused": 5}
    else:
        assert service.get("/health").json() == {"admitted": 5, "refused": 0}
    assert not any("ratelimit" in name for answer in answers for name in answer.headers)
    log = service.stop()
    assert "no decision from unix://" in log and "pass-w0rd" not in log


def test_the_breaker_tries_one_at_a_time():
    now = [100.0]
    breaker = Breaker(pause=1.0, threshold=2, clock=lambda: now[0])
    breaker.failed()
    assert breaker.allows()
    breaker.failed()
    assert not breaker.allows()
    now[0] += 1.0
    assert breaker.allows() and not breaker.allows()
    breaker.failed()
    now[0] += 0.5
    assert not breaker.allows()
    breaker.answered()
    assert breaker.allows() and breaker.allows()
