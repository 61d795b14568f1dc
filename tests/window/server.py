# SPDX-License-Identifier: GPL-3.0-or-later
# SPDX-FileCopyrightText: The RateGuard authors
"""A redis-server that tests may kill, and what can be read from it without RateGuard."""

import os

import redis

from waiting import start, tool, until

LIMITS, AUDIT, EVENTS = "{rateguard:0}:limits", "{rateguard:0}:audit", "{rateguard:0}:events"


class Server:
    """On a socket in its folder; what it holds ends with it, unless the options say otherwise."""

    def __init__(self, folder, *options, port=0, password=None):
        self.folder = folder
        self.options = ["--port", port, "--bind", "127.0.0.1", *options]
        if password:
            self.options += ["--requirepass", password]
        self.socket = folder / "redis.sock"
        self.url = f"unix://{self.socket}"
        self.client = redis.Redis(unix_socket_path=str(self.socket), password=password, socket_timeout=20)
        self._process = None

    def start(self):
        arguments = ["--unixsocket", self.socket, "--dir", self.folder, "--save", "", *self.options]
        with open(self.folder / "redis.log", "ab") as log:
            self._process = start(tool("redis-server", "redis-server"), *arguments, stdout=log, stderr=log, env={"PATH": os.environ["PATH"]})
        until("redis-server to answer", self._answers)

    def kill(self):
        if self._process:
            self._process.kill()  # SIGKILL: no chance to save
            self._process.wait()
            self._process = None

    def limit(self, policy):
        """As it stands in Redis: `VERSION MODE ALGORITHM COUNT/WINDOW_MS`."""
        return (self.client.hget(LIMITS, policy) or b"").decode()

    def last_edit(self):
        """The newest entry of the audit."""
        (_, fields), = self.client.xrevrange(AUDIT, count=1)
        return {name.decode(): value.decode() for name, value in fields.items()}

    def edits(self):
        return self.client.xlen(AUDIT)

    def check(self, policy, key, default):
        """One request, as a service makes it."""
        log = b"{rateguard:0}:log:" + policy.encode() + b":" + key
        return self.client.execute_command("FCALL", "rateguard_check", 2, LIMITS, log, policy, 1, default)

    def _answers(self):
        try:
            return self.client.ping()
        except redis.RedisError:
            return False
