# SPDX-License-Identifier: MIT
# SPDX-FileCopyrightText: The RateGuard authors
"""Clients that ask one server until it fails them and then the other, and remember what they were told."""

import threading
import time
from typing import NamedTuple

import redis
from calls import Calls, Decision


class Admitted(NamedTuple):
    server: int
    before: int  # offset of the server's replication before the call
    after: int
    waited: bool  # a replica said that it has it
    at: float


class Client(threading.Thread):
    """Asks for its own keys, one call at a time. What befalls it other than a lost server is in `complaints`."""

    def __init__(self, number, servers, policy, wait):
        super().__init__(daemon=True)
        self.keys = [f"client {number} key {i}" for i in range(3)]
        self.admitted = {key: [] for key in self.keys}
        self.servers, self.policy, self.wait = servers, policy, wait
        self.unknown, self.complaints, self.moves, self.ended = 0, [], 0, False
        self.asked = [0, 0]

    def run(self):
        turn, current, client = 0, 0, self._connect(0)
        while not self.ended:
            key = self.keys[turn % len(self.keys)]
            turn += 1
            try:
                before, told, answer, after = self._ask(client, key)
            except (redis.ConnectionError, redis.TimeoutError):
                self.unknown += 1  # it may have been admitted, or not
                told = None
            if told is None or isinstance(told, redis.ReadOnlyError):
                self.moves += 1
                current = 1 - current
                client.close()
                client = self._connect(current)
                time.sleep(0.005)  # as a client would, between two attempts to connect
            elif isinstance(told, Exception):
                self.complaints.append(f"{type(told).__name__}: {told}")
            elif Decision.of(told).allowed:
                self.asked[current] += 1
                self.admitted[key].append(Admitted(current, before, after, answer == 1, time.monotonic()))

    def all_admitted(self):
        return [one for key in self.keys for one in self.admitted[key]]

    def _connect(self, current):
        return redis.Redis(unix_socket_path=str(self.servers[current].socket), socket_timeout=5)

    def _ask(self, client, key):
        calls = Calls(client)
        pipe = client.pipeline(transaction=False)
        pipe.info("replication")
        pipe.execute_command("FCALL", "rateguard_check", 2, calls.limits, calls.log(self.policy, key), self.policy)
        if self.wait:
            pipe.execute_command("WAIT", 1, 1000)
        pipe.info("replication")
        answers = pipe.execute(raise_on_error=False)
        offsets = [answers[i]["master_repl_offset"] if isinstance(answers[i], dict) else 0 for i in (0, -1)]
        return offsets[0], answers[1], answers[2] if self.wait else None, offsets[1]


class Crowd:
    def __init__(self, servers, policy, clients=4, wait=False):
        self.clients = [Client(number, servers, policy, wait) for number in range(clients)]

    def __enter__(self):
        for client in self.clients:
            client.start()
        return self

    def __exit__(self, *_):
        for client in self.clients:
            client.ended = True
        for client in self.clients:
            client.join(10)

    def asked(self, server):
        """How many calls the client that called least was answered by this server."""
        return min(client.asked[server] for client in self.clients)
