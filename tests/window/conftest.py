# SPDX-License-Identifier: GPL-3.0-or-later
# SPDX-FileCopyrightText: The RateGuard authors
"""What the tests of the window share. Nothing is skipped when it is missing."""

import os
import shutil
import socket
import subprocess
import sys
import tempfile
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).resolve().parent))

from desktop import Desktop  # noqa: E402
from keyring import Keyring  # noqa: E402
from server import Server  # noqa: E402
from waiting import start, stop  # noqa: E402
from window import Window  # noqa: E402

APP = Path(os.environ["RATEGUARD_APP_DIR"]).resolve()
PICTURES = Path(os.environ["RATEGUARD_PICTURES"])


@pytest.fixture(scope="session")
def program():
    """Where a program was built: program("rateguardctl")."""
    def program(name):
        path = APP / name
        assert path.is_file(), f"{path} is not built"
        return path

    return program


@pytest.fixture(scope="session")
def desktop():
    folder = Path(tempfile.mkdtemp(prefix="rateguard-window-"))  # short: socket names have little room
    try:
        with Desktop(folder) as running:
            yield running
    finally:
        shutil.rmtree(folder, ignore_errors=True)


@pytest.fixture
def folder():
    path = Path(tempfile.mkdtemp(prefix="rateguard-window-"))
    yield path
    shutil.rmtree(path, ignore_errors=True)


@pytest.fixture
def serve(folder):
    """Starts a Redis: serve("--appendonly", "yes")."""
    servers = []

    def serve(*options, **more):
        server = Server(folder, *options, **more)
        servers.append(server)
        server.start()
        return server

    yield serve
    for server in servers:
        server.kill()


@pytest.fixture
def port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


@pytest.fixture
def ctl(program):
    """Runs rateguardctl as another operator does."""
    def ctl(server, *arguments):
        command = [program("rateguardctl"), *arguments, "--url", server.url]
        return subprocess.run([*map(str, command)], check=True, stdout=subprocess.PIPE, timeout=30, text=True).stdout

    return ctl


@pytest.fixture
def traffic(folder, program):
    """Requests through the real limiter, until the end of the test."""
    running = []

    def traffic(server, policy="search", rate=100, keys=20):
        with open(folder / "simulate.log", "ab") as log:
            command = [program("rateguardctl"), "simulate", "--url", server.url, "--policy", policy, "--rate", rate, "--keys", keys, "--for", 900]
            running.append(start(*command, stdout=log, stderr=log))

    yield traffic
    for process in running:
        stop(process)


@pytest.fixture
def keyring(desktop):
    running = Keyring(desktop)
    yield running
    running.stop()


@pytest.fixture
def open_window(desktop, folder, program):
    """Opens a dashboard: open_window("--url", url)."""
    windows = []

    def open_window(*arguments, **environment):
        window = Window(desktop, program("rateguard"), folder, *arguments, **environment)
        windows.append(window)
        return window

    yield open_window
    for window in windows:
        window.close()


@pytest.fixture
def busy(serve, ctl, traffic, open_window):
    """A Redis with a limit and the traffic of 20 keys under it, and a window that shows them all."""
    redis = serve()
    ctl(redis, "limits", "set", "search", "100/min")
    traffic(redis, keys=20)
    window = open_window("--url", redis.url).live()
    window.sees("20 keys")
    return redis, window


@pytest.hookimpl(hookwrapper=True)
def pytest_runtest_makereport(item, call):
    """A picture of what the screen showed when a test failed."""
    outcome = yield
    report = outcome.get_result()
    desktop = item.funcargs.get("desktop") if hasattr(item, "funcargs") else None
    if report.failed and desktop:
        picture = PICTURES / f"{item.name}.png"
        try:
            desktop.picture(picture)
            report.sections.append(("picture", str(picture)))
        except (OSError, subprocess.SubprocessError) as error:
            report.sections.append(("no picture", str(error)))
