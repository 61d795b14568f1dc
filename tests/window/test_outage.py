# SPDX-License-Identifier: GPL-3.0-or-later
# SPDX-FileCopyrightText: The RateGuard authors
"""Redis dies under the running window, and comes back."""

import time

from waiting import until


def test_three_deaths_of_redis_cost_neither_limits_nor_the_draft(serve, ctl, traffic, open_window):
    redis = serve("--appendonly", "yes", "--appendfsync", "always")
    ctl(redis, "limits", "set", "search", "100/min")
    traffic(redis)
    window = open_window("--url", redis.url).live()
    window.choose_policy("search")
    window.put(window.limit, "50")
    window.click_button("Apply")
    window.says("Outcome", "✓ Applied as v2", "First decision")
    window.put(window.limit, "33")
    window.put(window.reason, "still thinking")
    connection = window.find("label", description="Connection")
    requests = window.find("label", description="Requests/s")

    for death in range(3):
        killed = time.monotonic()
        redis.kill()
        until("the window to notice", lambda: "Live" not in connection.name)
        noticed = time.monotonic() - killed
        window.says("Trouble", "is lost", "What you see is from before.")
        window.sees("Not connected. Your draft is kept.")
        assert not window.button("Apply").enabled
        assert noticed < 2, f"it took {noticed:.2f} s to notice"

        redis.start()
        answered = time.monotonic()
        window.live()
        back = time.monotonic() - answered
        print(f"death {death + 1}: noticed after {1000 * noticed:.0f} ms, back {1000 * back:.0f} ms after Redis")
        until("the trouble to be over", lambda: not window.find("label", description="Trouble").showing)
        until("requests to be counted again", lambda: requests.name not in ("0", "–"))
        assert redis.limit("search") == "2 enforce log 50/60000"
        assert (window.limit.value, window.reason.text) == (33, "still thinking")
        window.says("Change", "search: 50/min enforce → 33/min enforce, v2 → v3")

    window.click_button("Apply")
    window.says("Outcome", "✓ Applied as v3", "First decision")
    assert redis.limit("search") == "3 enforce log 33/60000"
    assert redis.last_edit()["reason"] == "still thinking"


def test_limits_that_redis_forgot_are_restored_with_one_click(serve, ctl, open_window):
    redis = serve()
    ctl(redis, "limits", "set", "api", "10/s", "--mode", "shadow")
    for count in (100, 90, 50):
        ctl(redis, "limits", "set", "search", f"{count}/min")
    window = open_window("--url", redis.url).live()
    window.choose_policy("search")

    redis.kill()
    redis.start()
    window.says("Trouble", "Redis forgot 2 limits: api, search.")
    assert redis.client.dbsize() == 0, "nothing is restored unasked"
    window.click_button("Restore 2 limits…")
    window.agree("Restore 2 limits?")
    until("the limits to be back", lambda: redis.limit("api") and redis.limit("search"))
    assert redis.limit("search") == "4 enforce log 50/60000"
    assert redis.limit("api") == "2 shadow log 10/1000"
    until("the trouble to be over", lambda: not window.find("label", description="Trouble").showing)
    assert "restored" in redis.last_edit()["reason"]
