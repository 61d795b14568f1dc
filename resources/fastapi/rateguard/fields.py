# SPDX-License-Identifier: MIT
# SPDX-FileCopyrightText: The RateGuard authors
"""Decisions as HTTP: the RateLimit fields, and the answer to a refused request.

The fields follow draft-ietf-httpapi-ratelimit-headers-10. A window that is no whole number of seconds
cannot be said there, so its `w` is left out rather than rounded.
"""

from __future__ import annotations

import json
import math
from typing import Any

from starlette.responses import Response

from .decision import Decision

_PROBLEMS = "https://iana.org/assignments/http-problem-types#"


def rate_limit_fields(decision: Decision) -> list[tuple[bytes, bytes]]:
    """For every response; nothing when Redis gave no answer, because then nothing is known."""
    if decision.unavailable:
        return []
    policy = f'"{decision.policy}";q={decision.limit}'
    if decision.window >= 1 and decision.window.is_integer():
        policy += f";w={int(decision.window)}"
    left = f'"{decision.policy}";r={decision.remaining}'
    if decision.reset_after > 0:
        left += f";t={math.ceil(decision.reset_after)}"
    return [(b"ratelimit-policy", policy.encode()), (b"ratelimit", left.encode())]


def refusal_fields(decision: Decision) -> list[tuple[bytes, bytes]]:
    """The RateLimit fields and, when waiting helps, Retry-After in seconds, rounded up."""
    fields = rate_limit_fields(decision)
    if decision.retry_after is not None:
        fields.append((b"retry-after", b"%d" % max(math.ceil(decision.retry_after), 1)))
    return fields


def refusal_status(decision: Decision) -> int:
    return 503 if decision.unavailable else 429


def problem(decision: Decision) -> dict[str, Any]:
    """Problem details (RFC 9457) of a refused request."""
    if decision.unavailable:
        return {
            "type": _PROBLEMS + "temporary-reduced-capacity",
            "title": "The rate limiter is unavailable",
            "status": 503,
            "detail": "Requests are refused until the limiter answers again.",
            "violated-policies": [decision.policy],
        }
    is_banned = decision.why == "ban"
    return {
        "type": _PROBLEMS + ("abnormal-usage-detected" if is_banned else "quota-exceeded"),
        "title": "This client is not admitted" if is_banned else "Too many requests",
        "status": 429,
        "detail": _reason(decision),
        "violated-policies": [decision.policy],
    }


def _reason(decision: Decision) -> str:
    again = "" if decision.retry_after is None else f"; try again in {_seconds(decision.retry_after)} s"
    if decision.why == "ban":
        return f"Policy {decision.policy} does not admit this client{again}."
    allows = f"{decision.limit} per {_seconds(decision.window)} s"
    if decision.retry_after is None:
        return f"This request alone costs more than the {allows} that policy {decision.policy} allows."
    return f"Policy {decision.policy} allows {allows}{again}."


def _seconds(value: float) -> str:
    return f"{value:.3f}".rstrip("0").rstrip(".")


def refusal(decision: Decision) -> Response:
    response = Response(
        json.dumps(problem(decision)), status_code=refusal_status(decision), media_type="application/problem+json"
    )
    response.raw_headers.extend(refusal_fields(decision))
    return response
