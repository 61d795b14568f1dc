# SPDX-License-Identifier: MIT
# SPDX-FileCopyrightText: The RateGuard authors
"""Modes, bans, exemptions and a key's own limit act at once, and end by server time with no program running."""

import pytest
from processes import wait_for

SPAN = 150


def end_of(text):
    """The server time at which a limit's mode, or an override, ends."""
    for word in text.split():
        if word.startswith("until:"):
            return int(word.split(":")[1])
    return int(text.split()[2])


def pass_by(calls, ms):
    """Lets server time pass without a call of any function."""
    wait_for(lambda: calls.time_ms() > ms + 1, "server time to pass")


@pytest.mark.parametrize("algorithm", ["log", "bucket"])
def test_modes_are_what_the_table_says(calls, algorithm):
    calls.set("p", f"{algorithm} 2/60000")
    assert [calls.check("p", "k")[:3] for _ in range(2)] == [(1, 1, 0), (1, 0, 0)]
    refused = calls.check("p", "k")
    assert refused.allowed == 0 and 0 < refused.retry == refused.reset
    calls.set("p", "", "shadow")
    over = calls.check("p", "k")
    assert over.allowed == 1 and over.retry > 0 and over.why == "limit"
    assert [calls.check("p", "new").retry for _ in range(2)] == [0, 0]
    assert calls.check("p", "new").retry > 0
    calls.set("p", "", "off")
    assert calls.check("p", "k") == (1, 2, 0, 0, 2, 60000, 3, "off")
    calls.set("p", "", "enforce")
    assert calls.check("p", "k").allowed == 0
    assert calls.check("p", "never", 3)[:4] == (0, 2, -1, -1)


@pytest.mark.parametrize("mode", ["shadow", "off"])
def test_a_timed_mode_ends_by_itself(calls, mode):
    calls.set("p", "1/60000")
    calls.check("p", "k")
    edit = calls.set("p", "", f"{mode} {SPAN}")
    end = end_of(edit.new)
    assert end == edit.time_us // 1000 + SPAN
    assert f" until:{end}:enforce" in edit.new
    assert calls.check("p", "k").allowed
    pass_by(calls, end)
    assert calls.check("p", "k").allowed == 0
    assert calls.peek("p", "k").allowed == 0


def test_a_timed_mode_acts_until_its_millisecond_and_not_longer(calls):
    calls.set("p", "1/60000")
    calls.check("p", "k")
    end = end_of(calls.set("p", "", f"off {SPAN}").new)
    while True:
        before, allowed, after = calls.time_ms(), calls.check("p", "k").allowed, calls.time_ms()
        # The cheap clock may be a millisecond beside.
        assert allowed or after >= end - 1
        assert not allowed or before <= end + 1
        if not allowed:
            break


def test_timed_modes_on_top_of_each_other_end_in_what_was_there_before_all(calls):
    calls.set("p", "1/60000")
    calls.set("p", "", "shadow 600000")
    third = calls.set("p", "", f"off {SPAN}")
    assert third.new.split()[1] == "off" and third.new.split()[4].endswith(":enforce")
    # An edit of the limit leaves the timed mode alone.
    fourth = calls.set("p", "2/60000")
    assert end_of(fourth.new) == end_of(third.new) and fourth.new.split()[1] == "off"
    pass_by(calls, end_of(third.new))
    assert [calls.check("p", "k").allowed for _ in range(3)] == [1, 1, 0]
    # A mode that has ended is not what the next one goes back to.
    fifth = calls.set("p", "", "shadow 1000")
    assert f"until:{fifth.time_us // 1000 + 1000}:enforce" in fifth.new
    assert "until:" not in calls.set("p", "", "shadow").new
    sixth = calls.set("p", "", f"enforce {SPAN}")
    assert sixth.new.split()[1] == "enforce" and ":shadow" in sixth.new
    pass_by(calls, end_of(sixth.new))
    over = calls.check("p", "k")
    assert over.allowed and over.retry > 0


@pytest.mark.parametrize("last", ["limit 9/1000", "ban", "exempt", "limit 9/10"])
def test_a_longer_window_of_its_own_leaves_nothing_wrong_behind(calls, last):
    """Whatever the override was in the end: requests that have left the policy's window do not stand in REMAINING."""
    calls.set("p", "5/100")
    start = calls.time_ms()
    calls.override("p", "k", "limit 9/1000")
    assert [calls.check("p", "k").why for _ in range(4)] == ["override"] * 4
    calls.override("p", "k", last)
    calls.override("p", "k", "none")
    pass_by(calls, start + 1850)  # the log ends 2000 ms after its first stamp
    assert calls.check("p", "k") == (1, 4, 0, 100, 5, 100, 1, "limit")


@pytest.mark.parametrize("algorithm", ["log", "bucket"])
@pytest.mark.parametrize("what", ["ban", "exempt", "limit 1/60000", "limit 9/1000 50/60000"])
def test_an_override_ends_by_itself(calls, algorithm, what):
    why = "override" if what.startswith("limit") else what
    calls.set("p", f"{algorithm} 3/60000")
    edit = calls.override("p", "k", what, SPAN)
    end = end_of(edit.new)
    assert end == edit.time_us // 1000 + SPAN
    assert calls.check("p", "k").why == why == calls.peek("p", "k").why
    assert calls.check("p", "other").why == "limit"
    pass_by(calls, end)
    assert calls.check("p", "k").why == "limit" == calls.peek("p", "k").why
    # What was admitted under a limit of its own counts; a ban or an exemption left nothing.
    assert calls.check("p", "k").remaining == (0 if why == "override" else 1)


def test_a_ban_tells_when_it_ends(calls):
    calls.set("p", "3/60000")
    end = end_of(calls.override("p", "k", "ban", 5000).new)
    before = calls.time_ms()
    told = calls.check("p", "k")
    assert told.allowed == 0 and told.remaining == 0 and told.retry == told.reset
    assert end - calls.time_ms() - 1 <= told.retry <= end - before + 1
    calls.override("p", "k", "ban")
    assert calls.check("p", "k")[:4] == (0, 0, -1, -1)
    calls.set("p", "", "shadow")
    assert calls.check("p", "k")[:4] == (1, 0, -1, -1)
    calls.override("p", "k", "none")
    assert calls.check("p", "k").why == "limit"


def test_a_request_counts_until_its_window_has_passed(calls, dice):
    """Retry after is exact: refused before, admitted from then on."""
    calls.set("p", f"3/{SPAN}")
    for _ in range(5):
        key = f"{dice.random()}"
        assert [calls.check("p", key).allowed for _ in range(3)] == [1, 1, 1]
        before = calls.time_ms()
        told = calls.check("p", key)
        if told.allowed:  # this machine was too slow: the first has left already
            continue
        due = calls.time_ms() + told.retry
        while (now := calls.time_ms()) < before + told.retry - 2:
            answered = calls.check("p", key)
            assert answered.allowed == 0 or calls.time_ms() >= before + told.retry - 1, (now, answered, told)
            if answered.allowed:
                break
        pass_by(calls, due)
        assert calls.check("p", key).allowed
