# SPDX-License-Identifier: MIT
# SPDX-FileCopyrightText: The RateGuard authors
"""What becomes of requests without an answer, and what the log says about it."""

from __future__ import annotations

import logging
import time

from .address import passwords_of, without_password
from .decision import Decision
from .limits import Limit

log = logging.getLogger("rateguard")

_WARN_EVERY = 5.0  # seconds


class Away(Exception):
    """The breaker is open: Redis was not asked."""


class Outages:
    """Counts the requests that had no answer and warns, never with a password of `url`."""

    def __init__(self, url: str | None) -> None:
        self.admitted = 0
        self.refused = 0
        self._url = url
        self._now = 0  # in the present outage
        self._warned = False
        self._warn_at = 0.0

    def decide(self, policy: str, limit: Limit | None, admits: bool, pause: float, error: Exception) -> Decision:
        """What is done without Redis."""
        if admits:
            self.admitted += 1
        else:
            self.refused += 1
        self._now += 1
        self._warn(admits, error)
        return Decision(
            policy=policy,
            allowed=admits,
            limit=limit.count if limit else 0,
            remaining=0,
            retry_after=0.0 if admits else pause,
            version=0,
            window=limit.window_ms / 1000 if limit else 0.0,
            reset_after=0.0,
            unavailable=True,
            why="unavailable",
        )

    def answered(self) -> None:
        if self._warned:
            log.warning("Redis answers again; %d requests went without a decision", self._now)
            self._now, self._warned = 0, False

    def _warn(self, admits: bool, error: Exception) -> None:
        now = time.monotonic()
        if now < self._warn_at or isinstance(error, Away):
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
            "admitted" if admits else "refused",
            self._now,
        )
