# SPDX-License-Identifier: MIT
# SPDX-FileCopyrightText: The RateGuard authors
"""The time that one request has for everything it waits for."""

from __future__ import annotations

import asyncio
import time

# While this process itself was too busy to look, only one slice passes.
_SLICES = 8


class Patience:
    """`timeout` seconds in all, however many things are waited for one after the other."""

    def __init__(self, timeout: float) -> None:
        self.timeout = timeout
        self.since = time.monotonic()
        self._slice = timeout / _SLICES
        self._left = timeout

    @property
    def is_over(self) -> bool:
        return self._left <= 0

    async def lasts(self, task: asyncio.Task[object]) -> bool:
        """True when the task ended in time; it is left running otherwise."""
        while not task.done() and not self.is_over:
            start = time.monotonic()
            span = min(self._slice, self._left)
            await asyncio.wait((task,), timeout=span)
            self._left -= min(time.monotonic() - start, span)
        return task.done()
