# SPDX-License-Identifier: MIT
# SPDX-FileCopyrightText: The RateGuard authors
"""The middleware around plain ASGI applications, without a network."""

import asyncio

import pytest
from asking import with_app
from processes import wait_for
from rateguard import RateGuard, RateGuardMiddleware
from starlette.responses import PlainTextResponse


async def hello(scope, receive, send):
    await PlainTextResponse("hello")(scope, receive, send)


def limited(redis, **options):
    options.setdefault("limit", "2/min")
    return RateGuardMiddleware(hello, policy="api", url=redis.url, timeout=10, **options)


def test_every_response_carries_the_fields(redis):
    async def use(http):
        for left in (1, 0):
            answer = await http.get("/")
            assert answer.status_code == 200
            assert answer.headers["ratelimit-policy"] == '"api";q=2;w=60'
            assert answer.headers["ratelimit"] == f'"api";r={left};t=60'
            assert "retry-after" not in answer.headers

    with_app(limited(redis), use)


def test_a_refusal_is_a_problem_document(redis):
    async def use(http):
        await http.get("/")
        await http.get("/")
        answer = await http.get("/")
        assert answer.status_code == 429
        assert answer.headers["content-type"] == "application/problem+json"
        assert answer.headers["retry-after"] == "60"
        assert answer.headers["ratelimit"] == '"api";r=0;t=60'
        assert answer.headers["content-length"] == str(len(answer.content))
        problem = answer.json()
        assert problem["type"] == "https://iana.org/assignments/http-problem-types#quota-exceeded"
        assert (problem["status"], problem["violated-policies"]) == (429, ["api"])

    with_app(limited(redis), use)


@pytest.mark.parametrize(
    "limit, policy_field",
    [("5/250ms", '"api";q=5'), ("5/1500ms", '"api";q=5'), ("5/2s", '"api";q=5;w=2'), ("5/1d", '"api";q=5;w=86400')],
)
def test_a_window_is_only_named_in_whole_seconds(redis, limit, policy_field):
    async def use(http):
        assert (await http.get("/")).headers["ratelimit-policy"] == policy_field

    with_app(limited(redis, limit=limit), use)


def test_seconds_are_rounded_up(redis):
    async def use(http):
        await http.get("/")
        answer = await http.get("/")
        assert (answer.status_code, answer.headers["retry-after"]) == (429, "1")
        assert answer.headers["ratelimit"] == '"api";r=0;t=1'

    with_app(limited(redis, limit="1/400ms"), use)


def test_what_can_never_pass_names_no_time(redis):
    async def use(http):
        answer = await http.get("/")
        assert answer.status_code == 429 and "retry-after" not in answer.headers
        assert answer.headers["ratelimit"] == '"api";r=2'

    with_app(limited(redis, cost=3), use)


def test_several_windows_show_the_one_that_decided(redis):
    async def use(http):
        answer = await http.get("/")
        assert (answer.headers["ratelimit-policy"], answer.headers["ratelimit"]) == ('"api";q=2;w=60', '"api";r=1;t=60')
        redis.set_limit("api", "9/60000 1/3600000")
        answer = await http.get("/")
        assert (answer.status_code, answer.headers["retry-after"]) == (429, "3600")
        assert (answer.headers["ratelimit-policy"], answer.headers["ratelimit"]) == ('"api";q=1;w=3600', '"api";r=0;t=3600')
        assert "allows 1 per 3600 s; try again in 3" in answer.json()["detail"]

    with_app(limited(redis, limit="2/min 9/h"), use)


def test_long_waits_are_written_out(redis):
    async def use(http):
        await http.get("/")
        answer = await http.get("/")
        assert answer.headers["retry-after"] == "2073600"
        assert "allows 1 per 2073600 s; try again in 20" in answer.json()["detail"]

    with_app(limited(redis, limit="1/24d"), use)


def test_shadow_and_off_let_pass(redis):
    async def use(http):
        for _ in range(3):
            answer = await http.get("/")
        assert answer.status_code == 429
        redis.set_limit("api", "", "shadow")
        answer = await http.get("/")
        assert (answer.status_code, answer.headers["ratelimit"]) == (200, '"api";r=0;t=60')
        assert "retry-after" not in answer.headers
        redis.set_limit("api", "", "off")
        answer = await http.get("/")
        assert (answer.status_code, answer.headers["ratelimit"]) == (200, '"api";r=2')

    with_app(limited(redis), use)


