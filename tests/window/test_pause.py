# SPDX-License-Identifier: GPL-3.0-or-later
# SPDX-FileCopyrightText: The RateGuard authors
"""Hold still: the picture stops, reading does not, and what was missed is there on resume."""

import re
import time

from waiting import until


def test_space_pauses_drawing_but_not_reading(busy, traffic):
    redis, window = busy
    keys, search = window.find("table", "Keys"), window.find("text", "Filter keys")
    window.desktop.click(keys.cell(0, 1))
    until("the table to be in focus", lambda: keys.focused)

    window.desktop.press("space")
    window.says("Pause", "Paused · ", "s behind · Space resumes")
    still = [keys.cell(row, column).name for row in range(20) for column in range(8)]
    traffic(redis, policy="late", keys=5)
    until("another policy's requests in Redis", lambda: redis.client.keys(b"*:late:*"))
    label = window.says("Pause", "Paused · 3 s behind")
    assert [keys.cell(row, column).name for row in range(20) for column in range(8)] == still
    assert keys.rows == 20
    count = re.compile(r"Paused · (\d+) s")
    counted = int(count.match(label)[1])
    until("the seconds to be counted on", lambda: int(count.match(window.says("Pause", "Paused"))[1]) > counted)

    # Filter and selection work on what stands still; in a field, Space is only a space.
    window.put(search, "client-1 policy:search")
    window.sees("11 of 20 keys")
    window.says("Pause", "Paused")
    window.desktop.press("Escape", "Down", "Down")
    until("the table to be in focus", lambda: keys.focused)
    window.sees("20 keys")

    window.desktop.press("space")
    resumed = time.monotonic()
    window.sees("25 keys")
    print(f"after the pause all was there in {1000 * (time.monotonic() - resumed):.0f} ms")
    assert "late" in keys.column(0)
    until("the pill to be gone", lambda: not window.find("label", description="Pause").showing)

    # The button does the same.
    window.click_button("Pause")
    window.says("Pause", "Paused · ")
    window.desktop.press("space")  # it has the focus
    until("the pill to be gone", lambda: not window.find("label", description="Pause").showing)
