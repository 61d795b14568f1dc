# SPDX-License-Identifier: MIT
# SPDX-FileCopyrightText: The RateGuard authors
"""What the limiter said about one request."""

from __future__ import annotations

from dataclasses import dataclass

from redis.exceptions import InvalidResponse

_REASONS = frozenset(("limit", "override", "ban", "exempt", "off"))


@dataclass(frozen=True)
class Decision:
    """Times are in seconds. Without an answer from Redis (`unavailable`) the version is 0 and nothing was counted.

    Of a limit with several windows, limit, remaining, window and reset_after are those of the window that decided:
    the one that makes the request wait longest, else the one with the least left.
    """

    policy: str
    allowed: bool
    limit: int
    remaining: int
    retry_after: float | None  # 0.0 within the limit; None: never, the cost exceeds the limit or a ban has no end
    version: int
    window: float
    reset_after: float  # until the oldest counted request leaves the window
    shadow: bool = False  # admitted by shadow mode; enforcing would have rejected it
    unavailable: bool = False
    # What decided: the policy's "limit"; an "override", the key's own limit; a "ban" of the key; "exempt", the key is, or
    # "off", the policy is: admitted and not counted; "unavailable": Redis gave no answer.
    why: str = "limit"

    @property
    def failed_open(self) -> bool:
        """Admitted only because Redis gave no answer."""
        return self.unavailable and self.allowed

    @classmethod
    def from_answer(cls, policy: str, answer: bytes | str) -> Decision:
        """From the line of rateguard_check; InvalidResponse when it is none."""
        try:
            text = answer.decode("ascii") if isinstance(answer, bytes) else answer
            # By their number: a later library may add words.
            allowed, remaining, retry, reset, limit, window, version, why = text.split(" ")[:8]
            return cls(
                policy=policy,
                allowed=allowed == "1",
                limit=int(limit),
                remaining=int(remaining),
                retry_after=None if retry == "-1" else int(retry) / 1000,
                version=int(version),
                window=int(window) / 1000,
                reset_after=max(int(reset), 0) / 1000,
                shadow=allowed == "1" and retry != "0",
                why=why if why in _REASONS else "limit",
            )
        except (AttributeError, ValueError):
            raise InvalidResponse(
                f"the library in Redis answers {str(answer)[:80]!r}, which this client cannot read:"
                " update the package rateguard"
            ) from None
