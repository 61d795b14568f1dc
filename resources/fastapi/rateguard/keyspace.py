# SPDX-License-Identifier: MIT
# SPDX-FileCopyrightText: The RateGuard authors
"""The names that the limiter uses in Redis. Which ones, the operators say in Redis itself."""

from __future__ import annotations

import logging
import re
import zlib
from dataclasses import dataclass
from typing import Any

from redis.exceptions import NoPermissionError, ResponseError

log = logging.getLogger("rateguard")

_PREFIX = re.compile(r"[A-Za-z0-9._-]{1,64}")
_PARTITIONS = re.compile(r"[1-9][0-9]{0,8}")

Arguments = tuple[Any, ...]  # of FCALL


def checked_prefix(prefix: str) -> str:
    """The prefix itself; ValueError when it cannot be one."""
    if not _PREFIX.fullmatch(prefix):
        raise ValueError(f"prefix={prefix!r}: use 1 to 64 of the characters A-Z a-z 0-9 . _ -")
    return prefix


@dataclass(frozen=True)
class Keyspace:
    """A prefix and its partitions. What one call touches shares a hash tag, so that it stays in one cluster slot."""

    prefix: str = "rateguard"
    partitions: int = 1

    def tag(self, key: bytes) -> str:
        """The partition that `key` lives in: {PREFIX:P}."""
        return f"{{{self.prefix}:{zlib.crc32(key) % self.partitions}}}"

    def check(self, policy: str, key: bytes, cost: int, default: str | None) -> Arguments:
        tag = self.tag(key)
        call = ("rateguard_check", 2, f"{tag}:limits", f"{tag}:log:{policy}:".encode() + key, policy)
        if default is not None:
            return (*call, cost, default)
        return call if cost == 1 else (*call, cost)

    def unchecked(self, key: bytes, policy: str, count: int) -> Arguments:
        """Tells the partition of `key`."""
        return ("rateguard_unchecked", 1, f"{self.tag(key)}:limits", policy, count)


async def read(client: Any, given: str | None) -> Keyspace:
    """As set in Redis. Only who was given no prefix is led to another one, and only once."""
    prefix = given or Keyspace.prefix
    elsewhere, partitions = await _config(client, prefix)
    if given is None and elsewhere:
        prefix = elsewhere
        _, partitions = await _config(client, prefix)
    return Keyspace(prefix, partitions)


async def _config(client: Any, prefix: str) -> tuple[str | None, int]:
    """The other prefix that PREFIX:config names, if any, and the number of partitions."""
    name = f"{prefix}:config"
    try:
        answer = await client.execute_command("HMGET", name, "prefix", "partitions")
    except NoPermissionError:
        return None, 1
    except ResponseError as error:
        if not str(error).startswith("WRONGTYPE"):
            raise
        log.warning("%s is no hash: delete it and set it again with HSET; until then 1 partition is used", name)
        return None, 1
    elsewhere, partitions = (value.decode("utf-8", "replace") if isinstance(value, bytes) else value for value in answer)
    if elsewhere is not None and not _PREFIX.fullmatch(elsewhere):
        log.warning("%s names the prefix %r: use 1 to 64 of the characters A-Z a-z 0-9 . _ -", name, elsewhere[:80])
        elsewhere = None
    if partitions is not None and not _PARTITIONS.fullmatch(partitions):
        log.warning("%s says %r partitions: set a whole number from 1; until then 1 is used", name, partitions[:80])
        partitions = None
    return elsewhere if elsewhere != prefix else None, int(partitions or 1)
