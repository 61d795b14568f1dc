# SPDX-License-Identifier: MIT
# SPDX-FileCopyrightText: The RateGuard authors
"""Edits are compare-and-set, leave an audit entry each, and never go back in version."""

import threading

import pytest
import redis as redis_py
from calls import Calls

AUTHORS, EDITS = 8, 40


def compete(edit):
    """Each author edits until EDITS of its edits were applied -> all answers"""
    answers = []

    def work(author):
        applied = 0
        while applied < EDITS:
            answer = edit(author, applied)
            answers.append(answer)
            applied += answer.outcome == "applied"

    threads = [threading.Thread(target=work, args=(f"author {number}",)) for number in range(AUTHORS)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return answers


def follow_each_other(answers, entries):
    """Every applied edit replaced what the one before it had made, and the audit tells the same."""
    applied = sorted((a for a in answers if a.outcome == "applied"), key=lambda a: a.version)
    assert [a.version for a in applied] == list(range(1, AUTHORS * EDITS + 1))
    assert [a.old for a in applied] == [""] + [a.new for a in applied[:-1]]
    written = [(int(e[b"version"]), e[b"old"].decode(), e[b"new"].decode()) for e in entries]
    assert written == [(a.version, a.old, a.new) for a in applied]
    for answer in answers:
        if answer.outcome == "conflict":
            assert answer.old == "" and answer.new.split()[0] == str(answer.version)


def test_nobody_loses_an_edit_silently(redis, calls):
    def edit(author, number):
        mine = Calls(redis.client)
        seen = mine.limit_text("p")
        count = int(seen.split()[3].split("/")[0]) if seen else 0
        return mine.set("p", f"{count + 1}/1000", "", seen.split()[0] if seen else "0", author, f"number {number}")

    answers = compete(edit)
    assert any(answer.outcome == "conflict" for answer in answers), "nobody was in anybody's way"
    follow_each_other(answers, calls.audit_entries())
    # Each raised the count by one: were one lost, it would be lower.
    assert calls.limit_text("p") == f"{AUTHORS * EDITS} enforce log {AUTHORS * EDITS}/1000"


def test_nobody_loses_an_override_silently(redis, calls):
    calls.set("p", "5/1000")

    def edit(author, number):
        mine = Calls(redis.client)
        seen = (redis.client.hget(mine.overrides, "p:k") or b"0").decode()
        return mine.override("p", "k", f"limit {number + 1}/1000", 0, seen.split()[0], author, "")

    follow_each_other(compete(edit), calls.audit_entries()[1:])


def test_an_edit_is_written_down_with_author_and_reason(calls):
    author, reason = "Jörg@büro 🔑" + "x" * 100, "because\nof " + "y" * 900
    edit = calls.set("p", "bucket 5/1000", "shadow", "0", author, reason)
    calls.override("p", b"\x00\xff key", "ban", 0, "0", author, reason)
    calls.reset("p", b"\x00\xff key", author, reason)
    first, second, third = calls.audit_entries()
    ours = {b"policy": b"p", b"author": author.encode(), b"reason": reason.encode()}
    assert first == {**ours, b"version": b"1", b"old": b"", b"new": b"1 shadow bucket 5/1000"}
    assert second == {**ours, b"key": b"\x00\xff key", b"version": b"1", b"old": b"", b"new": b"1 ban 0"}
    assert third == {**ours, b"key": b"\x00\xff key", b"version": b"0", b"old": b"", b"new": b"reset"}
    (identity, _), *_ = reversed(calls.client.xrevrange(calls.audit))
    assert abs(int(identity.split(b"-")[0]) - edit.time_us // 1000) <= 1


def test_the_audit_does_not_grow_for_ever(redis, calls):
    pipe = redis.client.pipeline(transaction=False)
    for number in range(11000):
        pipe.execute_command("FCALL", "rateguard_set", 2, calls.limits, calls.audit, "p", "5/1000", "", "", "a", number)
    pipe.execute()
    assert 10000 <= redis.client.xlen(calls.audit) <= 10300
    assert calls.audit_entries()[-1][b"version"] == b"11000"


def test_undo_is_an_edit_like_any_other(calls):
    calls.set("p", "5/1000 100/60000", "shadow")
    second = calls.set("p", "bucket 7/1000", "enforce", "1")
    _, mode, limit = second.old.split(" ", 2)
    undone = calls.set("p", limit, mode, "2", "test", "undo")
    assert undone.new.startswith("3 shadow log 5/1000 100/60000") and undone.old == second.new
    assert calls.set("p", limit, mode, "2", "test", "undo again").outcome == "conflict"
    assert len(calls.audit_entries()) == 3


def test_a_conflict_changes_nothing(calls):
    calls.set("p", "5/1000")
    for expected in "0", "2", "99", "one", "1.5", "nan":
        answer = calls.set("p", "9/1000", "", expected)
        assert answer[:4] == ("conflict", 1, "1 enforce log 5/1000", "")
    assert calls.set("absent", "9/1000", "", "1")[:4] == ("conflict", 0, "", "")
    calls.override("p", "k", "ban")
    assert calls.override("p", "k", "exempt", 0, "0")[:4] == ("conflict", 1, "1 ban 0", "")
    assert calls.override("p", "other", "exempt", 0, "1")[:4] == ("conflict", 0, "", "")
    assert len(calls.audit_entries()) == 2 and calls.limit_text("absent") == ""


def test_a_version_never_goes_back(calls):
    for round_ in range(4):
        assert calls.set("p", "5/1000").version == 2 * round_ + 1
        gone = calls.set("p", "unset", "", str(2 * round_ + 1))
        assert gone[:3] == ("applied", 2 * round_ + 2, "") and calls.limit_text("p") == ""
    assert calls.client.hget(calls.unset_hash, "p").startswith(b"8 ")
    assert calls.check("p", "k", 1, "5/1000").version == 9
    assert calls.set("p", "", "off", "9", "test", "test", 40).version == 41
    assert calls.set("p", "", "off", "41", "test", "test", 7).version == 42
    # An override's neither.
    assert calls.override("p", "k", "ban").version == 1
    assert calls.override("p", "k", "none").version == 2
    assert calls.override("p", "k", "ban", 0, "0").version == 3


def test_what_stays_and_what_goes_when_a_part_is_left_empty(calls):
    assert calls.set("p", "bucket 5/1000").new == "1 enforce bucket 5/1000"
    assert calls.set("p", "6/1000").new == "2 enforce bucket 6/1000"
    assert calls.set("p", "", "shadow").new == "3 shadow bucket 6/1000"
    assert calls.set("p", "log 7/1000", "").new == "4 shadow log 7/1000"
    assert calls.set("p", "0000007/001000", "enforce").new == "5 enforce log 7/1000"


def test_a_copy_is_written_when_it_is_newer(redis, calls):
    copy = Calls(redis.client, partition=1)
    first = calls.set("p", "5/1000")
    assert (copy.copy("p", first.new), copy.copy("p", first.new)) == (1, 0)
    second = calls.set("p", "", "shadow 60000")
    assert copy.copy("p", second.new) == 1 and copy.limit_text("p") == second.new
    assert copy.copy("p", first.new) == 0 and copy.limit_text("p") == second.new
    gone = calls.set("p", "unset")
    assert (copy.copy("p", f"{gone.version} unset"), copy.copy("p", f"{gone.version} unset")) == (1, 0)
    assert copy.limit_text("p") == "" and copy.copy("p", second.new) == 0
    assert copy.copy("p", calls.set("p", "6/1000").new) == 1
    assert copy.check("p", "k").version == 4
    # What does not reach a partition in time is not overtaken by its own default.
    other = Calls(redis.client, partition=2)
    assert other.check("p", "k", 1, "9/1000").version == 1 and other.copy("p", calls.limit_text("p")) == 1
    assert other.check("p", "k").limit == 6
    assert redis.client.xlen(copy.audit) == 0


def test_a_copy_keeps_its_own_overrides(redis, calls):
    copy = Calls(redis.client, partition=1)
    copy.copy("p", calls.set("p", "5/1000").new)
    copy.override("p", "k", "ban")
    assert copy.copy("p", calls.set("p", "6/1000").new) == 1
    assert copy.check("p", "k").why == "ban" and not calls.limit_text("p").endswith(" keys")
    calls.override("p", "other", "ban")
    assert Calls(redis.client, partition=2).copy("p", calls.limit_text("p")) == 1
    assert "keys" not in Calls(redis.client, partition=2).limit_text("p").split()


def test_words_that_are_not_known_are_ignored(calls):
    calls.client.hset(calls.limits, "p", "7 enforce log 2/60000 colour:blue settled:1 new=x")
    assert [calls.check("p", "k").version for _ in range(3)] == [7] * 3
    assert calls.peek("p", "k").allowed == 0
    assert calls.set("p", "", "off", "7").version == 8
    calls.client.hset(calls.limits, "p", "9 enforce sieve 2/60000")
    with pytest.raises(redis_py.ResponseError, match="^BADLIMIT .*'p' holds '9 enforce sieve 2/60000'.*set it again"):
        calls.check("p", "k")
    assert calls.set("p", "3/1000", "", "9").version == 10


def test_reset_forgets_what_a_key_has_used(calls):
    for algorithm in "log", "bucket":
        calls.set("p", f"{algorithm} 2/60000")
        assert [calls.check("p", algorithm).allowed for _ in range(40)] == [1, 1] + [0] * 38
        assert (calls.reset("p", algorithm), calls.reset("p", algorithm)) == (1, 0)
        assert [calls.check("p", algorithm).allowed for _ in range(40)] == [1, 1] + [0] * 38


def test_overrides_that_have_ended_do_not_pile_up(calls):
    calls.set("p", "5/1000")
    for number in range(200):
        calls.override("p", f"key {number}", "ban", 1)
    for number in range(60):
        calls.override("p", "last", "ban")
    left = calls.client.hgetall(calls.overrides)
    assert int(left[b":count:p"]) == len(left) - 2 < 60
    calls.override("p", "last", "none")
    assert calls.check("p", "last").why == "limit"
