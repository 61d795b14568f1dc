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
_WINDOW = re.compile(r"([0-9]{1,18})/([0-9]{0,18})([a-z]+)")
_ALGORITHM = re.compile(r"([A-Za-z]+) +")
_BETWEEN = re.compile(r" *, *| +")
_POLICY = re.compile(r"[A-Za-z0-9._-]{1,64}")


@dataclass(frozen=True)
class Limit:
    """At most `count` admitted in every span of `window_ms`, and in those of `also`: (count, window_ms), up to three more.

    "log" is exact; "bucket" takes larger counts in little memory, and lets a request count a sixtieth of the window longer.
    """

    count: int
    window_ms: int
    also: tuple[tuple[int, int], ...] = ()
    algorithm: str = "log"

    MAX_COUNT = 1_000_000
    MAX_BUCKET_COUNT = 1_000_000_000
    MAX_WINDOW_MS = 24 * 86_400_000
    MAX_WINDOWS = 4

    def __post_init__(self) -> None:
        if self.algorithm not in ("log", "bucket"):
            raise ValueError(f"an algorithm of {self.algorithm!r}: write 'log' or 'bucket'")
        if len(self.windows) > self.MAX_WINDOWS:
            raise ValueError(f"{len(self.windows)} windows: write at most {self.MAX_WINDOWS}")
        for count, window_ms in self.windows:
            self._check(count, window_ms)
        lengths = [window_ms for _, window_ms in self.windows]
        for window_ms in lengths:
            if lengths.count(window_ms) > 1:
                raise ValueError(f"two windows of {window_ms} ms: write the one with the smaller count only")

    def _check(self, count: int, window_ms: int) -> None:
        most = self.MAX_COUNT if self.algorithm == "log" else self.MAX_BUCKET_COUNT
        if not 1 <= count <= most:
            larger = f", and with 'bucket ' in front to {self.MAX_BUCKET_COUNT}" if self.algorithm == "log" else ""
            raise ValueError(f"a limit of {count}: the count goes from 1 to {most}{larger}")
        if not 1 <= window_ms <= self.MAX_WINDOW_MS:
            raise ValueError(f"a window of {window_ms} ms: windows go from 1ms to 24d")

    @property
    def windows(self) -> tuple[tuple[int, int], ...]:
        """All of them, as (count, window_ms)."""
        return ((self.count, self.window_ms), *self.also)

    @functools.cached_property
    def wire(self) -> str:
        """As Redis takes it: "100/60000", "bucket 10/1000 1000/3600000"."""
        windows = " ".join(f"{count}/{window_ms}" for count, window_ms in self.windows)
        return windows if self.algorithm == "log" else f"{self.algorithm} {windows}"

    @staticmethod
    def of(value: Limit | str) -> Limit:
        """Reads "100/min", "5/250ms", "10/s 1000/h" or "bucket 5000000/d"; ValueError says what to write instead."""
        return value if isinstance(value, Limit) else _parse(value if isinstance(value, str) else repr(value))


@functools.lru_cache(maxsize=1024)
def _parse(text: str) -> Limit:
    start = _ALGORITHM.match(text)
    words = _BETWEEN.split(text[start.end() :] if start else text)
    first, *also = (_window(word, text) for word in words)
    try:
        return Limit(*first, tuple(also), start[1] if start else "log")
    except ValueError as error:
        raise ValueError(f"{text!r} is not a limit: {error}") from None


def _window(word: str, text: str) -> tuple[int, int]:
    parts = _WINDOW.fullmatch(word)
    if not parts or parts[3] not in _UNITS:
        culprit = f" because of {word!r}" if word not in ("", text) else ""
        raise ValueError(
            f"{text!r} is not a limit{culprit}: write COUNT/WINDOW with the window in ms, s, min, h or d,"
            " for example '10/s', '5/250ms', '10/s 1000/h' or 'bucket 5000000/d'"
        )
    return int(parts[1]), int(parts[2] or 1) * _UNITS[parts[3]]


@functools.lru_cache(maxsize=4096)
def checked_policy(name: str) -> str:
    """The name itself; ValueError when Redis would not take it."""
    if not isinstance(name, str) or not _POLICY.fullmatch(name):
        raise ValueError(f"{name!r} is no policy name: use 1 to 64 of the characters A-Z a-z 0-9 . _ -")
    return name
