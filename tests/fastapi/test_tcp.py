# SPDX-License-Identifier: MIT
# SPDX-FileCopyrightText: The RateGuard authors
"""The same over TCP, whose connections redis-py makes of another class."""

import asyncio
import shutil
import socket
import subprocess
import sys

import pytest
from conftest import PACKAGE
from processes import RedisServer

from rateguard import RateGuard


@pytest.fixture
def tcp_redis(tmp_path):
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    with RedisServer(tmp_path, "--port", str(port)) as server:
        server.tcp_url = f"redis://127.0.0.1:{port}/0"
        yield server


def test_decides_from_the_first_request_on(tcp_redis):
    async def go():
        guard = RateGuard(tcp_redis.tcp_url)
        decisions = [await guard.check("p", "k", default="3/min") for _ in range(5)]
        together = await asyncio.gather(*(guard.check("p", "other", default="3/min") for _ in range(20)))
        await guard.close()
        return decisions, together

    decisions, together = asyncio.run(go())
    assert [d.allowed for d in decisions] == [True, True, True, False, False]
    assert [d.why for d in decisions] == ["limit"] * 5
    assert sum(d.allowed for d in together) == 3


def test_comes_back_after_an_outage(tcp_redis):
    async def go():
        guard = RateGuard(tcp_redis.tcp_url, pause=0.01)
        before = await guard.check("p", "k", default="3/min")
        tcp_redis.stop()
        during = await guard.check("p", "k", default="3/min")
        tcp_redis.start()
        for _ in range(200):
            after = await guard.check("p", "k", default="3/min")
            if after.why == "limit":
                break
            await asyncio.sleep(0.01)
        await guard.close()
        return before, during, after

    before, during, after = asyncio.run(go())
    assert (before.why, during.why, after.why) == ("limit", "unavailable", "limit")
    assert during.allowed


def test_a_copy_of_the_folder_is_the_whole_package(tcp_redis, tmp_path):
    shutil.copytree(PACKAGE / "rateguard", tmp_path / "copy" / "rateguard", symlinks=True)
    code = "import rateguard.library as l; print(l.shipped()[0])"
    run = subprocess.run([sys.executable, "-c", code], cwd=tmp_path / "copy", capture_output=True, text=True, env={"PATH": "/usr/bin"})
    assert run.returncode == 0 and int(run.stdout) >= 2, run.stderr
