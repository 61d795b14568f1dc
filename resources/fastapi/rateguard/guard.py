# SPDX-License-Identifier: MIT
# SPDX-FileCopyrightText: The RateGuard authors
"""Asks Redis for decisions, and knows what to do when there is no answer."""

from __future__ import annotations

import asyncio
from typing import Any

from redis import Redis as BlockingRedis
from redis.exceptions import RedisError, ResponseError

from .address import redis_url, without_password
from .breaker import Breaker
from .decision import Decision
from .keys import key_bytes
from .keyspace import Arguments, Keyspace, checked_prefix
from .limits import Limit, checked_policy
from .link import Closed, Link, Question
from .meter import Meter
from .outages import Away, Outages, log
from .patience import Patience

_MAX_COST = 100_000


class RateGuard:
    """A client of the limiter, for one process. Connects on first use; safe to create at import.

    redis            a URL, or a redis.asyncio client of yours; else RATEGUARD_URL, else REDIS_URL
    prefix           of every name in Redis; unless given, the one set in rateguard:config, else "rateguard"
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
        prefix: str | None = None,
        fail: str = "open",
        timeout: float = 0.25,
        pause: float = 1.0,
        connections: int = 32,
        trusted_proxies: int = 0,
    ) -> None:
        if fail not in ("open", "closed"):
            raise ValueError(f"fail={fail!r}: choose 'open' (admit without Redis) or 'closed' (refuse)")
        if not (timeout > 0 and pause > 0 and connections >= 1 and trusted_proxies >= 0):
            raise ValueError("timeout and pause are above 0, connections at least 1, trusted_proxies 0 or more")
        if isinstance(redis, BlockingRedis):
            raise TypeError("a blocking Redis client would stop the event loop: pass a redis.asyncio.Redis, or a URL")
        self._client = None if redis is None or isinstance(redis, str) else redis
        self._url = redis_url(redis) if self._client is None else None
        self._prefix = None if prefix is None else checked_prefix(prefix)
        self.fail = fail
        self.timeout = timeout
        self.pause = pause
        self.connections = connections
        self.trusted_proxies = trusted_proxies
        self._breaker = Breaker(pause)
        self._outages = Outages(self._url)
        self._meter = Meter(pause)
        self._link: Link | None = None

    def __repr__(self) -> str:
        where = without_password(self._url) if self._url else type(self._client).__name__
        return f"<RateGuard {where} fail={self.fail}>"

    @property
    def admitted_without_redis(self) -> int:
        """Requests that were admitted only because Redis gave no answer, since this process started."""
        return self._outages.admitted

    @property
    def refused_without_redis(self) -> int:
        return self._outages.refused

    @property
    def unchecked(self) -> dict[str, int]:
        """admitted_without_redis by policy. When Redis is back, it is told of them, for its history."""
        return dict(self._meter.totals)

    async def check(
        self, policy: str, key: str | bytes, cost: int = 1, default: Limit | str | None = None
    ) -> Decision:
        """Decides one request of `key` and counts it when admitted.

        `default` is the limit to use, and to register, only when Redis holds none for the policy;
        LookupError when neither has one. Never raises because of Redis: see `fail`.
        """
        checked_policy(policy)
        if not isinstance(cost, int) or isinstance(cost, bool) or not 1 <= cost <= _MAX_COST:
            raise ValueError(f"a cost of {cost!r}: use a whole number from 1 to {_MAX_COST}")
        limit = None if default is None else Limit.of(default)
        name, wire = key_bytes(key), limit.wire if limit else None

        def question(names: Keyspace) -> Arguments:
            return names.check(policy, name, cost, wire)

        try:
            decision = Decision.from_answer(policy, await self._ask(question))
        except ResponseError as error:
            if str(error).startswith("NOLIMIT"):
                raise LookupError(
                    f"policy {policy!r} has no limit in Redis and the call brings no default: pass default='100/min',"
                    f" or run: rateguardctl limits set {policy} 100/min"
                ) from None
            return self._without_redis(policy, limit, error)
        except (RedisError, OSError, asyncio.TimeoutError, Away) as error:
            return self._without_redis(policy, limit, error)
        except Exception as error:  # whatever is wrong here, it must not take the service down with it
            log.exception("a fault in the rateguard package; please report it")
            return self._without_redis(policy, limit, error)
        self._report(policy, name)
        return decision

    async def close(self) -> None:
        """Closes the connections (not those of a client that was passed in); a later check connects anew."""
        link, self._link = self._link, None
        if link and link.loop is asyncio.get_running_loop():
            await link.close()

    async def _ask(self, question: Question) -> Any:
        link = self._link
        if link is None or link.loop is not asyncio.get_running_loop():
            link = self._link = Link(self._url, self._client, self.connections, self._prefix)
        patience = Patience(self.timeout)
        async with link.slot(patience) as waited:
            if not self._breaker.allows():
                raise Away
            try:
                answer = await link.call(question, patience)
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
        self._outages.answered()
        return answer

    def _without_redis(self, policy: str, limit: Limit | None, error: Exception) -> Decision:
        admits = self.fail == "open"
        if admits:
            self._meter.count(policy)
        return self._outages.decide(policy, limit, admits, self.pause, error)

    def _report(self, policy: str, key: bytes) -> None:
        """In the partition that has just answered, because it knows the policy."""
        link, counts = self._link, self._meter.take(policy)
        if not counts:
            return
        if link is None:  # closed meanwhile
            self._meter.put_back(counts)
            return

        async def tell(name: str, count: int) -> None:
            await link.once(lambda names: names.unchecked(key, name, count))

        link.in_background(self._meter.report(counts, policy, tell))
