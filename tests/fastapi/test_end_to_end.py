# SPDX-License-Identifier: MIT
# SPDX-FileCopyrightText: The RateGuard authors
"""The example application on two workers under load, watched and steered by rateguardctl."""

import asyncio
import collections
import contextlib
import json
import os
import subprocess
import time
from pathlib import Path

import httpx
import pytest
from conftest import PACKAGE
from processes import RedisServer, Service

LIMIT, WINDOW = 50, 8
CLIENTS = [f"client-{n}" for n in range(4)]
CROWD = 75  # requests of each client in each round, half as many again as may pass
ROUNDS = 2
WATCH = 22  # seconds; longer than the rounds take


class Ctl:
    def __init__(self, redis_url, stack):
        program = os.environ.get("RATEGUARDCTL")
        assert program, "set RATEGUARDCTL to the path of rateguardctl, as ctest does"
        assert Path(program).is_file(), f"{program} is missing: build the target rateguardctl first"
        self.command = [program, "--url", redis_url]
        self.stack = stack

    def __call__(self, *arguments):
        done = subprocess.run([*self.command, *arguments], capture_output=True, text=True, timeout=20)
        assert done.returncode == 0, f"{arguments}: {done.stdout}{done.stderr}"
        return done.stdout

    def watch(self, seconds):
        """Already watching: the first line is read."""
        arguments = [*self.command, "watch", "--json", "--for", str(seconds)]
        process = subprocess.Popen(arguments, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
        self.stack.callback(process.kill)
        first = process.stdout.readline()
        assert first, process.communicate()[1]
        return process, json.loads(first)


@pytest.fixture(scope="module")
def own(tmp_path_factory):
    with RedisServer(tmp_path_factory.mktemp("redis")) as server:
        yield server


@pytest.fixture(scope="module")
def ctl(own):
    with contextlib.ExitStack() as stack:
        yield Ctl(own.url, stack)


@pytest.fixture(scope="module")
def shop(own, ctl):
    with Service("app:app", PACKAGE / "example", workers=2, RATEGUARD_URL=own.url) as service:
        yield service


def get(shop, client, path="/products"):
    answer = httpx.get(shop.url + path, headers={"X-API-Key": client}, timeout=20)
    assert "ratelimit" in answer.headers, f"failed open: {answer.headers}"
    return answer


def crowd(shop):
    """One round: all requests of all clients at once. Counts of (client, status)."""

    async def go():
        limits = httpx.Limits(max_connections=60, max_keepalive_connections=60)
        async with httpx.AsyncClient(base_url=shop.url, limits=limits, timeout=60) as http:
            turns = [client for _ in range(CROWD) for client in CLIENTS]
            answers = await asyncio.gather(*(http.get("/products", headers={"X-API-Key": who}) for who in turns))
        undecided = [answer.status_code for answer in answers if "ratelimit" not in answer.headers]
        assert not undecided, f"{len(undecided)} answers without a decision of Redis"
        return collections.Counter((who, answer.status_code) for who, answer in zip(turns, answers))

    start = time.monotonic()
    counts = asyncio.run(go())
    elapsed = time.monotonic() - start
    assert elapsed < WINDOW, f"this machine took {elapsed:.1f} s for one round, longer than the window"
    return counts


def test_every_client_gets_its_limit_and_watch_counts_the_same(shop, ctl):
    ctl("limits", "set", "api", f"{LIMIT}/{WINDOW}s")
    watch, first = ctl.watch(WATCH)
    start = time.monotonic()
    seen = collections.Counter()
    for turn in range(ROUNDS):
        counts = crowd(shop)
        for client in CLIENTS:
            assert counts[client, 200] == LIMIT, f"round {turn}: {counts}"
            assert counts[client, 429] == CROWD - LIMIT, f"round {turn}: {counts}"
        seen += counts
        if turn + 1 < ROUNDS:
            time.sleep(WINDOW)
    assert time.monotonic() - start < WATCH - 3, "the rounds took so long that watch may have missed their end"

    output, errors = watch.communicate(timeout=WATCH + 10)
    assert watch.returncode == 0, errors
    seconds = [first, *map(json.loads, output.splitlines())]
    assert not any(second.get("lost_messages") for second in seconds), "the feed itself says that it missed some"
    allowed = sum(count for (_, status), count in seen.items() if status == 200)
    rejected = sum(count for (_, status), count in seen.items() if status == 429)
    assert (allowed, rejected) == (LIMIT * len(CLIENTS) * ROUNDS, (CROWD - LIMIT) * len(CLIENTS) * ROUNDS)
    assert sum(second["allowed"] for second in seconds) == allowed
    assert sum(second["rejected"] for second in seconds) == rejected
    assert sum(second["requests"] for second in seconds) == allowed + rejected
    assert WATCH - 1 <= len(seconds) <= WATCH + 1, "one object a second"
    keys = json.dumps([second["keys"] for second in seconds])
    assert all(client in keys for client in CLIENTS)


def test_the_next_request_obeys_a_lowered_and_a_raised_limit(shop, ctl):
    ctl("limits", "set", "api", "50/min")
    used = 20
    for left in range(50 - 1, 50 - used - 1, -1):
        answer = get(shop, "edited")
        assert answer.status_code == 200
        assert answer.headers["ratelimit"].startswith(f'"api";r={left};')

    ctl("limits", "set", "api", "10/min")
    for _ in range(4):  # whichever worker it is
        answer = get(shop, "edited")
        assert (answer.status_code, answer.headers["ratelimit-policy"]) == (429, '"api";q=10;w=60')

    ctl("limits", "set", "api", "23/min")
    codes = [get(shop, "edited").status_code for _ in range(6)]
    assert codes == [200] * (23 - used) + [429] * 3


def test_list_shows_what_is_enforced(shop, ctl):
    ctl("limits", "set", "search", "5/min")
    before = {line["policy"]: line for line in json.loads(ctl("limits", "list", "--json"))}
    ctl("limits", "set", "search", "3/2s")
    after = {line["policy"]: line for line in json.loads(ctl("limits", "list", "--json"))}
    assert (before["search"]["limit"], before["search"]["window_ms"]) == (5, 60_000)
    assert (after["search"]["limit"], after["search"]["window_ms"]) == (3, 2_000)
    assert after["search"]["mode"] == "enforce"
    assert after["search"]["version"] == before["search"]["version"] + 1
    ctl("limits", "set", "api", "1000/min")
    codes = [get(shop, "searcher", "/search").status_code for _ in range(4)]
    assert codes == [200] * 3 + [429]
