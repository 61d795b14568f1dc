# SPDX-License-Identifier: MIT
# SPDX-FileCopyrightText: The RateGuard authors
"""One event loop's way to Redis."""

from __future__ import annotations

import asyncio
import contextlib
from typing import Any, AsyncIterator

import redis.asyncio
from redis.asyncio.retry import Retry
from redis.backoff import NoBackoff
from redis.exceptions import ConnectionError as RedisConnectionError
from redis.exceptions import RedisError, ResponseError

from . import library
from .patience import Patience

# An overdue call is left alone for a while, so that a slow handshake still ends in a connection.
_ABANDON_AFTER = 5.0


class Crowded(asyncio.TimeoutError):
    """This process had too many calls under way: Redis was not asked."""


class Closed(RedisConnectionError):
    """The link was closed while somebody waited for it."""


class Link:
    """Connections of one event loop; `slots` calls at most are under way."""

    def __init__(self, url: str | None, client: Any, slots: int) -> None:
        self.loop = asyncio.get_running_loop()
        self._slots = asyncio.Semaphore(slots)
        self._closed = False
        self._owned = client is None
        self._client = client if client is not None else redis.asyncio.Redis.from_url(url, retry=Retry(NoBackoff(), 0))
        self._running: set[asyncio.Task[Any]] = set()
        self._preparing = asyncio.Lock()
        self._prepared = False

    @contextlib.asynccontextmanager
    async def slot(self, patience: Patience) -> AsyncIterator[bool]:
        """The right to call, and whether it had to be waited for; Crowded when that takes too long."""
        must_wait = self._slots.locked()
        if must_wait:
            await self._turn(patience)
        else:
            await self._slots.acquire()
        try:
            if self._closed:
                raise Closed("closed while waiting for a free connection")
            yield must_wait
        finally:
            self._slots.release()

    async def _turn(self, patience: Patience) -> None:
        turn = self.loop.create_task(self._slots.acquire())
        try:
            if not await patience.lasts(turn) or patience.is_over:
                raise Crowded(f"all connections of this process were busy for {patience.timeout:g} s")
        except BaseException:
            if not turn.cancel():  # it has the slot already
                self._slots.release()
            raise

    async def call(self, arguments: tuple[Any, ...], patience: Patience) -> Any:
        """The answer of FCALL with these arguments; asyncio.TimeoutError when it is overdue."""
        # A task of its own: whoever cancels the request must not leave a half-read answer in a connection.
        task = self.loop.create_task(self._call(arguments))
        self._running.add(task)
        task.add_done_callback(self._finished)
        if not await patience.lasts(task):
            self.loop.call_later(_ABANDON_AFTER, task.cancel)
            raise asyncio.TimeoutError(f"no answer within {patience.timeout:g} s")
        if task.cancelled():  # not by whoever waits here: that would have ended the waiting
            raise Closed("closed while waiting for an answer")
        return task.result()

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
        self._closed = True
        for task in tuple(self._running):
            task.cancel()
        if self._owned:
            # The client's own close() leaves the pool alone in some versions of redis-py.
            with contextlib.suppress(RedisError, OSError, asyncio.TimeoutError):
                await asyncio.wait_for(self._client.connection_pool.disconnect(), 1.0)
