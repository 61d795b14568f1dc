# SPDX-License-Identifier: MIT
# SPDX-FileCopyrightText: The RateGuard authors
"""The decorator and the dependency, in every way that FastAPI lets an endpoint look."""

import asyncio
import threading

import pytest
from asking import with_app
from fastapi import APIRouter, Depends, FastAPI, HTTPException, Request, Response
from pydantic import BaseModel
from rateguard import Limited, RateGuard, RateGuardMiddleware, Refused, limit
from starlette.applications import Starlette
from starlette.responses import PlainTextResponse
from starlette.routing import Route


class Order(BaseModel):
    product: str


@pytest.fixture
def guard(redis):
    return RateGuard(redis.url, timeout=10)


def fields(answer):
    return answer.headers.get("ratelimit-policy"), answer.headers.get("ratelimit")


def test_works_without_a_request_parameter(guard):
    app = FastAPI()

    @app.get("/items/{item}")
    @limit("2/min", policy="items", guard=guard)
    async def items(item: int, q: str = "none") -> dict:
        return {"item": item, "q": q}

    async def use(http):
        answer = await http.get("/items/7?q=x")
        assert answer.json() == {"item": 7, "q": "x"}
        assert fields(answer) == ('"items";q=2;w=60', '"items";r=1;t=60')
        assert (await http.get("/items/seven")).status_code == 422  # not counted: the endpoint was not called
        assert (await http.get("/items/8")).json() == {"item": 8, "q": "none"}
        refused = await http.get("/items/9")
        assert refused.status_code == 429 and fields(refused) == ('"items";q=2;w=60', '"items";r=0;t=60')

    with_app(app, use)
    assert items.__name__ == "items"
    parameters = app.openapi()["paths"]["/items/{item}"]["get"]["parameters"]
    assert [parameter["name"] for parameter in parameters] == ["item", "q"]


def test_leaves_request_response_and_body_to_the_endpoint(guard):
    app = FastAPI()

    @app.post("/order")
    @limit("2/min", policy="order", guard=guard)
    async def order(order: Order, request: Request, response: Response):
        response.headers["X-Mine"] = "yes"
        return [order.product, request.url.path]

    async def use(http):
        answer = await http.post("/order", json={"product": "anvil"})
        assert answer.json() == ["anvil", "/order"]
        assert answer.headers["x-mine"] == "yes" and fields(answer)[1] == '"order";r=1;t=60'

    with_app(app, use)


def test_a_sync_endpoint_runs_in_a_thread(guard):
    app = FastAPI()
    both = threading.Barrier(2, timeout=10)  # passes only when two of them run at the same time

    @app.get("/sync")
    @limit("9/min", policy="sync", guard=guard)
    def sync() -> bool:
        both.wait()
        return threading.current_thread() is threading.main_thread()

    async def use(http):
        answers = await asyncio.gather(http.get("/sync"), http.get("/sync"))
        assert [answer.json() for answer in answers] == [False, False]
        assert sorted(fields(answer)[1] for answer in answers) == ['"sync";r=7;t=60', '"sync";r=8;t=60']

    with_app(app, use)


def test_refuses_as_the_middleware_does(guard):
    app, plain = FastAPI(), FastAPI()

    @app.get("/")
    @limit("1/min", policy="same", key=lambda request: "one", guard=guard)
    async def endpoint():
        return 1

    @plain.get("/")
    async def nothing():
        return 1

    limited = RateGuardMiddleware(plain, policy="same", limit="1/min", key=lambda request: "two", guard=guard)

    async def second(http):
        await http.get("/")
        return await http.get("/")

    one, two = with_app(app, second), with_app(limited, second)
    assert one.status_code == two.status_code == 429
    assert list(one.headers) == list(two.headers)
    assert fields(one) == fields(two) and one.headers["content-type"] == two.headers["content-type"]
    assert {**one.json(), "detail": ""} == {**two.json(), "detail": ""}


