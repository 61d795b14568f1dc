# SPDX-License-Identifier: MIT
# SPDX-FileCopyrightText: The RateGuard authors
"""What the tests share: a Redis of their own with the library in it. Nothing is skipped when it is missing."""

import os
import random
import sys
from pathlib import Path

import pytest

HERE = Path(__file__).resolve().parent
sys.path[:0] = [str(HERE), str(HERE.parent / "fastapi")]

from calls import Calls, load  # noqa: E402
from processes import RedisServer  # noqa: E402


@pytest.fixture(scope="session")
def session_redis(tmp_path_factory):
    with RedisServer(tmp_path_factory.mktemp("redis")) as server:
        yield server


@pytest.fixture
def redis(session_redis):
    """A running Redis that holds nothing but the library, which remembers nothing."""
    session_redis.client.flushall()
    load(session_redis.client)
    session_redis.client.config_resetstat()
    return session_redis


@pytest.fixture
def calls(redis):
    """The functions, for partition 0 of the usual prefix."""
    return Calls(redis.client)


@pytest.fixture
def dice():
    """Chance; RATEGUARD_SEED repeats it."""
    seed = int(os.environ.get("RATEGUARD_SEED", random.SystemRandom().randrange(1 << 32)))
    print(f"RATEGUARD_SEED={seed}")
    return random.Random(seed)
