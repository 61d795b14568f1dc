# SPDX-License-Identifier: MIT
# SPDX-FileCopyrightText: The RateGuard authors
"""Running a guard, or an application without a network, inside a plain test."""

import asyncio
import time

import httpx
from rateguard import RateGuard


def with_guard(url, use, **options):
    """The result of `await use(guard)`; a long timeout unless the test says otherwise."""

    async def go():
        guard = RateGuard(url, **{"timeout": 10, **options})
        try:
            return await use(guard)
        finally:
            await guard.close()

    return asyncio.run(go())


async def eventually(condition, what, seconds=10.0):
    """Waits until the condition holds, and lets everything else go on meanwhile."""
    end = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < end, f"waited {seconds:g} s for {what}"
        await asyncio.sleep(0.01)


async def answered(ask, seconds=10.0):
    """The first decision that Redis itself made; until then it is asked again and again."""
    end = time.monotonic() + seconds
    while (decision := await ask()).unavailable:
        assert time.monotonic() < end, f"waited {seconds:g} s for an answer of Redis"
        await asyncio.sleep(0.01)
    return decision


def with_app(app, use, client=("192.0.2.1", 5000)):
    """The result of `await use(http)`, an HTTP client that calls the application directly."""

    async def go():
        transport = httpx.ASGITransport(app=app, client=client)
        async with httpx.AsyncClient(transport=transport, base_url="http://test") as http:
            return await use(http)

    return asyncio.run(go())
