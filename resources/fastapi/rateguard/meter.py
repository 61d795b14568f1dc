# SPDX-License-Identifier: MIT
# SPDX-FileCopyrightText: The RateGuard authors
"""Counts what was admitted only because Redis gave no answer, and tells Redis when it is back."""

from __future__ import annotations

import logging
import time
from typing import Awaitable, Callable

from redis.exceptions import RedisError, ResponseError

log = logging.getLogger("rateguard")


class Meter:
    """By policy: `totals` of the life of this process, and what Redis has not been told yet.

    Each request is told at most once: when the answer to a report is lost, it counts as told, because an outage that
    looks too large would be worse than one that looks a little too small. What Redis refuses, or was not sent, waits.
    """

    def __init__(self, pause: float, clock: Callable[[], float] = time.monotonic) -> None:
        self.totals: dict[str, int] = {}
        self._pause = pause
        self._clock = clock
        self._waiting: dict[str, int] = {}
        self._refused: dict[str, int] = {}
        self._not_before = float("-inf")

    def count(self, policy: str) -> None:
        _add(self.totals, policy, 1)
        _add(self._waiting, policy, 1)

    def take(self, answered: str) -> dict[str, int]:
        """What to report now that Redis has answered for this policy; usually nothing.

        At most once every `pause` seconds: a process with too many calls under way must not make more of them.
        """
        if not self._waiting and answered not in self._refused:
            return {}
        now = self._clock()
        if now < self._not_before:
            return {}
        self._not_before = now + self._pause
        taken, self._waiting = self._waiting, {}
        if answered in self._refused:
            _add(taken, answered, self._refused.pop(answered))
        return taken

    async def report(
        self, counts: dict[str, int], answered: str, tell: Callable[[str, int], Awaitable[object]]
    ) -> None:
        """Tells them one by one; `tell` raises what redis-py raises."""
        try:
            while counts:
                policy, count = counts.popitem()
                try:
                    await tell(policy, count)
                except ResponseError as error:
                    self._hold(policy, count, answered, error)
        except (RedisError, OSError) as error:
            log.info("%d requests without a decision may be missing in the history: %s", count, type(error).__name__)
        finally:
            self.put_back(counts)

    def put_back(self, counts: dict[str, int]) -> None:
        for policy, count in counts.items():
            _add(self._waiting, policy, count)

    def _hold(self, policy: str, count: int, answered: str, error: ResponseError) -> None:
        """A policy may have no limit in this partition, or an unreadable one: then its own next answer is awaited."""
        if policy != answered:
            _add(self._refused, policy, count)
        else:
            log.info("Redis does not take a report of %d requests without a decision: %s", count, error)


def _add(counts: dict[str, int], policy: str, count: int) -> None:
    counts[policy] = counts.get(policy, 0) + count