def test_exempt_paths_are_not_counted(redis):
    async def use(http):
        for path in ("/health", "/static/", "/static/a/b") * 3:
            assert "ratelimit" not in (await http.get(path)).headers
        assert (await http.get("/healthy")).headers["ratelimit"].startswith('"api";r=1')
        assert (await http.get("/static")).headers["ratelimit"].startswith('"api";r=0')

    with_app(limited(redis, exempt=iter(["/health", "/static/*"])), use)


def test_key_and_cost_may_be_functions_async_too(redis):
    async def tenant(request):
        await asyncio.sleep(0)
        return request.query_params.get("tenant")

    async def use(http):
        assert (await http.get("/?tenant=a&n=2")).headers["ratelimit"].startswith('"api";r=0')
        assert (await http.get("/?tenant=a&n=1")).status_code == 429
        assert (await http.get("/?tenant=b&n=1")).status_code == 200
        answer = await http.get("/?n=2")  # no tenant: no limit
        assert answer.status_code == 200 and "ratelimit" not in answer.headers

    with_app(limited(redis, key=tenant, cost=lambda request: int(request.query_params["n"])), use)


def test_forged_addresses_do_not_help(redis):
    async def use(http):
        codes = [(await http.get("/", headers={"X-Forwarded-For": f"6.6.6.{n}"})).status_code for n in range(4)]
        assert codes == [200, 200, 429, 429]

    with_app(limited(redis), use)
    redis.client.flushall()

    async def behind_a_proxy(http):
        forged = [(await http.get("/", headers={"X-Forwarded-For": f"6.6.6.{n}, 7.7.7.7"})).status_code for n in range(3)]
        assert forged == [200, 200, 429]
        assert (await http.get("/", headers={"X-Forwarded-For": "7.7.7.7, 8.8.8.8"})).status_code == 200

    with_app(limited(redis, trusted_proxies=1), behind_a_proxy)


def test_two_limits_on_one_application_both_count(redis):
    inner = limited(redis, limit="1/min")
    outer = RateGuardMiddleware(inner, policy="burst", limit="5/s", guard=inner.guard)

    async def use(http):
        assert (await http.get("/")).headers["ratelimit-policy"] == '"api";q=1;w=60, "burst";q=5;w=1'
        answer = await http.get("/")
        assert answer.status_code == 429 and answer.json()["violated-policies"] == ["api"]
        assert answer.headers["ratelimit-policy"] == '"api";q=1;w=60, "burst";q=5;w=1'

    with_app(outer, use)


def test_websockets_pass_through_uncounted(redis):
    seen = []

    async def echo(scope, receive, send):
        seen.append(scope["type"])
        assert (await receive())["type"] == "websocket.connect"
        await send({"type": "websocket.accept"})

    async def go():
        app = RateGuardMiddleware(echo, policy="api", limit="1/min", url=redis.url)
        sent = []

        async def receive():
            return {"type": "websocket.connect"}

        async def send(message):
            sent.append(message)

        for _ in range(3):
            await app({"type": "websocket", "path": "/", "headers": [], "client": None}, receive, send)
        assert seen == ["websocket"] * 3 and sent == [{"type": "websocket.accept"}] * 3

    asyncio.run(go())
    assert redis.client.keys() == []


@pytest.mark.parametrize("shared", [False, True])
def test_shutdown_closes_the_guard_unless_it_is_shared(redis, shared):
    async def lifespan(scope, receive, send):
        while (message := await receive())["type"] != "lifespan.shutdown":
            await send({"type": message["type"] + ".complete"})
        await send({"type": "lifespan.shutdown.complete"})

    async def go():
        options = {"guard": RateGuard(redis.url)} if shared else {"url": redis.url}
        app = RateGuardMiddleware(lifespan, policy="api", limit="1/min", **options)
        before = connections()
        await app.guard.check("api", "anna", default="1/min")
        (ours,) = connections() - before
        messages = iter(["lifespan.startup", "lifespan.shutdown"])
        sent = []

        async def receive():
            return {"type": next(messages)}

        async def send(message):
            sent.append(message["type"])
            if message["type"] == "lifespan.shutdown.complete" and not shared:
                wait_for(lambda: ours not in connections(), "the connection to be closed", seconds=2)
            else:
                assert ours in connections()

        await app({"type": "lifespan"}, receive, send)
        assert sent == ["lifespan.startup.complete", "lifespan.shutdown.complete"]
        await app.guard.close()

    def connections():
        return {client["id"] for client in redis.client.client_list()}

    asyncio.run(go())
