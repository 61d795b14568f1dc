# SPDX-License-Identifier: MIT
# SPDX-FileCopyrightText: The RateGuard authors
"""redis-server and uvicorn as children of the tests."""

import os
import shutil
import signal
import socket
import subprocess
import sys
import time
from pathlib import Path

import httpx
import redis


class RedisServer:
    """On a Unix socket, or on `port`; nothing is saved."""

    def __init__(self, folder, *options):
        self.folder, self.options = Path(folder), options
        self.program = shutil.which("redis-server") or shutil.which("valkey-server")
        assert self.program, "these tests need redis-server; on Debian: apt install redis-server"
        self.socket = self.folder / "redis.sock"
        self.url = f"unix://{self.socket}"
        self.client = redis.Redis(unix_socket_path=str(self.socket), socket_timeout=10)
        self.process = None

    def __enter__(self):
        self.start()
        return self

    def __exit__(self, *_):
        self.stop()

    def start(self):
        arguments = ["--port", "0", "--unixsocket", self.socket, "--save", "", "--dir", self.folder, *self.options]
        self.process = subprocess.Popen([self.program, *map(str, arguments)], stdout=subprocess.DEVNULL)
        wait_for(lambda: self.socket.exists() and self._answers(), "redis-server to answer")

    def stop(self):
        if self.process:
            self.process.kill()
            self.process.wait()
            self.process = None
            self.socket.unlink(missing_ok=True)

    def freeze(self):
        self.process.send_signal(signal.SIGSTOP)

    def thaw(self):
        self.process.send_signal(signal.SIGCONT)

    def set_limit(self, policy, limit, mode="", tag="{rateguard:0}"):
        """As an editor does it."""
        keys = f"{tag}:limits", f"{tag}:audit"
        answer = self.client.execute_command("FCALL", "rateguard_set", 2, *keys, policy, limit, mode, "", "test", "test")
        assert answer[0] == b"applied", answer

    def override(self, policy, key, what, for_ms="", tag="{rateguard:0}"):
        """A key's own limit, ban or exemption; 'none' takes it away."""
        call = "FCALL", "rateguard_override", 1, f"{tag}:limits", policy, key, what, for_ms, "", "test", "test"
        answer = self.client.execute_command(*call)
        assert answer[0] == b"applied", answer

    def unchecked(self, policy, tag="{rateguard:0}"):
        """How many requests services say they admitted by themselves, in the history and on the way there."""
        names = self.client.keys(f"{tag}:history:{policy}:*")
        minutes = [minute.split() for name in names for minute in self.client.hvals(name)]
        for line in self.client.execute_command("FCALL_RO", "rateguard_counts", 1, f"{tag}:limits"):
            name, _, *counts = line.split()
            minutes += [counts] if name == policy.encode() else []
        return sum(int(counts[3]) for counts in minutes)

    def _answers(self):
        try:
            return self.client.ping()
        except redis.AuthenticationError:
            return True
        except redis.ConnectionError:
            return False


class Service:
    """An application under uvicorn, on a free port; its output is in `log`."""

    def __init__(self, app, folder, workers=1, **environment):
        with socket.socket() as probe:
            probe.bind(("127.0.0.1", 0))
            self.port = probe.getsockname()[1]
        self.url = f"http://127.0.0.1:{self.port}"
        package = Path(__file__).resolve().parents[2] / "resources" / "fastapi"
        self.environment = {
            **os.environ,
            "PYTHONPATH": f"{package}:{folder}",
            "PYTHONDONTWRITEBYTECODE": "1",
            **{name: str(value) for name, value in environment.items()},
        }
        # Without --no-proxy-headers uvicorn itself would believe what 127.0.0.1 says in X-Forwarded-For.
        options = ["--port", str(self.port), "--workers", str(workers), "--no-access-log", "--no-proxy-headers"]
        self.command = [sys.executable, "-m", "uvicorn", *options, app]
        self.log = ""

    def __enter__(self):
        self.process = subprocess.Popen(
            self.command, env=self.environment, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True
        )
        try:
            wait_for(self._is_up, f"{' '.join(self.command)} to answer")
        except BaseException:
            self.__exit__()
            print(self.log)
            raise
        return self

    def __exit__(self, *_):
        if self.process.poll() is None:
            self.process.terminate()
        try:
            self.log += self.process.communicate(timeout=20)[0]
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.log += self.process.communicate()[0]

    def stop(self):
        self.__exit__()
        return self.log

    def get(self, path, **options):
        return httpx.get(self.url + path, timeout=20, **options)

    def _is_up(self):
        assert self.process.poll() is None, "uvicorn ended at once"
        try:
            return httpx.get(self.url + "/health", timeout=20).status_code == 200
        except httpx.TransportError:
            return False


def wait_for(condition, what, seconds=30.0):
    end = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < end, f"waited {seconds:g} s for {what}"
        time.sleep(0.02)
