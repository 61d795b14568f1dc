# SPDX-License-Identifier: MIT
# SPDX-FileCopyrightText: The RateGuard authors
"""Why a request was decided as it was: bans, exemptions, limits of single keys, and modes."""

import time

import pytest
from asking import with_app, with_guard
from rateguard import RateGuardMiddleware
from starlette.responses import PlainTextResponse

ANNA = "192.0.2.1"  # the address that with_app asks from


async def hello(scope, receive, send):
    await PlainTextResponse("hello")(scope, receive, send)


@pytest.fixture
def app(redis):
    return RateGuardMiddleware(hello, policy="api", limit="2/min", url=redis.url, timeout=10)


def asked_by_anna(guard, cost=1):
    return guard.check("api", "anna", cost, default="2/min")


def test_a_decision_says_why(redis):
    async def use(guard):
        assert (await asked_by_anna(guard)).why == "limit"
        redis.override("api", "anna", "limit 5/60000")
        own = await asked_by_anna(guard)
        assert (own.why, own.limit, own.remaining) == ("override", 5, 3)
        redis.override("api", "anna", "exempt")
        for _ in range(9):
            exempt = await asked_by_anna(guard)
            assert (exempt.why, exempt.allowed, exempt.retry_after, exempt.shadow) == ("exempt", True, 0.0, False)
        redis.override("api", "anna", "ban", 60_000)
        banned = await asked_by_anna(guard)
        assert (banned.why, banned.allowed, banned.remaining) == ("ban", False, 0)
        assert 59 < banned.retry_after == banned.reset_after <= 60
        redis.set_limit("api", "", "off")
        assert (await asked_by_anna(guard)).why == "off"

    with_guard(redis.url, use)


def test_others_keep_the_limit_of_the_policy(redis):
    async def use(guard):
        await asked_by_anna(guard)
        redis.override("api", "anna", "ban")
        for allowed in (True, True, False):
            decision = await guard.check("api", "bob", default="2/min")
            assert (decision.why, decision.allowed) == ("limit", allowed)

    with_guard(redis.url, use)


def test_in_shadow_mode_a_ban_admits_and_says_so(redis):
    async def use(guard):
        await asked_by_anna(guard)
        redis.set_limit("api", "", "shadow")
        redis.override("api", "anna", "ban")
        decision = await asked_by_anna(guard)
        assert (decision.why, decision.allowed, decision.shadow, decision.retry_after) == ("ban", True, True, None)
        redis.override("api", "anna", "ban", 60_000)
        decision = await asked_by_anna(guard)
        assert decision.allowed and decision.shadow and 59 < decision.retry_after <= 60

    with_guard(redis.url, use)


def test_a_ban_with_an_end_tells_when(redis, app):
    async def use(http):
        assert (await http.get("/")).status_code == 200
        redis.override("api", ANNA, "ban", 60_000)
        answer = await http.get("/")
        assert (answer.status_code, answer.headers["retry-after"]) == (429, "60")
        assert answer.headers["ratelimit"] == '"api";r=0;t=60'
        problem = answer.json()
        assert problem["type"] == "https://iana.org/assignments/http-problem-types#abnormal-usage-detected"
        assert problem["violated-policies"] == ["api"]
        assert problem["detail"].startswith("Policy api does not admit this client; try again in ")
        redis.override("api", ANNA, "none")
        assert (await http.get("/")).status_code == 200

    with_app(app, use)


def test_a_ban_without_an_end_asks_nobody_to_wait(redis, app):
    async def use(http):
        await http.get("/")
        redis.override("api", ANNA, "ban")
        answer = await http.get("/")
        assert answer.status_code == 429 and "retry-after" not in answer.headers
        assert answer.headers["ratelimit"] == '"api";r=0'
        assert answer.json()["detail"] == "Policy api does not admit this client."

    with_app(app, use)


def test_an_exempt_client_passes_uncounted(redis, app):
    async def use(http):
        await http.get("/")
        redis.override("api", ANNA, "exempt")
        for _ in range(5):
            answer = await http.get("/")
            assert (answer.status_code, answer.headers["ratelimit"]) == (200, '"api";r=2')
        redis.override("api", ANNA, "none")
        assert (await http.get("/")).headers["ratelimit"].startswith('"api";r=0;t=')

    with_app(app, use)


def test_a_ban_acts_on_the_next_request_to_either_worker(two_workers, redis):
    client = {"X-Client": "scraper"}
    assert two_workers.get("/short", headers=client).status_code == 200
    began = time.monotonic()
    redis.override("short", "x-client:scraper", "ban", 3_600_000)
    for _ in range(6):
        answer = two_workers.get("/short", headers=client)
        assert answer.status_code == 429
        gone = 3600 - int(answer.headers["retry-after"])  # whole seconds, rounded up
        assert 0 <= gone <= time.monotonic() - began
    assert two_workers.get("/short", headers={"X-Client": "reader"}).status_code == 200
