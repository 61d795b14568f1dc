# SPDX-License-Identifier: MIT
# SPDX-FileCopyrightText: The RateGuard authors
"""One event loop's way to Redis."""

from __future__ import annotations

import asyncio
import contextlib
from typing import Any, AsyncIterator, Callable, Coroutine

import redis.asyncio
from redis.asyncio.retry import Retry
from redis.backoff import NoBackoff
from redis.exceptions import ConnectionError as RedisConnectionError
from redis.exceptions import RedisError, ResponseError

from . import keyspace, library
from .keyspace import Arguments, Keyspace
from .patience import Patience

Question = Callable[[Keyspace], Arguments]

# An overdue call is left alone for a while, so that a slow handshake still ends in a connection.
_ABANDON_AFTER = 5.0
# At the end, so that the last report is not lost.
_REPORTS_MAY_TAKE = 0.25


class Crowded(asyncio.TimeoutError):
    """This process had too many calls under way: Redis was not asked."""


class Closed(RedisConnectionError):
    """The link was closed while somebody waited for it."""


class _Reconnects:
    """Notices when a connection is made anew: then this may be another server, or the partitions have changed.

    An object of its own, so that a link that nobody closed is freed with its connections, at once.
    """

    def __init__(self) -> None:
        self.any = False
        self._mark = f"_rateguard_seen_{id(self)}"

    def client(self, url: str | None) -> Any:
        return redis.asyncio.Redis.from_url(url, retry=Retry(NoBackoff(), 0), redis_connect_func=self._connected)

    async def _connected(self, connection: Any) -> None:
        await connection.on_connect()
        # A mark on the connection, as some of redis-py's cannot be referred to weakly.
        self.any = self.any or hasattr(connection, self._mark)
        setattr(connection, self._mark, True)


class Link:
    """Connections of one event loop; `slots` calls at most are under way, and a report of the meter."""

    def __init__(self, url: str | None, client: Any, slots: int, prefix: str | None = None) -> None:
        self.loop = asyncio.get_running_loop()
        self.keyspace = Keyspace(prefix or Keyspace.prefix)  # until Redis says more
        self._prefix = prefix
        self._slots = asyncio.Semaphore(slots)
        self._closed = False
        self._owned = client is None
        self._reconnects = _Reconnects()
        self._client = client if client is not None else self._reconnects.client(url)
        self._running: set[asyncio.Task[Any]] = set()
        self._reports: set[asyncio.Task[Any]] = set()
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

    async def call(self, question: Question, patience: Patience) -> Any:
        """The answer of FCALL with the arguments of `question`; asyncio.TimeoutError when it is overdue."""
        # A task of its own: whoever cancels the request must not leave a half-read answer in a connection.
        task = self.loop.create_task(self._call(question))
        self._running.add(task)
        task.add_done_callback(self._finished)
        if not await patience.lasts(task):
            self.loop.call_later(_ABANDON_AFTER, task.cancel)
            raise asyncio.TimeoutError(f"no answer within {patience.timeout:g} s")
        if task.cancelled():  # not by whoever waits here: that would have ended the waiting
            raise Closed("closed while waiting for an answer")
        return task.result()

    async def once(self, question: Question) -> Any:
        """The answer of FCALL, without a second try."""
        await self._prepare()
        return await self._client.execute_command("FCALL", *question(self.keyspace))

    def in_background(self, report: Coroutine[Any, Any, None]) -> None:
        """Nobody waits for it, but close(), a little."""
        task = self.loop.create_task(report)
        self._reports.add(task)
        task.add_done_callback(self._finished)
        self.loop.call_later(_ABANDON_AFTER, task.cancel)

    async def _call(self, question: Question) -> Any:
        try:
            return await self._decided(question)
        except (RedisConnectionError, OSError) as error:
            if isinstance(error, TimeoutError):
                raise
            # Most likely a connection that ended while it lay idle. Should the first try have counted after all,
            # the limiter is too strict by one, never too generous.
            self._prepared = False  # what comes back may be another server
            return await self._decided(question)

    async def _decided(self, question: Question) -> Any:
        try:
            answer = await self.once(question)
            # Version 1 answered in numbers: a service that was not updated was the first to miss the library.
            if not isinstance(answer, list):
                return answer
        except ResponseError as error:
            if not library.is_missing(error):
                raise
        self._prepared = False
        return await self.once(question)

    async def _prepare(self) -> None:
        if self._prepared and not self._reconnects.any:
            return
        async with self._preparing:
            if not self._prepared or self._reconnects.any:
                self._prepared = self._reconnects.any = False
                await library.ensure(self._client)
                self.keyspace = await keyspace.read(self._client, self._prefix)
                self._prepared = True

    def _finished(self, task: asyncio.Task[Any]) -> None:
        self._running.discard(task)
        self._reports.discard(task)
        if not task.cancelled():
            task.exception()  # heard by the caller, or by nobody when it was overdue

    async def close(self) -> None:
        """Ends what is under way and, unless the client was lent, its connections."""
        self._closed = True
        for task in tuple(self._running):
            task.cancel()
        if self._reports:
            await asyncio.wait(tuple(self._reports), timeout=_REPORTS_MAY_TAKE)
        for task in tuple(self._reports):
            task.cancel()
        if self._owned:
            # The client's own close() leaves the pool alone in some versions of redis-py.
            with contextlib.suppress(RedisError, OSError, asyncio.TimeoutError):
                await asyncio.wait_for(self._client.connection_pool.disconnect(), 1.0)
