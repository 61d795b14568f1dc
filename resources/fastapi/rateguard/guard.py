# SPDX-License-Identifier: MIT
# SPDX-FileCopyrightText: The RateGuard authors
"""Asks Redis for decisions, and knows what to do when there is no answer."""

from __future__ import annotations

import asyncio
import logging
import re
import time
from typing import Any

from redis import Redis as BlockingRedis
from redis.exceptions import RedisError, ResponseError

from .address import passwords_of, redis_url, without_password
from .breaker import Breaker
from .decision import Decision
from .keys import key_bytes
from .limits import Limit, checked_policy
from .link import Closed, Link
from .patience import Patience

log = logging.getLogger("rateguard")

_MAX_COST = 100_000
_WARN_EVERY = 5.0  # seconds


class RateGuard:
    """A client of the limiter, for one process. Connects on first use; safe to create at import.

    redis            a URL, or a redis.asyncio client of yours; else RATEGUARD_URL, else REDIS_URL
    prefix           of every name in Redis; the dashboard looks at "rateguard"
    fail             what happens without an answer from Redis: "open" admits, "closed" refuses
    timeout          seconds to wait for an answer, a free connection included
    pause            seconds between tries while Redis is away
    connections      calls under way at once, at most
    trusted_proxies  proxies in front of this service that append to X-Forwarded-For
    """

    def __init__(
        self,
        redis: Any = None,
        *,
        prefix: str = "rateguard",
        fail: str = "open",
        timeout: float = 0.25,
        pause: float = 1.0,
        connections: int = 32,
        trusted_proxies: int = 0,
    ) -> None:
        if fail not in ("open", "closed"):
            raise ValueError(f"fail={fail!r}: choose 'open' (admit without Redis) or 'closed' (refuse)")
        if not re.fullmatch(r"[A-Za-z0-9._-]{1,64}", prefix):
            raise ValueError(f"prefix={prefix!r}: use 1 to 64 of the characters A-Z a-z 0-9 . _ -")
        if not (timeout > 0 and pause > 0 and connections >= 1 and trusted_proxies >= 0):
            raise ValueError("timeout and pause are above 0, connections at least 1, trusted_proxies 0 or more")
        if isinstance(redis, BlockingRedis):
            raise TypeError("a blocking Redis client would stop the event loop: pass a redis.asyncio.Redis, or a URL")
        self._client = None if redis is None or isinstance(redis, str) else redis
        self._url = redis_url(redis) if self._client is None else None
        self._tag = f"{{{prefix}:0}}"
        self.fail = fail
        self.timeout = timeout
        self.pause = pause
        self.connections = connections
        self.trusted_proxies = trusted_proxies
        self.admitted_without_redis = 0
        self.refused_without_redis = 0
        self._breaker = Breaker(pause)
        self._link: Link | None = None
        self._away = 0  # requests without an answer in the present outage
        self._warned = False
        self._warn_at = 0.0

    def __repr__(self) -> str:
        where = without_password(self._url) if self._url else type(self._client).__name__
        return f"<RateGuard {where} fail={self.fail}>"

    async def check(
        self, policy: str, key: str | bytes, cost: int = 1, default: Limit | str | None = None
    ) -> Decision:
        """Decides one request of `key` and counts it when admitted.

        `default` is the limit to use, and to register, only when Redis holds none for the policy;
        LookupError when neither has one. Never raises because of Redis: see `fail`.
        """
        checked_policy(policy)
        if not isinstance(cost, int) or not 1 <= cost <= _MAX_COST:
            raise ValueError(f"a cost of {cost!r}: use a whole number from 1 to {_MAX_COST}")
        limit = None if default is None else Limit.of(default)
        log_key = f"{self._tag}:log:{policy}:".encode() + key_bytes(key)
        arguments: tuple[Any, ...] = ("rateguard_check", 2, f"{self._tag}:limits", log_key, policy, cost)
        if limit:
            arguments += (limit.wire,)
        try:
            answer = await self._ask(arguments)
        except ResponseError as error:
            if str(error).startswith("NOLIMIT"):
                raise LookupError(
                    f"policy {policy!r} has no limit in Redis and the call brings no default: pass default='100/min',"
                    f" or run: rateguardctl limits set {policy} 100/min"
                ) from None
            return self._without_redis(policy, limit, error)
        except (RedisError, OSError, asyncio.TimeoutError, _Away) as error:
            return self._without_redis(policy, limit, error)
        return Decision.from_answer(policy, answer)

    async def close(self) -> None:
        """Closes the connections (not those of a client that was passed in); a later check connects anew."""
        link, self._link = self._link, None
        if link and link.loop is asyncio.get_running_loop():
            await link.close()

    async def _ask(self, arguments: tuple[Any, ...]) -> Any:
        link = self._link
        if link is None or link.loop is not asyncio.get_running_loop():
            link = self._link = Link(self._url, self._client, self.connections)
        patience = Patience(self.timeout)
        async with link.slot(patience) as waited:
            if not self._breaker.allows():
                raise _Away
            try:
                answer = await link.call(arguments, patience)
            except ResponseError:
                self._breaker.answered()  # it refuses, but it is there
                raise
            except Closed:
                raise
            except asyncio.TimeoutError:
                # Behind a crowd of ours, Redis had less than the whole timeout.
                self._breaker.failed(unless_answered_since=patience.since if waited else None)
                raise
            except (RedisError, OSError):
                self._breaker.failed()
                raise
            self._breaker.answered()
        if self._warned:
            log.warning("Redis answers again; %d requests went without a decision", self._away)
            self._away, self._warned = 0, False
        return answer

    def _without_redis(self, policy: str, limit: Limit | None, error: Exception) -> Decision:
        allowed = self.fail == "open"
        if allowed:
            self.admitted_without_redis += 1
        else:
            self.refused_without_redis += 1
        self._away += 1
        self._warn(error)
        return Decision(
            policy=policy,
            allowed=allowed,
            limit=limit.count if limit else 0,
            remaining=0,
            retry_after=0.0 if allowed else self.pause,
            version=0,
            window=limit.window_ms / 1000 if limit else 0.0,
            reset_after=0.0,
            unavailable=True,
        )

    def _warn(self, error: Exception) -> None:
        now = time.monotonic()
        if now < self._warn_at or isinstance(error, _Away):
            return
        self._warned = True
        self._warn_at = now + _WARN_EVERY
        text = f"{type(error).__name__}: {error}"
        for password in passwords_of(self._url) if self._url else ():
            text = text.replace(password, "***")
        log.warning(
            "no decision from %s (%s): requests are %s, %d so far",
            without_password(self._url) if self._url else "Redis",
            text,
            "admitted" if self.fail == "open" else "refused",
            self._away,
        )


class _Away(Exception):
    """The breaker is open: Redis was not asked."""
