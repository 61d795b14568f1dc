# SPDX-License-Identifier: MIT
# SPDX-FileCopyrightText: The RateGuard authors
"""Requests that were admitted without Redis are counted, and Redis is told of them once, when it is back."""

import asyncio

from asking import answered, eventually, with_guard
from processes import wait_for


async def ask(guard, policy="api", key="anna"):
    return await guard.check(policy, key, default="1000/min")


def test_a_frozen_redis_is_told_when_it_thaws(own_redis):
    async def use(guard):
        await ask(guard)
        own_redis.freeze()
        for _ in range(20):
            assert (await ask(guard)).failed_open
        own_redis.thaw()
        await answered(lambda: ask(guard))
        count = guard.unchecked["api"]
        assert count >= 20 and guard.unchecked == {"api": guard.admitted_without_redis}
        await eventually(lambda: own_redis.unchecked("api") == count, "the report")
        for _ in range(50):
            await ask(guard)
            await asyncio.sleep(0.005)  # several pauses in all
        return count

    count = with_guard(own_redis.url, use, timeout=0.05, pause=0.05)
    assert own_redis.unchecked("api") == count, "told once"


def test_a_service_tells_an_empty_redis_as_soon_as_that_knows_the_policy(own_redis, serve):
    service = serve(RATEGUARD_URL=own_redis.url, TIMEOUT=2, PAUSE=0.05)
    own_redis.stop()
    for _ in range(3):
        assert service.get("/pid").status_code == service.get("/short").status_code == 200
    expected = service.get("/unchecked").json()
    assert expected == {"api": 6, "short": 3}, "/short is limited twice"
    own_redis.start()

    def told(path, policy):
        service.get(path)
        return own_redis.unchecked(policy) == service.get("/unchecked").json()[policy]

    wait_for(lambda: "ratelimit" in service.get("/pid").headers, "a decision of Redis")
    wait_for(lambda: told("/pid", "api"), "the report of api")
    assert own_redis.unchecked("short") == 0, "a Redis that lost everything does not know this policy yet"
    wait_for(lambda: told("/short", "short"), "the report of short")


def test_the_partition_that_answers_is_told(own_redis):
    own_redis.client.hset("rateguard:config", "partitions", 4)

    async def use(guard):
        await ask(guard, key="123456789")
        own_redis.freeze()
        await ask(guard, key="123456789")
        own_redis.thaw()
        await answered(lambda: ask(guard, key="123456789"))
        await eventually(
            lambda: own_redis.unchecked("api", "{rateguard:2}") == guard.unchecked["api"], "the report in partition 2"
        )

    with_guard(own_redis.url, use, timeout=0.05, pause=0.05)


def test_who_fails_closed_has_nothing_to_tell(own_redis):
    async def use(guard):
        await ask(guard)
        own_redis.freeze()
        await ask(guard)
        own_redis.thaw()
        await answered(lambda: ask(guard))
        assert guard.unchecked == {} and guard.refused_without_redis > 0

    with_guard(own_redis.url, use, fail="closed", timeout=0.05, pause=0.05)
    assert own_redis.unchecked("api") == 0


def test_what_redis_refuses_waits_for_an_answer_to_that_policy(redis):
    async def use(guard):
        await ask(guard)
        redis.client.hset("{rateguard:0}:limits", "broken", "7 enforce gcra 1/1")
        for _ in range(4):
            assert (await ask(guard, "broken")).failed_open
        await ask(guard)
        redis.client.hset("{rateguard:0}:limits", "broken", "7 enforce log 9/60000")
        await asyncio.sleep(0.01)
        assert (await ask(guard, "broken")).version == 7
        await eventually(lambda: redis.unchecked("broken") == 4, "the report")

    with_guard(redis.url, use, pause=0.001)


def test_closing_lets_a_report_out(redis):
    async def use(guard):
        await ask(guard)
        redis.client.hset("{rateguard:0}:limits", "broken", "7 enforce gcra 1/1")
        await ask(guard, "broken")
        redis.client.hset("{rateguard:0}:limits", "broken", "7 enforce log 9/60000")
        await ask(guard)

    with_guard(redis.url, use)
    assert redis.unchecked("broken") == 1
