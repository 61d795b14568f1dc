# SPDX-License-Identifier: GPL-3.0-or-later
# SPDX-FileCopyrightText: The RateGuard authors
"""See, change, prove: edits by mouse and by keyboard, read back from Redis."""

import os
import pwd
import re

from waiting import until


def test_an_edit_by_mouse_reaches_redis_the_next_decision_and_the_audit(serve, ctl, traffic, open_window):
    redis = serve()
    ctl(redis, "limits", "set", "api", "10/s")
    ctl(redis, "limits", "set", "search", "100/min")
    traffic(redis)
    window = open_window("--url", redis.url).live()

    window.choose_policy("search")
    until("the limit of search in the editor", lambda: window.limit.value == 100)
    window.says("Change", "search: 100/min enforce, v1")
    assert not window.button("Apply").enabled, "there is nothing to apply yet"

    window.put(window.limit, "50")
    window.says("Change", "search: 100/min enforce → 50/min enforce, v1 → v2")
    window.put(window.reason, "the scraper, again")
    assert redis.limit("search") == "1 enforce log 100/60000", "a draft is no edit"
    window.click_button("Apply")

    outcome = window.says("Outcome", "✓ Applied as v2 in", "First decision under v2 came", "later")
    assert re.fullmatch(r"✓ Applied as v2 in .+\. First decision under v2 came .+ later\.", outcome), outcome
    print(outcome)
    assert redis.limit("search") == "2 enforce log 50/60000"
    assert redis.limit("api") == "1 enforce log 10/1000"
    entry = redis.last_edit()
    assert (entry["policy"], entry["version"], entry["reason"]) == ("search", "2", "the scraper, again")
    assert entry["author"].startswith(pwd.getpwuid(os.geteuid()).pw_name + "@")
    assert ("100/60000" in entry["old"], "50/60000" in entry["new"]) == (True, True)

    # Window and mode as well; what is chosen from a list, with the mouse.
    window.put(window.span, "30")
    window.pick(window.find("combo box", "min"), "s")
    window.pick(window.find("combo box", "Enforce: reject what is over"), "Shadow: admit all, only report")
    window.says("Change", "search: 50/min enforce → 50/30s shadow, v2 → v3")
    window.click_button("Apply…")  # nothing is rejected any more
    window.agree("Change the limit of search to 50/30s shadow?")
    window.says("Outcome", "✓ Applied as v3")
    assert redis.limit("search").split()[:4] == "3 shadow log 50/30000".split()

    # What was started and thought better of.
    window.put(window.limit, "7")
    window.says("Change", "→ 7/30s shadow")
    window.click_button("Discard changes")
    until("the limit to be as it was", lambda: window.limit.value == 50)
    assert redis.limit("search").split()[:4] == "3 shadow log 50/30000".split()


def test_everything_can_be_done_without_a_mouse(serve, ctl, traffic, open_window):
    redis = serve()
    ctl(redis, "limits", "set", "search", "100/min")
    traffic(redis, keys=30)
    window = open_window("--url", redis.url).live()
    press, type_ = window.desktop.press, window.desktop.type
    keys, search = window.find("table", "Keys"), window.find("text", "Filter keys")
    window.sees("30 keys")

    press("slash")
    until("the filter to be in focus", lambda: search.focused)
    type_("client-2")
    until("the filter to be typed", lambda: search.text == "client-2")
    window.sees("11 of 30 keys")
    assert sorted(keys.column(1)) == sorted(f"client-{n}" for n in [2, *range(20, 30)])
    press("Escape")
    window.sees("30 keys")
    assert search.text == ""
    type_("policy:search client-17")
    window.sees("1 of 30 keys")
    press("Down")
    until("the table to be in focus", lambda: keys.focused)
    press("Down", "Up")
    window.sees("search · client-17")  # over the chart
    press("slash", "Escape")
    window.sees("30 keys")

    window.tab_to(keys)
    press("e")  # the limit that the chosen key is under
    window.sees("Limit of search")
    until("the limit to be in focus", lambda: window.limit.focused)
    press("ctrl+a")
    type_("60")
    window.says("Change", "100/min enforce → 60/min enforce")
    window.tab_to(window.reason)
    type_("by keyboard")
    assert window.button("Apply").key == "Alt+A"
    press("alt+a")
    window.says("Outcome", "✓ Applied as v2", "First decision")
    assert redis.limit("search") == "2 enforce log 60/60000"
    assert redis.last_edit()["reason"] == "by keyboard"

    press("shift+Tab")
    window.tab_to(window.limit)
    press("Up", "Up")
    window.says("Change", "60/min enforce → 62/min enforce")
    press(window.button("Discard changes").key.lower())
    until("the limit to be as it was", lambda: window.limit.value == 60)

    # A second window, and the same for ten minutes only.
    assert window.button("Add window").key == "Alt+W"
    press("alt+w")
    second = window.find("spin box", "Limit 2")
    until("the new count to be in focus", lambda: second.focused)
    type_("1000")
    window.says("Change", "60/min enforce → 60/min 1000/h enforce")
    press("alt+a")
    window.sees("Change the limit of search to 60/min 1000/h enforce?")  # less than a third in the long run: a large step
    cancel, go = window.button("Cancel"), window.button("Yes, do it")
    until("the harmless answer to be in focus", lambda: cancel.focused)
    press("Tab")
    until("the other answer to be in focus", lambda: go.focused)
    press("space")
    window.says("Outcome", "✓ Applied as v3")
    assert redis.limit("search").split()[:5] == "3 enforce log 60/60000 1000/3600000".split()

    mode = window.find("combo box", "Enforce: reject what is over")
    window.tab_to(mode)
    press("Down")
    window.tab_to(window.find("combo box", "until it is changed"))
    press("Down")
    window.says("Change", "→ 60/min 1000/h shadow for 10 min")
    press("alt+a")
    window.sees("Change the limit of search to 60/min 1000/h shadow for 10 min?")
    press("Tab", "space")
    window.says("End of the mode", "Now shadow, ends in 10 min, then enforce.")
    words = redis.limit("search").split()
    assert words[:3] == "4 shadow log".split() and re.fullmatch(r"until:\d+:enforce", words[5]), words

    take_away, keep = window.button("Take the limit away…"), window.button("Keep it")
    press(take_away.key.lower())
    until("the harmless answer to be in focus", lambda: keep.focused)
    press("Escape")
    until("the question to be gone", lambda: not keep.showing)
    assert redis.limit("search").startswith("4 shadow")
    press(take_away.key.lower())
    until("the question to be asked again", lambda: keep.focused)
    press(window.button("Yes, take it away").key.lower())
    window.says("Outcome", "✓ The limit was taken away, as v5.")
    until("a service to register its default again", lambda: redis.limit("search").startswith("6 enforce log 100/60000"))
    press("ctrl+q")
    until("the program to end", lambda: window.process.poll() is not None)
    assert window.process.returncode == 0, window.said()
    assert redis.edits() == 5
