# SPDX-License-Identifier: MIT
# SPDX-FileCopyrightText: The RateGuard authors
"""What must stay bounded or stay in force in the corners where it once did not."""

import pytest


def test_a_default_that_is_registered_again_keeps_the_bans(calls):
    calls.set("api", "5/60000")
    calls.override("api", "bad", "ban")
    calls.set("api", "unset")
    assert calls.check("api", "good", 1, "100/60000").allowed == 1
    assert calls.check("api", "bad", 1, "100/60000").why == "ban"


def test_who_may_only_look_pushes_nothing_out(redis, calls):
    calls.set("p", "1000/60000")
    for number in range(20):
        calls.check("p", "k")
        for partition in range(100 + 60 * number, 160 + 60 * number):
            limits = f"{{rateguard:{partition}}}:limits"
            redis.client.execute_command("FCALL_RO", "rateguard_counts", 1, limits)
            redis.client.execute_command("FCALL_RO", "rateguard_listen", 1, limits)
    written = sum(row[0] for row in calls.history("p").values())
    waiting = [int(line.split()[2]) for line in calls.counts() if line.startswith(b"p ")]
    assert written + sum(waiting) == 20


def test_a_bucket_that_is_only_remembered_does_not_turn_over(redis, calls):
    calls.set("p", "bucket 1000000000/3600000")
    calls.override("p", "k", "limit 1000000000/1")
    pipeline = redis.client.pipeline(transaction=False)
    for _ in range(43_000):  # 4.3 thousand million, beyond 2^32
        pipeline.execute_command("FCALL", "rateguard_check", 2, calls.limits, calls.log("p", "k"), "p", 100_000)
    pipeline.execute()
    calls.override("p", "k", "none")
    assert calls.check("p", "k").allowed == 0


def test_a_large_bucket_becomes_a_log_of_a_bearable_size(redis, calls):
    calls.set("p", "bucket 1000000000/6000")
    for _ in range(25):
        calls.check("p", "k", 100_000)
    calls.set("p", "log 100/6000")
    assert calls.check("p", "k").allowed == 0
    assert redis.client.llen(calls.log("p", "k")) <= 1_000_000


def test_a_log_under_an_override_with_a_short_window_stays_bounded(redis, calls):
    calls.set("p", "100/86400000")
    calls.override("p", "k", "limit 1000/5")
    for _ in range(300):
        calls.check("p", "k", 400)
    assert redis.client.llen(calls.log("p", "k")) <= 1250
    calls.override("p", "k", "none")
    assert calls.check("p", "k").allowed == 0


@pytest.mark.parametrize("mode", ["off 0", "shadow 0", "enforce 0"])
def test_a_time_of_nothing_is_not_for_ever(calls, mode):
    calls.set("p", "5/1000")
    with pytest.raises(Exception, match="INVALID"):
        calls.set("p", "", mode)
    assert calls.limit_text("p") == "1 enforce log 5/1000"


def test_there_is_always_a_version_left(calls):
    calls.set("p", "5/1000")
    assert calls.copy("p", "4503599627370496 enforce log 6/1000") == 1
    assert calls.set("p", "7/1000").version == 4503599627370497
    with pytest.raises(Exception, match="BADLIMIT|INVALID"):
        calls.copy("p", "9007199254740991 enforce log 1/1")


def test_a_name_without_a_key_harms_nobody(redis, calls):
    calls.set("p", "5/1000")
    calls.listen()
    odd = calls.tag + ":log:" + "p" * 400
    answer = redis.client.execute_command("FCALL", "rateguard_check", 2, calls.limits, odd, "p")
    assert answer.startswith(b"1 ")
