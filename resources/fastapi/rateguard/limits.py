# SPDX-License-Identifier: MIT
# SPDX-FileCopyrightText: The RateGuard authors
"""Limits such as "100/min" and the names of policies."""

from __future__ import annotations

import functools
import re
from dataclasses import dataclass

_UNITS = {
    "ms": 1,
    **dict.fromkeys(("s", "sec", "second"), 1000),
    **dict.fromkeys(("min", "m", "minute"), 60_000),
    **dict.fromkeys(("h", "hour"), 3_600_000),
    **dict.fromkeys(("d", "day"), 86_400_000),
}
_LIMIT = re.compile(r"([0-9]{1,18})/([0-9]{0,18})([a-z]+)")
_POLICY = re.compile(r"[A-Za-z0-9._-]{1,64}")


@dataclass(frozen=True)
class Limit:
    """At most `count` admitted in every span of `window_ms`."""

    count: int
    window_ms: int

    MAX_COUNT = 1_000_000
    MAX_WINDOW_MS = 24 * 86_400_000

    def __post_init__(self) -> None:
        if not 1 <= self.count <= self.MAX_COUNT:
            raise ValueError(f"a limit of {self.count}: the count goes from 1 to {self.MAX_COUNT}")
        if not 1 <= self.window_ms <= self.MAX_WINDOW_MS:
            raise ValueError(f"a window of {self.window_ms} ms: windows go from 1ms to 24d")

    @property
    def wire(self) -> str:
        """As Redis holds it: "100/60000"."""
        return f"{self.count}/{self.window_ms}"

    @staticmethod
    def of(value: Limit | str) -> Limit:
        """Reads "10/s", "100/min", "1000/h", "5/250ms" or "1/1d"; ValueError says what to write instead."""
        return value if isinstance(value, Limit) else _parse(value if isinstance(value, str) else repr(value))


@functools.lru_cache(maxsize=1024)
def _parse(text: str) -> Limit:
    parts = _LIMIT.fullmatch(text)
    if not parts or parts[3] not in _UNITS:
        raise ValueError(
            f"{text!r} is not a limit: write COUNT/WINDOW with the window in ms, s, min, h or d,"
            " for example '10/s', '100/min' or '5/250ms'"
        )
    try:
        return Limit(int(parts[1]), int(parts[2] or 1) * _UNITS[parts[3]])
    except ValueError as error:
        raise ValueError(f"{text!r} is not a limit: {error}") from None


@functools.lru_cache(maxsize=4096)
def checked_policy(name: str) -> str:
    """The name itself; ValueError when Redis would not take it."""
    if not isinstance(name, str) or not _POLICY.fullmatch(name):
        raise ValueError(f"{name!r} is no policy name: use 1 to 64 of the characters A-Z a-z 0-9 . _ -")
    return name
