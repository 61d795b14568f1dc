# SPDX-License-Identifier: MIT
# SPDX-FileCopyrightText: The RateGuard authors
"""Who a request is counted for."""

from __future__ import annotations

import hashlib
import ipaddress
from typing import Any, Callable, Mapping

from starlette.requests import HTTPConnection

_LONGEST = 256  # bytes of a key that Redis is asked to keep
_IPV6_SUBSCRIBER = 64  # bits; one subscriber owns all addresses below


def key_bytes(key: str | bytes) -> bytes:
    """What Redis gets: any bytes, long ones as their beginning and their SHA-256."""
    if isinstance(key, str):
        try:
            key = key.encode("utf-8", "surrogateescape")
        except UnicodeEncodeError:
            key = key.encode("utf-8", "backslashreplace")
    if len(key) <= _LONGEST:
        return key
    return key[:64] + b"~" + hashlib.sha256(key).hexdigest().encode()


def ip(request: HTTPConnection) -> str:
    """The client's address; an IPv6 client is its /64. X-Forwarded-For counts only behind trusted proxies."""
    guard = request.scope.get("rateguard")
    return client_address(request.scope, guard.trusted_proxies if guard else 0)


def client_address(scope: Mapping[str, Any], trusted_proxies: int = 0) -> str:
    """The address that the outermost trusted proxy saw, counted from the right of X-Forwarded-For."""
    client = scope.get("client")
    address = client[0] if client else "unknown"
    if trusted_proxies:
        lines = (value for name, value in scope["headers"] if name == b"x-forwarded-for")
        hops = [hop.strip() for line in lines for hop in line.decode("latin-1").split(",") if hop.strip()]
        if hops:
            address = _without_port(hops[-min(trusted_proxies, len(hops))])
    if ":" not in address:
        return address
    try:
        parsed = ipaddress.IPv6Address(address.partition("%")[0])
    except ValueError:
        return address
    if parsed.ipv4_mapped:
        return str(parsed.ipv4_mapped)
    return str(ipaddress.IPv6Network((parsed, _IPV6_SUBSCRIBER), strict=False))


def header(name: str, *, secret: bool = False) -> Callable[[HTTPConnection], str | bytes]:
    """A key function: the value of this header, and the client's address for a request without it.

    With `secret`, the value itself never reaches Redis or a screen: four characters of it and a digest do.
    """
    wanted = name.lower().encode("latin-1")

    def key(request: HTTPConnection) -> str | bytes:
        for found, value in request.scope["headers"]:
            if found == wanted and value:
                shown = value[:4] + b"~" + hashlib.sha256(value).hexdigest()[:16].encode() if secret else value
                return wanted + b":" + shown
        return ip(request)

    return key


def _without_port(hop: str) -> str:
    if hop.startswith("["):
        return hop[1:].partition("]")[0]
    return hop.partition(":")[0] if hop.count(":") == 1 else hop
