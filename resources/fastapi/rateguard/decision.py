# SPDX-License-Identifier: MIT
# SPDX-FileCopyrightText: The RateGuard authors
"""What the limiter said about one request."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Decision:
    """Times are in seconds. Without an answer from Redis (`unavailable`) the version is 0 and nothing was counted."""

    policy: str
    allowed: bool
    limit: int
    remaining: int
    retry_after: float | None  # 0.0 within the limit; None: never, the cost exceeds the limit
    version: int
    window: float
    reset_after: float  # until the oldest counted request leaves the window
    shadow: bool = False  # admitted by shadow mode; enforcing would have rejected it
    unavailable: bool = False

    @property
    def failed_open(self) -> bool:
        """Admitted only because Redis gave no answer."""
        return self.unavailable and self.allowed

    @classmethod
    def from_answer(cls, policy: str, answer: list[int]) -> Decision:
        """From the seven integers of rateguard_check."""
        allowed, limit, remaining, retry, version, window, reset = answer[:7]
        return cls(
            policy=policy,
            allowed=bool(allowed),
            limit=limit,
            remaining=remaining,
            retry_after=None if retry < 0 else retry / 1000,
            version=version,
            window=window / 1000,
            reset_after=max(reset, 0) / 1000,
            shadow=bool(allowed) and retry != 0,
        )
