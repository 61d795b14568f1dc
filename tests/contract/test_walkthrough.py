# SPDX-License-Identifier: MIT
# SPDX-FileCopyrightText: The RateGuard authors
"""Every line of «A walk-through», run as it stands in a shell, answers as the page shows."""

import os
import re
import shutil
import subprocess

import pytest
from calls import FOLDER, README

HOLES = {"<MS>": r"\d+", "<N>": r"\d+", "<TIME_US>": r"\d{16}"}


def steps():
    """(command, the lines that it must print) of the section's blocks, in order."""
    section = re.search(r"^## A walk-through$(.*?)^## ", README.read_text(), re.M | re.S).group(1)
    found = []
    for block in re.findall(r"^```sh\n(.*?)^```$", section, re.M | re.S):
        for line in block.splitlines():
            if line.startswith("$ "):
                found.append((line[2:], []))
            else:
                found[-1][1].append(line)
    return found


def answers_as(expected, output):
    pattern = "".join(HOLES.get(part, re.escape(part)) for part in re.split(r"(<[A-Z_]+>)", "\n".join(expected) + "\n"))
    return re.fullmatch(pattern, output) is not None


@pytest.mark.parametrize("shell", ["sh", "bash"])
def test_the_walk_through_answers_as_shown(session_redis, tmp_path, shell):
    client = session_redis.client
    client.flushall()
    client.execute_command("FUNCTION", "FLUSH")
    program = tmp_path / "redis-cli"
    real = shutil.which("redis-cli") or shutil.which("valkey-cli")
    assert real, "these tests need redis-cli; on Debian: apt install redis-tools"
    program.write_text(f'#!/bin/sh\nexec {real} -s {session_redis.socket} "$@"\n')
    program.chmod(0o755)
    environment = {**os.environ, "PATH": f"{tmp_path}:{os.environ['PATH']}"}

    commands = steps()
    assert len(commands) >= 15, "the page has lost its walk-through"
    for command, expected in commands:
        arguments = {"cwd": FOLDER, "env": environment, "capture_output": True, "text": True, "timeout": 20}
        run = subprocess.run([shell, "-c", command], **arguments)
        assert answers_as(expected, run.stdout), f"$ {command}\n{expected} expected:\n{run.stdout}{run.stderr}"
    names = client.keys()
    assert all(name.startswith(b"{rateguard:0}:") for name in names), names


@pytest.mark.parametrize(
    "expected, output, same",
    [
        (["1 <MS>"], "1 60000\n", True),
        (["1 <MS>"], "1 -1\n", False),
        (["1 2"], "1 3\n", False),
        (["1", ""], "1\n", False),
        (["1"], "1\n\n", False),
        (["a.b"], "axb\n", False),
        (["<TIME_US>"], "1764000000123456\n", True),
    ],
)
def test_a_line_that_differs_is_noticed(expected, output, same):
    assert answers_as(expected, output) is same
