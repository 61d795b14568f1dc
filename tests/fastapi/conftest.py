# SPDX-License-Identifier: MIT
# SPDX-FileCopyrightText: The RateGuard authors
"""What the tests share: a Redis of their own, and uvicorn processes. Nothing is skipped when it is missing."""

import contextlib
import sys
from pathlib import Path

import pytest

HERE = Path(__file__).resolve().parent
PACKAGE = HERE.parent.parent / "resources" / "fastapi"
sys.path[:0] = [str(PACKAGE), str(HERE)]

from processes import RedisServer, Service  # noqa: E402


@pytest.fixture(scope="session")
def session_redis(tmp_path_factory):
    with RedisServer(tmp_path_factory.mktemp("redis")) as server:
        yield server


@pytest.fixture
def redis(session_redis):
    """A running Redis without data."""
    session_redis.client.flushall()
    return session_redis


@pytest.fixture
def own_redis(tmp_path):
    """A Redis that a test may stop, freeze and lose."""
    with RedisServer(tmp_path) as server:
        yield server


@pytest.fixture(scope="session")
def two_workers(session_redis):
    """service.py behind two uvicorn processes."""
    with Service("service:app", HERE, workers=2, RATEGUARD_URL=session_redis.url) as service:
        yield service


@pytest.fixture
def serve():
    """Starts service.py anew: serve(RATEGUARD_URL=..., ...)."""
    with contextlib.ExitStack() as stack:
        yield lambda **environment: stack.enter_context(Service("service:app", HERE, **environment))
