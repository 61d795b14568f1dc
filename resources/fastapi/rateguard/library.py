# SPDX-License-Identifier: MIT
# SPDX-FileCopyrightText: The RateGuard authors
"""The function library inside Redis: brings the shipped one when it is missing or older."""

from __future__ import annotations

import re
from importlib import resources
from typing import Any

from redis.exceptions import ResponseError


def _read() -> tuple[int, bytes]:
    try:
        text = resources.files(__package__).joinpath("rateguard.lua").read_bytes()
    except OSError as error:
        raise ImportError(f"rateguard.lua is missing from this package ({error}); install the package anew") from error
    version = re.search(rb"^local VERSION = (\d+)$", text, re.MULTILINE)
    if not version:
        raise ImportError("the packaged rateguard.lua names no version; install the package anew")
    return int(version[1]), text


# When the service starts: a package that is not whole must not look like a Redis that is away.
_SHIPPED = _read()


def shipped() -> tuple[int, bytes]:
    """Version and text of rateguard.lua as this package carries it."""
    return _SHIPPED


def is_missing(error: BaseException) -> bool:
    return isinstance(error, ResponseError) and "Function not found" in str(error)


async def ensure(client: Any) -> None:
    """Loads the shipped library unless the same or a newer one is there."""
    version, text = shipped()
    try:
        if int(await client.execute_command("FCALL_RO", "rateguard_version", 0)) >= version:
            return
        await client.execute_command("FUNCTION LOAD", "REPLACE", text)
    except ResponseError as error:
        if not is_missing(error):
            raise
        await load(client)


async def load(client: Any) -> None:
    """Loads the shipped library; that somebody else was faster is fine."""
    try:
        await client.execute_command("FUNCTION LOAD", shipped()[1])
    except ResponseError as error:
        if "already exists" not in str(error):
            raise
