# SPDX-License-Identifier: MIT
# SPDX-FileCopyrightText: The RateGuard authors
"""Real HTTP against two uvicorn workers that share one Redis."""

import asyncio
import collections
import itertools
import time

import httpx
import pytest

clients = itertools.count()


@pytest.fixture
def client():
    """A client that no other test has used up."""
    return {"X-Client": f"client-{next(clients)}"}


@pytest.fixture(autouse=True)
def clean(redis):
    return redis


def crowd(service, path, count, headers):
    """`count` requests at the same time, each on a connection of its own."""

    async def go():
        limits = httpx.Limits(max_connections=count, max_keepalive_connections=0)
        async with httpx.AsyncClient(base_url=service.url, limits=limits, timeout=60) as http:
            return await asyncio.gather(*(http.get(path, headers=headers) for _ in range(count)))

    return asyncio.run(go())


def test_a_crowd_on_two_workers_gets_exactly_the_limit(two_workers):
    # The kernel deals out connections as it likes: on a busy machine one worker may get a whole crowd.
    deadline = time.monotonic() + 60
    workers = set()
    while len(workers) < 2:
        assert time.monotonic() < deadline, "for a minute, every crowd went to one of the two workers alone"
        answers = crowd(two_workers, "/exact", 150, {"X-Client": f"crowd-{next(clients)}"})
        codes = collections.Counter(answer.status_code for answer in answers)
        assert codes == {200: 37, 429: 113}
        admitted = [answer for answer in answers if answer.status_code == 200]
        left = sorted(int(answer.headers["ratelimit"].split(";r=")[1].split(";")[0]) for answer in admitted)
        assert left == list(range(37)), "each admission left one less"
        workers = {answer.json() for answer in admitted}


def test_clients_do_not_disturb_each_other(two_workers):
    for name in ("x", "y"):
        answers = crowd(two_workers, "/exact", 50, {"X-Client": name})
        assert sum(answer.status_code == 200 for answer in answers) == 37


def test_an_edit_acts_on_the_very_next_request(two_workers, client, redis):
    assert two_workers.get("/exact", headers=client).headers["ratelimit-policy"].startswith('"exact";q=37;w=60')
    for version, (limit, status, left) in enumerate(
        [("1/60000", 429, 0), ("3/60000", 200, 1), ("2/60000", 429, 0), ("4/60000", 200, 1)], start=2
    ):
        redis.set_limit("exact", limit)
        answer = two_workers.get("/exact", headers=client)
        assert answer.status_code == status, f"version {version}"
        assert answer.headers["ratelimit-policy"].startswith(f'"exact";q={limit.split("/")[0]};w=60')
        assert f";r={left};" in answer.headers["ratelimit"].split(",")[0]


def test_waiting_for_retry_after_is_enough(two_workers, client):
    answers = [two_workers.get("/short", headers=client) for _ in range(6)]
    assert [answer.status_code for answer in answers] == [200] * 5 + [429]
    wait = int(answers[-1].headers["retry-after"])
    assert 1 <= wait <= 2
    assert two_workers.get("/short", headers=client).status_code == 429
    time.sleep(wait)
    assert two_workers.get("/short", headers=client).status_code == 200


def test_a_blocking_endpoint_does_not_stop_the_others(two_workers, client):
    start = time.monotonic()
    answers = crowd(two_workers, "/blocking", 12, client)
    elapsed = time.monotonic() - start
    assert [answer.json() for answer in answers] == [False] * 12
    assert elapsed < 1.6, "one after the other on two workers takes 1.8 s at least"


def test_hostile_header_values_are_only_keys(two_workers, redis):
    async def go():
        async with httpx.AsyncClient(base_url=two_workers.url) as http:
            for value in (b"\xff\xfe", b"{x}:limits", b"'; FLUSHALL", b"k" * 10_000):
                answer = await http.get("/short", headers={b"X-Client": value})
                assert answer.status_code == 200 and ";r=4;" in answer.headers["ratelimit"]

    asyncio.run(go())
    names = redis.client.keys("{rateguard:0}:log:short:*")
    assert len(names) == 4 and max(map(len, names)) < 300


def test_a_forged_address_is_ignored_over_http(two_workers):
    left = [
        two_workers.get("/pid", headers={"X-Forwarded-For": f"6.6.6.{n}"}).headers["ratelimit"] for n in range(3)
    ]
    assert [field.split(";")[1] for field in left] == ["r=99999", "r=99998", "r=99997"]
