# SPDX-License-Identifier: MIT
# SPDX-FileCopyrightText: The RateGuard authors
"""Exact, live sliding-window limits for FastAPI and any other ASGI application, decided in Redis."""

from .decision import Decision
from .guard import RateGuard
from .keys import header, ip
from .limits import Limit
from .middleware import RateGuardMiddleware
from .route import Limited, Refused, limit

__version__ = "0.1.0"

__all__ = [
    "Decision",
    "Limit",
    "Limited",
    "RateGuard",
    "RateGuardMiddleware",
    "Refused",
    "header",
    "ip",
    "limit",
]
