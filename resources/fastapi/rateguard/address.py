# SPDX-License-Identifier: MIT
# SPDX-FileCopyrightText: The RateGuard authors
"""Where Redis is, and how to say so without its password."""

from __future__ import annotations

import os
import re
from urllib.parse import parse_qs, unquote, urlsplit

import redis.asyncio


def redis_url(given: str | None) -> str:
    """The argument, else RATEGUARD_URL, else REDIS_URL. ValueError, which never quotes it, when it cannot work."""
    url = given or os.environ.get("RATEGUARD_URL") or os.environ.get("REDIS_URL")
    if not url:
        raise ValueError("no Redis to ask: pass a URL such as redis://localhost:6379/0, or set RATEGUARD_URL or REDIS_URL")
    try:
        redis.asyncio.ConnectionPool.from_url(url)
        parts = urlsplit(url)
    except ValueError:
        # The reason may quote a piece of a password that was not escaped; it is dropped on purpose.
        raise ValueError(
            "the Redis URL cannot be read: it starts with redis://, rediss:// or unix://,"
            " and special characters in a password are percent-encoded"
        ) from None
    if "@" in parts.path + parts.query + parts.fragment:
        # redis-py takes user:12/34@host for the host "user", its port 12 and a database that it ignores.
        raise ValueError(
            "the Redis URL has an '@' behind its address: percent-encode special characters in a password,"
            " / as %2F, ? as %3F, # as %23, and any other '@' as %40"
        )
    return url


def without_password(url: str) -> str:
    """Built from the harmless parts: scheme, host, port and database, or the path of a socket."""
    parts = urlsplit(url)
    if parts.scheme == "unix":
        return f"unix://{parts.path}"
    host = parts.hostname or ""
    if ":" in host:
        host = f"[{host}]"
    port = f":{parts.port}" if parts.port else ""
    database = parts.path if re.fullmatch("/[0-9]+", parts.path) else ""
    return f"{parts.scheme}://{host}{port}{database}"


def passwords_of(url: str) -> list[str]:
    parts = urlsplit(url)
    return [unquote(word) for word in (parts.password, *parse_qs(parts.query).get("password", ())) if word]
