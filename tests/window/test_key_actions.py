# SPDX-License-Identifier: GPL-3.0-or-later
# SPDX-FileCopyrightText: The RateGuard authors
"""One key from the table to its details: find it, ban it, lift that, give it a limit of its own, undo an edit, look at a piece of time."""

from waiting import until

OVERRIDES = "{rateguard:0}:overrides"


def test_a_client_is_found_banned_and_let_in_again(busy):
    redis, window = busy
    keys = window.find("table", "Keys")
    window.put(window.find("text", "Filter keys"), "client-7 requests>0")
    window.sees("1 of 20 keys")
    window.desktop.press("Return")  # to the details
    window.sees("search · client-7")
    held = lambda: redis.client.hget(OVERRIDES, b"search:client-7")  # noqa: E731

    window.click_button("Ban…")
    window.sees("Ban client-7 under search for 15 min")
    assert held() is None, "nothing is done before it is confirmed"
    window.agree("Ban client-7")
    window.says("Outcome for the key", "✓ Applied: banned")
    assert b" ban " in held()
    assert redis.check("search", b"client-7", "100/60000").split()[0::7] == [b"0", b"ban"]

    window.click_button("Lift…")
    window.agree("Lift what holds for client-7 under search")
    window.says("Outcome for the key", "✓ Lifted")
    assert held() is None
    assert redis.check("search", b"client-7", "100/60000").split()[7] == b"limit"

    window.put(window.find("text", "A limit of its own"), "2/min")
    window.click_button("Set own limit…")  # far below the limit of the policy
    window.agree("Give client-7 under search a limit of its own for 15 min")
    window.says("Outcome for the key", "✓ Applied: own limit 2/min")
    assert b" limit " in held() and held().endswith(b" 2/60000")
    window.sees("Instead of that: own limit 2/min, ends in 15 min")
    assert keys.rows == 1


def test_the_last_change_of_a_limit_is_undone(serve, ctl, open_window):
    redis = serve()
    ctl(redis, "limits", "set", "search", "100/min")
    ctl(redis, "limits", "set", "search", "7/min", "--reason", "a slip")
    window = open_window("--url", redis.url).live()
    window.choose_policy("search")
    undo = window.button("Undo last edit")
    until("the history to be read", lambda: undo.enabled)
    window.desktop.press("ctrl+z")
    window.says("Change", "search: 7/min enforce → 100/min enforce, v2 → v3")
    assert redis.limit("search") == "2 enforce log 7/60000", "an undo is a draft first"
    window.click_button("Apply…")  # more than ten times
    window.agree("Change the limit of search to 100/min enforce?")
    window.says("Outcome", "✓ Applied as v3")
    assert redis.limit("search") == "3 enforce log 100/60000"


def test_what_is_undone_is_ones_own_last_edit_of_a_key_or_a_limit(busy, ctl):
    redis, window = busy
    window.put(window.find("text", "Filter keys"), "client-7 requests>0")
    window.sees("1 of 20 keys")
    window.desktop.press("Return")
    window.sees("search · client-7")
    window.click_button("Ban…")
    window.agree("Ban client-7 under search for 15 min")
    window.says("Outcome for the key", "✓ Applied: banned")
    ctl(redis, "limits", "set", "search", "90/min", "--reason", "somebody else, since")
    window.desktop.press("ctrl+z")
    window.says("What a revert would do", "Revert: banned, ends in", "→ no override")
    revert = window.button("Revert…")
    until("the revert to be at hand", lambda: revert.focused)
    window.desktop.press("space")
    window.agree("Revert what was set for client-7")
    window.says("Outcome of the revert", "✓ Lifted")
    assert redis.client.hget(OVERRIDES, b"search:client-7") is None
    assert redis.limit("search").split()[3] == "90/60000", "nobody else's edit is undone"

    window.choose_policy("search")
    window.put(window.limit, "80")
    window.put(window.reason, "a little less")
    window.desktop.press("alt+a")
    window.says("Outcome", "✓ Applied as")
    policies = window.find("table", "Policies")
    until("the focus to leave the reason", lambda: policies.focused)
    window.desktop.press("ctrl+z")
    window.says("Change", "search: 80/min enforce → 90/min enforce")


def test_time_is_chosen_and_zoomed_by_hand(busy):
    _, window = busy
    window.desktop.click(window.find("table", "Keys").cell(0, 1))
    window.find("combo box", "Last 2 min")
    window.desktop.press("bracketright")
    window.find("combo box", "Last 5 min")
    window.desktop.press("bracketleft")
    window.find("combo box", "Last 2 min")

    charts = window.desktop.run("xdotool", "getwindowgeometry", "--shell", window.id)
    left, top = (int(charts.split(f"{name}=")[1].split()[0]) for name in ("X", "Y"))
    window.desktop.run("xdotool", "mousemove", left + 350, top + 300, "mousedown", 1, "mousemove_relative", 60, 0, "mousemove_relative", 60, 0, "mouseup", 1)
    zoomed = lambda: [it for it in window._root.everything() if it.role == "push button" and it.name.startswith("zoomed: ") and it.showing]  # noqa: E731
    until("the zoom to be told", lambda: window.alive() and zoomed())
    window.desktop.press("0")
    until("what happens now to be seen again", lambda: not zoomed())

    window.desktop.press("question")
    window.sees("hold the picture still, and go on")
