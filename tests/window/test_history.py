# SPDX-License-Identifier: GPL-3.0-or-later
# SPDX-FileCopyrightText: The RateGuard authors
"""What was changed, found and taken back; and who is looked at first, chosen with the header of the table."""

from waiting import until


def test_an_edit_is_reverted_from_the_history(serve, ctl, open_window):
    redis = serve()
    ctl(redis, "limits", "set", "search", "100/min")
    ctl(redis, "limits", "set", "search", "7/min", "--reason", "a slip")
    window = open_window("--url", redis.url).live()
    window.page("History")
    edits = window.find("table", "Edits")
    until("both edits", lambda: edits.rows == 2)
    window.desktop.click(edits.cell(0, 2))
    window.sees("limit of search, v2")
    window.sees("“a slip”")
    window.put(window.find("text", "Reason for the revert"), "back to what it was")
    assert redis.limit("search") == "2 enforce log 7/60000"
    window.click_button("Revert…")
    window.agree("Revert the limit of search to what it was before v2")
    window.says("Outcome of the revert", "✓ Applied as v3")
    assert redis.limit("search") == "3 enforce log 100/60000"
    assert redis.last_edit()["reason"] == "back to what it was"
    until("the revert in the list", lambda: edits.rows == 3)
    window.sees("limit of search, v2")  # the selection stays with its edit


def test_a_click_on_the_header_sorts_and_another_turns_it_round(busy):
    _, window = busy
    keys = window.find("table", "Keys")
    names = sorted(f"client-{n}" for n in range(1, 21))

    def click_header(right):
        x, y, _, height = keys.cell(0, 1).area()
        window.desktop.run("xdotool", "mousemove", x + right, y - height // 2, "click", 1)

    def seen():
        column = keys.column(1)
        return column if len(column) == 20 else None

    click_header(20)
    first = until("the keys by name", lambda: window.alive() and seen() in (names, names[::-1]) and seen())
    click_header(80)  # two at one place would be a double click
    until("the keys the other way round", lambda: window.alive() and seen() == first[::-1])
