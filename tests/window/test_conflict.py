# SPDX-License-Identifier: GPL-3.0-or-later
# SPDX-FileCopyrightText: The RateGuard authors
"""Two operators, one limit."""

import os
import signal

from waiting import until


def test_a_draft_that_was_overtaken_is_told_and_never_applied_by_itself(serve, ctl, open_window):
    redis = serve()
    ctl(redis, "limits", "set", "search", "100/min")
    window = open_window("--url", redis.url).live()
    window.choose_policy("search")
    window.put(window.limit, "50")

    ctl(redis, "limits", "set", "search", "80/min", "--reason", "the other operator")
    window.sees("Changed to 80/min enforce by someone else, v2.")
    apply = window.button("Apply")
    until("Apply to wait for a decision", lambda: not apply.enabled)
    assert window.limit.value == 50, "the draft is kept"
    window.desktop.press("alt+a")
    window.click_button("Keep mine")  # comes after the key
    window.says("Change", "search: 80/min enforce → 50/min enforce, v2 → v3")
    assert redis.limit("search") == "2 enforce log 80/60000", "nothing is written before Apply"
    window.click_button("Apply")
    window.says("Outcome", "✓ Applied as v3")
    assert redis.limit("search") == "3 enforce log 50/60000"
    assert redis.last_edit()["old"].startswith("2 enforce log 80/60000")

    window.put(window.limit, "20")
    ctl(redis, "limits", "set", "search", "70/min")
    window.sees("Changed to 70/min enforce by someone else, v4.")
    window.click_button("Take theirs")
    until("their limit in the editor", lambda: window.limit.value == 70)
    assert redis.limit("search") == "4 enforce log 70/60000"
    assert redis.edits() == 4


def test_an_edit_that_is_overtaken_in_that_very_moment_changes_nothing(serve, ctl, open_window):
    redis = serve()
    ctl(redis, "limits", "set", "search", "100/min")
    window = open_window("--url", redis.url).live()
    window.choose_policy("search")
    window.put(window.limit, "50")
    apply = window.button("Apply")
    until("Apply to be ready", lambda: apply.enabled)
    window.desktop.point(apply)  # while it can still say where it is

    os.kill(window.process.pid, signal.SIGSTOP)
    try:
        ctl(redis, "limits", "set", "search", "80/min")
        window.desktop.run("xdotool", "click", 1)
    finally:
        os.kill(window.process.pid, signal.SIGCONT)
    window.sees("80/min enforce")
    window.sees("someone else")
    assert window.limit.value == 50, "the draft is kept"
    assert redis.limit("search") == "2 enforce log 80/60000"
    assert redis.edits() == 2
