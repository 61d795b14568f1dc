# SPDX-License-Identifier: GPL-3.0-or-later
# SPDX-FileCopyrightText: The RateGuard authors
"""Without a mouse: where the keys go after connecting, between pages and in the actions for a key."""

from waiting import until


def test_keys_do_what_is_said_of_them_from_the_first_moment(serve, ctl, traffic, open_window):
    redis = serve()
    for policy, limit in {"api": "10/s", "search": "100/min"}.items():
        ctl(redis, "limits", "set", policy, limit)
    traffic(redis, keys=20)
    window = open_window("--url", redis.url).live()
    window.sees("20 keys")
    press = window.desktop.press
    keys, policies = window.find("table", "Keys"), window.find("table", "Policies")

    # After connecting: no combo has the focus.
    until("the table of keys to be in focus", lambda: keys.focused)
    press("space")
    window.says("Pause", "Paused")
    press("ctrl+1", "space")
    until("the pill to be gone", lambda: not window.find("label", description="Pause").showing)

    # A key of search is chosen; on Limits, E is about the policy that is shown.
    press("ctrl+2", "Down")
    window.page("Limits")
    until("the table of policies to be in focus", lambda: policies.focused)
    press("Home", "Up", "Up", "Up")
    window.sees("Limit of api")
    press("e")
    until("the limit to be in focus", lambda: window.limit.focused)
    window.sees("Limit of api")

    # From the page of keys it is about the key's.
    window.page("Keys")
    until("the table of keys to be in focus", lambda: keys.focused)
    press("e")
    window.sees("Limit of search")
    window.page("History")
    until("the edits to be in focus", lambda: window.find("table", "Edits").focused)


def test_a_time_is_chosen_and_typed_by_keyboard(busy):
    redis, window = busy
    window.desktop.press("Down", "Return")  # to the details of the first key
    span = window.find("combo box", "15 min")
    until("the details", lambda: span.showing)
    window.tab_to(span)
    window.desktop.press("alt+Down", "End", "Return")
    amount = window.find("spin box", "Time to hold")
    until("the field of the time to be in focus", lambda: amount.focused)
    window.desktop.type("10min")
    assert span.name == "a time…", span.name
    window.click_button("Ban…")
    window.sees("for 10 min")
    window.agree("Ban ")
    window.says("Outcome for the key", "✓ Applied: banned")
    until("the usual time to be back", lambda: span.name == "15 min")
