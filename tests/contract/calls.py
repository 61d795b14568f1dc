# SPDX-License-Identifier: MIT
# SPDX-FileCopyrightText: The RateGuard authors
"""The calls of resources/redis/README.md as plain functions."""

from pathlib import Path
from typing import NamedTuple

FOLDER = Path(__file__).resolve().parents[2] / "resources" / "redis"
README = FOLDER / "README.md"
LIBRARY = FOLDER / "rateguard.lua"


def load(client):
    """The shipped library, fresh: what an earlier one remembered is gone."""
    client.execute_command("FUNCTION", "FLUSH")
    client.execute_command("FUNCTION", "LOAD", LIBRARY.read_bytes())


class Decision(NamedTuple):
    allowed: int
    remaining: int
    retry: int
    reset: int
    limit: int
    window: int
    version: int
    why: str

    @classmethod
    def of(cls, line):
        *numbers, why = line.split()
        return cls(*map(int, numbers), why.decode())


class Edit(NamedTuple):
    """What rateguard_set and rateguard_override answer."""

    outcome: str
    version: int
    new: str
    old: str
    time_us: int

    @classmethod
    def of(cls, answer):
        outcome, version, new, old, time_us = answer
        return cls(outcome.decode(), version, new.decode(), old.decode(), int(time_us))


class Calls:
    def __init__(self, client, prefix="rateguard", partition=0):
        self.client, self.tag = client, f"{{{prefix}:{partition}}}"
        self.limits, self.audit = f"{self.tag}:limits", f"{self.tag}:audit"
        self.events, self.changes = f"{self.tag}:events", f"{self.tag}:changes"
        self.overrides, self.unset_hash = f"{self.tag}:overrides", f"{self.tag}:unset"

    def log(self, policy, key):
        return f"{self.tag}:log:{policy}:".encode() + (key.encode() if isinstance(key, str) else key)

    def check(self, policy, key, *more):
        return Decision.of(self.fcall("check", [self.limits, self.log(policy, key)], policy, *more))

    def peek(self, policy, key, *more):
        return Decision.of(self.read("peek", [self.limits, self.log(policy, key)], policy, *more))

    def set(self, policy, limit, mode="", expected="", author="test", reason="test", *floor):
        arguments = policy, limit, mode, expected, author, reason, *floor
        return Edit.of(self.fcall("set", [self.limits, self.audit], *arguments))

    def copy(self, policy, text):
        return self.fcall("copy", [self.limits], policy, text)

    def override(self, policy, key, what, for_ms=0, expected="", author="test", reason="test"):
        return Edit.of(self.fcall("override", [self.limits], policy, key, what, for_ms, expected, author, reason))

    def reset(self, policy, key, author="test", reason="test"):
        return self.fcall("reset", [self.limits, self.log(policy, key)], policy, author, reason)

    def unchecked(self, policy, count):
        return self.fcall("unchecked", [self.limits], policy, count)

    def listen(self):
        return self.read("listen", [self.limits])

    def counts(self):
        return self.read("counts", [self.limits])

    def fcall(self, name, keys, *arguments):
        return self.client.execute_command("FCALL", f"rateguard_{name}", len(keys), *keys, *arguments)

    def read(self, name, keys, *arguments):
        return self.client.execute_command("FCALL_RO", f"rateguard_{name}", len(keys), *keys, *arguments)

    # ------------------------------------------------------------------ what the page says is read by hand

    def limit_text(self, policy):
        return (self.client.hget(self.limits, policy) or b"").decode()

    def audit_entries(self):
        """Oldest first."""
        return [fields for _, fields in reversed(self.client.xrevrange(self.audit))]

    def history(self, policy):
        """(hour, minute) -> [allowed, rejected, would reject, unchecked]"""
        begin = f"{self.tag}:history:{policy}:".encode()
        rows = {}
        for name in self.client.scan_iter():
            if name.startswith(begin):
                for minute, counts in self.client.hgetall(name).items():
                    rows[int(name[len(begin) :]), int(minute)] = [int(count) for count in counts.split()]
        return rows

    def decided(self, policy):
        """Sums of the history and of what rateguard_counts adds."""
        rows = list(self.history(policy).values())
        rows += [[int(n) for n in line.split()[2:]] for line in self.counts() if line.split()[0] == policy.encode()]
        return [sum(column) for column in zip(*rows)] if rows else [0, 0, 0, 0]

    def time_ms(self):
        seconds, micros = self.client.time()
        return seconds * 1000 + micros // 1000
