# SPDX-License-Identifier: MIT
# SPDX-FileCopyrightText: The RateGuard authors
"""One event loop's way to Redis."""

from __future__ import annotations

import asyncio
import contextlib
import os
from typing import Any
from urllib.parse import parse_qs, unquote, urlsplit

import redis.asyncio
from redis.asyncio.retry import Retry
from redis.backoff import NoBackoff
from redis.exceptions import ConnectionError as RedisConnectionError
from redis.exceptions import RedisError, ResponseError

from . import library

# A timeout is counted in slices: while this process itself was too busy to look, only one of them passes.
_SLICES = 8
# An overdue call is left alone for a while, so that a slow handshake still ends in a connection.
_ABANDON_AFTER = 5.0


def redis_url(given: str | None) -> str:
    """The argument, else RATEGUARD_URL, else REDIS_URL."""
    url = given or os.environ.get("RATEGUARD_URL") or os.environ.get("REDIS_URL")
    if not url:
        raise ValueError("no Redis to ask: pass a URL such as redis://localhost:6379/0, or set RATEGUARD_URL or REDIS_URL")
    try:
        redis.asyncio.ConnectionPool.from_url(url)
    except ValueError:
        # The reason may quote a piece of a password that was not escaped; it is dropped on purpose.
        raise ValueError(
            "the Redis URL cannot be read: it starts with redis://, rediss:// or unix://,"
            " and special characters in a password are percent-encoded"
        ) from None
    return url


def without_password(url: str) -> str:
    parts = urlsplit(url)
    return f"{parts.scheme}://{parts.netloc.rpartition('@')[2]}{parts.path}"


def passwords_of(url: str) -> list[str]:
    parts = urlsplit(url)
    return [unquote(word) for word in (parts.password, *parse_qs(parts.query).get("password", ())) if word]


class Link:
    """Connections of one event loop; `slots` calls at most are under way."""

    def __init__(self, url: str | None, client: Any, slots: int) -> None:
        self.loop = asyncio.get_running_loop()
        self.slots = asyncio.Semaphore(slots)
        self._owned = client is None
        self._client = client if client is not None else redis.asyncio.Redis.from_url(url, retry=Retry(NoBackoff(), 0))
        self._running: set[asyncio.Task[Any]] = set()
        self._preparing = asyncio.Lock()
        self._prepared = False

    async def call(self, arguments: tuple[Any, ...], timeout: float) -> Any:
        """The answer of FCALL with these arguments; asyncio.TimeoutError when it is overdue."""
        # A task of its own: whoever cancels the request must not leave a half-read answer in a connection.
        task = self.loop.create_task(self._call(arguments))
        self._running.add(task)
        task.add_done_callback(self._finished)
        for _ in range(_SLICES):
            done, _pending = await asyncio.wait((task,), timeout=timeout / _SLICES)
            if done:
                return task.result()
        self.loop.call_later(_ABANDON_AFTER, task.cancel)
        raise asyncio.TimeoutError(f"no answer within {timeout:g} s")

    async def _call(self, arguments: tuple[Any, ...]) -> Any:
        try:
            return await self._decided(arguments)
        except (RedisConnectionError, OSError) as error:
            if isinstance(error, TimeoutError):
                raise
            # Most likely a connection that ended while it lay idle. Should the first try have counted after all,
            # the limiter is too strict by one, never too generous.
            self._prepared = False  # what comes back may be another server
            return await self._decided(arguments)

    async def _decided(self, arguments: tuple[Any, ...]) -> Any:
        if not self._prepared:
            async with self._preparing:
                if not self._prepared:
                    await library.ensure(self._client)
                    self._prepared = True
        try:
            return await self._client.execute_command("FCALL", *arguments)
        except ResponseError as error:
            if not library.is_missing(error):
                raise
            await library.load(self._client)
            return await self._client.execute_command("FCALL", *arguments)

    def _finished(self, task: asyncio.Task[Any]) -> None:
        self._running.discard(task)
        if not task.cancelled():
            task.exception()  # heard by the caller, or by nobody when it was overdue

    async def close(self) -> None:
        """Ends what is under way and, unless the client was lent, its connections."""
        for task in tuple(self._running):
            task.cancel()
        if self._owned:
            # The client's own close() leaves the pool alone in some versions of redis-py.
            with contextlib.suppress(RedisError, OSError, asyncio.TimeoutError):
                await asyncio.wait_for(self._client.connection_pool.disconnect(), 1.0)
