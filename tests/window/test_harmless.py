# SPDX-License-Identifier: GPL-3.0-or-later
# SPDX-FileCopyrightText: The RateGuard authors
"""What the window must never do: write when it may only watch, believe what a client calls itself, tell a password."""

import os
import time

import pytest

from leaks import PASSWORD, leaks
from server import EVENTS, LIMITS
from waiting import until


def test_a_read_only_window_writes_nothing(serve, ctl, traffic, open_window):
    redis = serve()
    untouched = open_window("--url", redis.url, "--read-only").live()
    assert redis.client.execute_command("FUNCTION", "LIST") == [], "not even the library"
    assert redis.client.dbsize() == 0
    untouched.close()

    ctl(redis, "limits", "set", "search", "100/min")
    traffic(redis)
    window = open_window("--url", redis.url, "--read-only").live()
    window.sees("20 keys")
    window.choose_policy("search")
    window.sees("READ-ONLY")
    window.sees("Read-only: this session may only watch.")
    assert not window.limit.enabled
    assert not window.button("Apply").enabled
    assert not window.button("New policy…").enabled
    window.desktop.click(window.limit, across=0.25)
    window.desktop.type("5")
    window.desktop.press("Return", "alt+a")
    window.desktop.click(window.button("Apply"))
    window.choose_policy("search")  # comes after all that
    assert window.limit.value == 100
    assert redis.client.hgetall(LIMITS) == {b"search": b"1 enforce log 100/60000"}
    assert redis.edits() == 1


@pytest.fixture
def trap(folder):
    """A file that nobody can open without waiting for ever."""
    path = folder / "trap.png"
    os.mkfifo(path)
    return path


def test_keys_made_by_an_enemy_are_only_text(serve, open_window, ctl, trap):
    redis = serve()
    ctl(redis, "limits", "set", "hostile", "3/h")
    image = f'<img src="file://{trap}"><b>'
    redis.client.hset(LIMITS, "broken", "\x1b[31m" + image)
    window = open_window("--url", redis.url).live()
    shown = {
        image.encode(): image,
        b"<table><tr><td>&lt;": "<table><tr><td>&lt;",
        b"long" + b"x" * 1_000_000: "longxxx",
        "exe\u202egnp.\u2066ok".encode(): "exe\\u{202E}gnp.\\u{2066}ok",
        b"bad \xff\xfe\xc3( utf-8": "bad \\xFF\\xFE\\xC3( utf-8",
        b"two\nlines\r\t": "two\\nlines\\r\\t",
        b"\x1b[31mred\x1b[2J\x07": "\\x1B[31mred\\x1B[2J\\x07",
        b"null\0byte": "null\\x00byte",
        "zero\u200bwidth".encode(): "zero\\u{200B}width",
        b"%s%n%1 %2": "%s%n%1 %2",
    }
    for _ in range(5):
        for key in shown:
            redis.check("hostile", key, "3/3600000")
    for garbage in (b"RG\x09 from the future", b"\xff" * 100_000, b""):
        redis.client.publish(EVENTS, garbage)

    window.sees(f"{len(shown)} keys")
    window.sees("3 malformed messages")
    keys = window.find("table", "Keys")
    cells = keys.column(1)
    for key, text in shown.items():
        fits = [cell for cell in cells if cell == text or "…" in cell and cell.startswith(text[:20])]
        assert len(fits) == 1, f"{text!r} in {cells}"
    assert max(map(len, cells)) < 200
    assert set(keys.column(0)) == {"hostile"}
    policies = window.find("table", "Policies")
    assert [policies.cell(0, column).name for column in (0, 2)] == ["broken", "broken"]
    assert policies.cell(0, 1).name.startswith("\\x1B[31m<img src="), policies.cell(0, 1).name

    # Each once selected: its name stands over the chart. And the worst once under the mouse.
    slowest = 0.0
    window.desktop.click(keys.cell(0, 1))
    until("the table to be in focus", lambda: keys.focused)
    for row in range(len(shown)):
        begun = time.monotonic()
        window.sees("hostile · " + keys.cell(row, 1).name[:20])
        slowest = max(slowest, time.monotonic() - begun)
        window.desktop.press("Down")
    window.put(window.find("text", "Filter keys"), "<img")
    window.sees(f"1 of {len(shown)} keys")
    window.desktop.point(keys.cell(0, 1))
    window.find("tool tip", f"hostile · {image}")
    window.choose_policy("hostile")
    window.put(window.limit, "4")
    window.click_button("Apply")
    window.says("Outcome", "✓ Applied as v2")
    print(f"with hostile keys each step took at most {1000 * slowest:.0f} ms")
    assert slowest < 10
    assert redis.limit("hostile") == "2 enforce log 4/3600000"


def test_the_password_is_told_to_redis_only(serve, open_window, port):
    redis = serve(port=port, password=PASSWORD)
    address = f"127.0.0.1:{port}"
    window = open_window(RATEGUARD_URL=f"redis://:{PASSWORD}@{address}").live()
    window.says("Connection", address)
    assert address in window.title()
    assert leaks(window) == []
    settings = list(window.config.rglob("*.conf"))
    assert settings and address in settings[0].read_text(), "the address is remembered"

    # Wrong, and told so.
    redis.client.config_set("requirepass", "another")
    redis.client.client_kill_filter(_type="normal", skipme=True)
    redis.client.client_kill_filter(_type="pubsub")
    window.says("Connection", "Refused")
    window.says("Trouble", address, "refused the connection", "user and password")
    assert leaks(window) == []

    # Typed into the window.
    window.click_button("Connect…")
    field = window.find("text", "Redis address")
    redis.client.config_set("requirepass", PASSWORD)
    window.put(field, f"redis://:{PASSWORD}@{address}")
    window.desktop.press("Return")
    window.live()
    assert leaks(window) == []
    window.close()
    assert PASSWORD not in window.said() + settings[0].read_text()