def test_responses_and_errors_of_the_endpoint_carry_the_fields(guard):
    app = FastAPI()
    always_the_same = PlainTextResponse("same")

    @app.get("/same")
    @limit("9/min", policy="same", guard=guard)
    def same():
        return always_the_same

    @app.get("/missing")
    @limit("9/min", policy="missing", guard=guard)
    async def missing():
        raise HTTPException(404, headers={"X-Mine": "yes"})

    async def use(http):
        for left in (8, 7, 6):
            assert fields(await http.get("/same")) == ('"same";q=9;w=60', f'"same";r={left};t=60')
        answer = await http.get("/missing")
        assert answer.status_code == 404 and answer.headers["x-mine"] == "yes"
        assert fields(answer) == ('"missing";q=9;w=60', '"missing";r=8;t=60')

    with_app(app, use)


def test_two_limits_on_one_endpoint(guard):
    app = FastAPI()

    @app.get("/")
    @limit("5/s", policy="burst", guard=guard)
    @limit("1/min", policy="steady", guard=guard)
    def endpoint(q: str = ""):
        return q

    async def use(http):
        answer = await http.get("/?q=x")
        assert answer.json() == "x"
        assert answer.headers["ratelimit-policy"] == '"steady";q=1;w=60, "burst";q=5;w=1'
        assert (await http.get("/")).json()["violated-policies"] == ["steady"]

    with_app(app, use)


def test_annotations_that_are_text_are_resolved(guard):
    source = (
        "from __future__ import annotations\n"
        "from rateguard import limit\n"
        "from pydantic import BaseModel\n"
        "class Thing(BaseModel):\n    name: str\n"
        "@limit('9/min', guard=guard)\n"
        "async def create(thing: Thing, count: int = 1) -> Thing:\n    return thing\n"
    )
    module = {"__name__": "elsewhere", "guard": guard}
    exec(source, module)
    app = FastAPI()
    app.post("/")(module["create"])

    async def use(http):
        answer = await http.post("/", json={"name": "x"})
        assert answer.json() == {"name": "x"}
        assert fields(answer)[0] == '"elsewhere.create";q=9;w=60'

    with_app(app, use)


def test_works_in_plain_starlette(guard):
    @limit("1/min", policy="plain", guard=guard)
    async def plain(request):
        return PlainTextResponse(request.url.path)

    async def use(http):
        answer = await http.get("/plain")
        assert answer.text == "/plain" and fields(answer)[1] == '"plain";r=0;t=60'
        assert (await http.get("/plain")).status_code == 429

    with_app(Starlette(routes=[Route("/plain", plain)]), use)


def test_uses_the_guard_of_the_middleware(guard):
    app = FastAPI()
    app.add_middleware(RateGuardMiddleware, policy="api", limit="9/min", guard=guard)

    @app.get("/")
    @limit("1/min", policy="route")
    async def endpoint():
        return 1

    async def use(http):
        answer = await http.get("/")
        assert answer.headers["ratelimit"] == '"route";r=0;t=60, "api";r=8;t=60'
        assert (await http.get("/")).headers["ratelimit"] == '"route";r=0;t=60, "api";r=7;t=60'

    with_app(app, use)


def test_a_dependency_limits_a_whole_router(guard):
    router = APIRouter(dependencies=[Depends(Limited("2/min", policy="router", guard=guard))])

    @router.get("/a")
    async def a():
        return "a"

    @router.get("/b")
    def b():
        return "b"

    app = FastAPI()
    app.include_router(router)

    async def use(http):
        assert fields(await http.get("/a")) == ('"router";q=2;w=60', '"router";r=1;t=60')
        assert fields(await http.get("/b")) == ('"router";q=2;w=60', '"router";r=0;t=60')
        return await http.get("/a")

    bare = with_app(app, use)
    assert bare.status_code == 429 and bare.headers["retry-after"] == "60"
    assert "Policy router allows 2 per 60 s" in bare.json()["detail"]
    app.add_exception_handler(Refused, Refused.answer)
    app.middleware_stack = None  # built anew, with the handler

    async def again(http):
        answer = await http.get("/a")
        assert answer.headers["content-type"] == "application/problem+json"
        assert answer.json()["violated-policies"] == ["router"]

    with_app(app, again)


def test_a_call_without_a_request_says_what_to_do(guard):
    @limit("1/min", policy="direct", guard=guard)
    async def endpoint():
        return 1

    with pytest.raises(TypeError, match="unlimited"):
        asyncio.run(endpoint())
    assert asyncio.run(endpoint.unlimited()) == 1
