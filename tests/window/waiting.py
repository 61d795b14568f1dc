# SPDX-License-Identifier: GPL-3.0-or-later
# SPDX-FileCopyrightText: The RateGuard authors
"""Waiting is always polling with a deadline, and processes never outlive the tests."""

import shutil
import subprocess
import time

PATIENCE = 30  # seconds, for a machine that is busy with other things


def until(what, probe, patience=PATIENCE):
    """Asks until the answer counts as true, and returns it."""
    deadline = time.monotonic() + patience
    while True:
        answer = probe()
        if answer:
            return answer
        assert time.monotonic() < deadline, f"waited {patience} s in vain for: {what() if callable(what) else what}"
        time.sleep(0.02)


def tool(name, package):
    path = shutil.which(name) or shutil.which(name, path="/usr/libexec:/usr/lib/at-spi2-core")
    assert path, f"this test needs {name}; on Debian: apt install {package}"
    return path


def start(*command, **options):
    """A child that ends when we do, even when we are killed."""
    guarded = [tool("setpriv", "util-linux"), "--pdeathsig", "KILL", "--", *map(str, command)]
    return subprocess.Popen(guarded, **{"stdin": subprocess.DEVNULL, **options})


def stop(process):
    process.terminate()
    try:
        process.wait(10)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()
