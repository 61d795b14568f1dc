# SPDX-License-Identifier: MIT
# SPDX-FileCopyrightText: The RateGuard authors
import asyncio

import pytest
import redis as redis_py
from asking import with_guard
from rateguard import RateGuard


def test_a_decision_tells_everything(redis):
    async def use(guard):
        first = await guard.check("api", "anna", default="2/min")
        assert (first.policy, first.allowed, first.limit, first.remaining, first.version) == ("api", True, 2, 1, 1)
        assert (first.window, first.retry_after, first.shadow, first.unavailable) == (60.0, 0.0, False, False)
        assert first.reset_after == 60.0
        await guard.check("api", "anna", default="2/min")
        third = await guard.check("api", "anna", default="2/min")
        assert not third.allowed and third.remaining == 0
        assert 59 < third.retry_after <= 60

    with_guard(redis.url, use)


def test_the_limit_in_redis_wins_over_the_default(redis):
    async def use(guard):
        assert (await guard.check("api", "anna", default="2/min")).limit == 2
        redis.set_limit("api", "7/1000")
        decision = await guard.check("api", "anna", default="2/min")
        assert (decision.limit, decision.window, decision.version) == (7, 1.0, 2)

    with_guard(redis.url, use)


def test_admits_again_exactly_when_it_said(redis):
    async def use(guard):
        for _ in range(5):
            assert (await guard.check("api", "anna", default="5/500ms")).allowed
        refused = await guard.check("api", "anna", default="5/500ms")
        await asyncio.sleep(refused.retry_after + 0.002)
        assert (await guard.check("api", "anna", default="5/500ms")).allowed

    with_guard(redis.url, use)


def test_cost_is_counted(redis):
    async def use(guard):
        assert (await guard.check("api", "anna", 7, "10/min")).remaining == 3
        refused = await guard.check("api", "anna", 4, "10/min")
        assert (refused.allowed, refused.remaining) == (False, 3)
        assert (await guard.check("api", "anna", 3, "10/min")).remaining == 0
        never = await guard.check("api", "anna", 11, "10/min")
        assert (never.allowed, never.retry_after) == (False, None)
        for cost in (0, -1, 1.5, 100_001, "2", True):
            with pytest.raises(ValueError, match="whole number from 1 to 100000"):
                await guard.check("api", "anna", cost, "10/min")

    with_guard(redis.url, use)


def test_a_request_must_fit_into_all_windows(redis):
    async def use(guard):
        decisions = [await guard.check("api", "anna", default="3/min, 3/h 9/d") for _ in range(4)]
        assert [decision.allowed for decision in decisions] == [True] * 3 + [False]
        assert decisions[0].limit == 3 and decisions[0].remaining == 2
        assert decisions[3].window == 3600.0 and 3000 < decisions[3].retry_after <= 3600, "the longest wait decides"
        never = await guard.check("api", "bob", 4, "3/min, 3/h 9/d")
        assert (never.allowed, never.retry_after) == (False, None)

    with_guard(redis.url, use)
    assert redis.client.hget("{rateguard:0}:limits", "api") == b"1 enforce log 3/60000 3/3600000 9/86400000"


def test_a_large_default_lives_in_a_bucket(redis):
    async def use(guard):
        decision = await guard.check("bulk", "importer", 500, "bucket 5000000/h")
        assert (decision.allowed, decision.limit, decision.remaining) == (True, 5_000_000, 4_999_500)
        assert (await guard.check("bulk", "importer")).remaining == 4_999_499

    with_guard(redis.url, use)
    assert redis.client.hget("{rateguard:0}:limits", "bulk") == b"1 enforce bucket 5000000/3600000"
    assert redis.client.strlen("{rateguard:0}:log:bulk:importer") == 264


def test_shadow_admits_and_says_so(redis):
    async def use(guard):
        await guard.check("api", "anna", default="1/min")
        redis.set_limit("api", "", "shadow")
        decision = await guard.check("api", "anna", default="1/min")
        assert decision.allowed and decision.shadow and decision.retry_after > 59
        too_big = await guard.check("api", "anna", 2, default="1/min")
        assert too_big.allowed and too_big.shadow and too_big.retry_after is None

    with_guard(redis.url, use)


def test_off_counts_nothing(redis):
    async def use(guard):
        await guard.check("api", "anna", default="1/min")
        redis.set_limit("api", "", "off")
        for _ in range(3):
            decision = await guard.check("api", "anna", default="1/min")
            assert decision.allowed and not decision.shadow and decision.remaining == 1

    with_guard(redis.url, use)


def test_no_limit_anywhere_is_the_programmers_error(redis):
    async def use(guard):
        with pytest.raises(LookupError, match="rateguardctl limits set nowhere 100/min"):
            await guard.check("nowhere", "anna")

    with_guard(redis.url, use)


def test_a_prefix_is_a_world_of_its_own(redis):
    async def use(guard):
        return (await guard.check("api", "anna", default="1/min")).allowed

    assert with_guard(redis.url, use)
    assert with_guard(redis.url, use, prefix="staging")
    assert not with_guard(redis.url, use, prefix="staging")
    assert redis.client.hget("{staging:0}:limits", "api") == b"1 enforce log 1/60000"


def test_a_lent_client_is_used_and_left_open(redis):
    async def go():
        for decode in (False, True):
            client = redis_py.asyncio.Redis(unix_socket_path=str(redis.socket), decode_responses=decode)
            guard = RateGuard(client, timeout=10)
            assert (await guard.check("api", f"anna{decode}", default="1/min")).allowed
            await guard.close()
            assert await client.ping()
            await client.connection_pool.disconnect()

    asyncio.run(go())


def test_a_blocking_client_is_refused(redis):
    with pytest.raises(TypeError, match="redis.asyncio"):
        RateGuard(redis.client)


def test_a_guard_moves_with_the_event_loop(redis):
    guard = RateGuard(redis.url, timeout=10)
    for left in (2, 1, 0):
        assert asyncio.run(guard.check("api", "anna", default="3/min")).remaining == left
    assert guard.admitted_without_redis == 0


def test_cancelled_requests_leave_no_answers_behind(redis):
    async def use(guard):
        await guard.check("api", "anna", default="100000/min")
        for turn in range(200):
            task = asyncio.ensure_future(guard.check("other", "bob", default="9/min"))
            for _ in range(turn % 12):
                await asyncio.sleep(0)
            task.cancel()
            assert (await guard.check("api", "anna", default="100000/min")).limit == 100000

    with_guard(redis.url, use)
