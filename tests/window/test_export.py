# SPDX-License-Identifier: GPL-3.0-or-later
# SPDX-FileCopyrightText: The RateGuard authors
"""What is on screen, taken out of the window: files and the clipboard."""

import csv
import json

from waiting import until

EVIL = b"=cmd|' /C calc'!A1,\"\xff"


def export(window, path, overwrite=False):
    """Answers the dialog, by keyboard only."""
    window.desktop.press("ctrl+s")
    name = until("the dialog to ask for a name", lambda: window.alive() and window.focused("text", other_than="Filter keys"))
    window.desktop.press("ctrl+a")
    window.desktop.type(str(path))
    until(lambda: f"the name to be typed; there is {name.text}", lambda: name.text == str(path))
    if window.focused("list"):
        window.desktop.press("Escape")  # names to choose from have popped up, and would take the next key
    window.desktop.press("Return")
    if overwrite:
        window.sees("already exists")
        window.desktop.press("alt+y")


def test_keys_and_charts_are_written_as_they_are_seen(serve, ctl, traffic, open_window, folder):
    redis = serve()
    ctl(redis, "limits", "set", "search", "100/min")
    traffic(redis, keys=20)
    window = open_window("--url", redis.url).live()
    keys, search = window.find("table", "Keys"), window.find("text", "Filter keys")
    for _ in range(3):
        redis.check("search", EVIL, "100/60000")
    window.sees("21 keys")
    window.desktop.click(keys.cell(0, 1))
    until("the table to be in focus", lambda: keys.focused)
    window.desktop.press("space")
    window.says("Pause", "Paused")

    window.put(search, "!client-1")
    window.sees("10 of 21 keys")
    seen = keys.column(1)
    export(window, folder / "keys.csv")
    window.says("Done", "✓ 10 keys written to", "keys.csv")
    rows = list(csv.DictReader((folder / "keys.csv").read_text(encoding="utf-8").splitlines()))
    assert [row["key"].removeprefix("'") for row in rows] == seen
    assert "'=cmd|' /C calc'!A1,\"\\xFF" in [row["key"] for row in rows]
    assert {row["limit"] for row in rows} == {"100"}

    export(window, folder / "keys.jsonl")
    window.says("Done", "keys.jsonl")
    objects = [json.loads(line) for line in (folder / "keys.jsonl").read_text(encoding="utf-8").splitlines()]
    assert [it["key"] for it in objects] == seen
    assert EVIL in [bytes.fromhex(it["key_hex"]) for it in objects if "key_hex" in it]

    export(window, folder / "charts.png")
    window.says("Done", "The charts written to")
    assert (folder / "charts.png").read_bytes().startswith(b"\x89PNG")

    # A disk that is full.
    (folder / "full.csv").symlink_to("/dev/full")
    export(window, folder / "full.csv", overwrite=True)
    window.sees("No space left on device. Free some space there, or choose another place.")
    window.desktop.press("Return")

    # The clipboard, seen where it is pasted.
    window.desktop.press("slash", "Escape")
    until("all keys to be back", lambda: keys.rows == 21)
    window.desktop.press("Down", "Home", "shift+Down", "ctrl+c")
    window.says("Done", "✓ 2 keys copied")
    copied = keys.column(1)[:2]
    window.desktop.press("slash", "ctrl+v")
    until("the rows to be pasted", lambda: all(f"search\t{key}\t" in search.text for key in copied))
