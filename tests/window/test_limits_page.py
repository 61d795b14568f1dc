# SPDX-License-Identifier: GPL-3.0-or-later
# SPDX-FileCopyrightText: The RateGuard authors
"""The page of all limits: typed into the table, and everything let through for a time."""

import re

from waiting import until


def test_a_limit_typed_into_the_table_is_a_draft_first(serve, ctl, open_window):
    redis = serve()
    ctl(redis, "limits", "set", "search", "100/min")
    window = open_window("--url", redis.url).live()
    window.choose_policy("search")
    press, type_ = window.desktop.press, window.desktop.type

    window.desktop.click(window.find("table", "Policies").cell(0, 1))
    press("F2")
    press("ctrl+a")
    type_("90/min, 3000/h")  # what is in a table is not looked for: see Element.everything
    press("Return")
    window.says("Change", "search: 100/min enforce → 90/min 3000/h enforce, v1 → v2")
    assert redis.limit("search") == "1 enforce log 100/60000", "a draft is no edit"
    window.click_button("Apply")
    window.says("Outcome", "✓ Applied as v2")
    assert redis.limit("search").split()[:4] == "2 enforce log 90/60000".split()


def test_everything_is_let_through_for_a_time_and_ended(serve, ctl, open_window):
    redis = serve()
    ctl(redis, "limits", "set", "api", "10/s")
    ctl(redis, "limits", "set", "search", "100/min", "--mode", "shadow")
    ctl(redis, "limits", "set", "upload", "5/min")
    window = open_window("--url", redis.url).live()
    window.choose_policy("search")

    window.click_button("Let everything through…")
    go = window.button("Let everything through 2 policies")  # shadow mode rejects nothing already
    until("a reason to be asked for", lambda: go.showing and not go.enabled)
    window.put(window.find("text", "Reason for letting everything through"), "the limiter rejects payments")
    assert redis.edits() == 3, "nothing is done before it was listed and said yes to"
    window.click_button("Let everything through 2 policies")
    window.sees("2 of 2 applied")
    window.click_button("Close")
    for policy, limit in {"api": "10/1000", "upload": "5/60000"}.items():
        words = redis.limit(policy).split()
        assert words[:4] == ["2", "off", "log", limit] and re.fullmatch(r"until:\d+:enforce", words[4]), words
    assert redis.last_edit()["reason"] == "the limiter rejects payments"
    assert redis.limit("search") == "1 shadow log 100/60000"

    window.says("Let through", "2 of 3 policies let everything through until", "(15 min left)", "api, upload (off, then enforce)", "Set by ")
    window.page("Overview")
    window.says("Let through", "2 of 3 policies let everything through until")  # on every page
    window.click_button("End now…")
    window.click_button("End 2 now")
    window.sees("2 of 2 applied")
    assert redis.limit("api") == "3 enforce log 10/1000"
    assert redis.limit("upload") == "3 enforce log 5/60000"
