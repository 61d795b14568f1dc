# SPDX-License-Identifier: MIT
# SPDX-FileCopyrightText: The RateGuard authors
"""A policy together with the question of who is counted and what a request costs."""

from __future__ import annotations

import inspect
from typing import Any, Awaitable, Callable, Union

from starlette.requests import Request

from .decision import Decision
from .guard import RateGuard
from .keys import ip
from .limits import Limit, checked_policy

Key = Union[str, bytes, None]
KeyFunction = Callable[[Request], Union[Key, Awaitable[Key]]]
CostFunction = Callable[[Request], Union[int, Awaitable[int]]]


class Rule:
    """What the middleware, the decorator and the dependency have in common. ValueError when it cannot work."""

    def __init__(
        self, policy: str, limit: Limit | str, key: KeyFunction | str = "ip", cost: int | CostFunction = 1
    ) -> None:
        self.policy = checked_policy(policy)
        self.limit = Limit.of(limit)
        if isinstance(key, str) and key != "ip":
            raise ValueError(f"key={key!r}: use 'ip', header('{key}') or a function of the request")
        self._key: KeyFunction = ip if isinstance(key, str) else key
        self._cost = cost

    async def decide(self, guard: RateGuard, request: Request) -> Decision | None:
        """None when the key function says None: such a request is not limited."""
        if request.scope.get("rateguard") is not guard:
            request = Request({**request.scope, "rateguard": guard}, request.receive)
        key = await _value(self._key(request))
        if key is None:
            return None
        cost = await _value(self._cost(request)) if callable(self._cost) else self._cost
        return await guard.check(self.policy, key, cost, self.limit)


async def _value(value: Any) -> Any:
    return await value if inspect.isawaitable(value) else value
