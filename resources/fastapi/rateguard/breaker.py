# SPDX-License-Identifier: MIT
# SPDX-FileCopyrightText: The RateGuard authors
"""Keeps requests from waiting for a Redis that does not answer."""

from __future__ import annotations

import time
from typing import Callable


class Breaker:
    """Opens after a few outages in a row; then lets one request in every `pause` seconds through to try again."""

    def __init__(self, pause: float, threshold: int = 3, clock: Callable[[], float] = time.monotonic) -> None:
        self._pause = pause
        self._threshold = threshold
        self._clock = clock
        self._outages = 0
        self._try_at = 0.0
        self._answered_at = float("-inf")

    def allows(self) -> bool:
        """True when this request should ask Redis; when open, whoever hears True is the one that tries."""
        if self._outages < self._threshold:
            return True
        now = self._clock()
        if now < self._try_at:
            return False
        self._try_at = now + self._pause
        return True

    def answered(self) -> None:
        self._outages = 0
        self._answered_at = self._clock()

    def failed(self, unless_answered_since: float | None = None) -> None:
        """An outage; with a time, only when nobody had an answer since."""
        now = self._clock()
        if unless_answered_since is not None and self._answered_at >= unless_answered_since:
            return
        self._outages += 1
        self._try_at = now + self._pause
