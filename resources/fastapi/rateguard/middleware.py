# SPDX-License-Identifier: MIT
# SPDX-FileCopyrightText: The RateGuard authors
"""Limits every request of an application, with one line."""

from __future__ import annotations

from typing import Any, Iterable

from starlette.requests import Request
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from .fields import rate_limit_fields, refusal
from .guard import RateGuard
from .limits import Limit
from .rule import CostFunction, KeyFunction, Rule


class RateGuardMiddleware:
    """Plain ASGI: nothing is buffered, WebSockets and lifespan events pass through.

    policy   its name in Redis and on the dashboard
    limit    "100/min", "10/s 1000/h"; used, and registered, only when Redis holds none for the policy
    key      "ip", header("X-API-Key"), or a function of the request; None from it: not limited
    cost     a whole number, or a function of the request
    exempt   paths that are not limited; "/static/*" takes what is below
    guard    a RateGuard to share; else one is made of `url` and `options`, and closed at shutdown
    """

    def __init__(
        self,
        app: ASGIApp,
        *,
        policy: str = "default",
        limit: Limit | str = "100/min",
        key: KeyFunction | str = "ip",
        cost: int | CostFunction = 1,
        exempt: Iterable[str] = (),
        guard: RateGuard | None = None,
        url: str | None = None,
        **options: Any,
    ) -> None:
        if guard is not None and (url or options):
            raise ValueError("pass either a guard or the options to make one, not both")
        if isinstance(exempt, str):
            raise ValueError(f"exempt={exempt!r}: pass a list of paths, such as ['{exempt}']")
        exempt = tuple(exempt)
        self.app = app
        self.rule = Rule(policy, limit, key, cost)
        self.guard = guard or RateGuard(url, **options)
        self._owned = guard is None
        self._exempt = frozenset(path for path in exempt if not path.endswith("*"))
        self._exempt_below = tuple(path[:-1] for path in exempt if path.endswith("*"))

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "lifespan":
            await self.app(scope, receive, self._closing(send) if self._owned else send)
            return
        scope["rateguard"] = self.guard  # limits of single routes ask the same
        if scope["type"] != "http" or self._is_exempt(scope["path"]):
            await self.app(scope, receive, send)
            return
        decision = await self.rule.decide(self.guard, Request(scope))
        if decision is None:
            await self.app(scope, receive, send)
        elif not decision.allowed:
            await refusal(decision)(scope, receive, send)
        else:
            await self.app(scope, receive, _with_fields(send, rate_limit_fields(decision)))

    def _is_exempt(self, path: str) -> bool:
        return path in self._exempt or path.startswith(self._exempt_below)

    def _closing(self, send: Send) -> Send:
        async def closing(message: Message) -> None:
            if message["type"].startswith("lifespan.shutdown."):
                await self.guard.close()
            await send(message)

        return closing


def _with_fields(send: Send, fields: list[tuple[bytes, bytes]]) -> Send:
    async def with_fields(message: Message) -> None:
        if message["type"] == "http.response.start":
            message["headers"] = [*message.get("headers", ()), *fields]
        await send(message)

    return with_fields if fields else send
