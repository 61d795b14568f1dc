# SPDX-License-Identifier: MIT
# SPDX-FileCopyrightText: The RateGuard authors
"""Whatever a caller passes, it is told what was wrong and what to do; never a line of Lua."""

import re

import pytest
import redis as redis_py
from calls import Calls

LUA = re.compile(r"user_function|attempt to|nonexistent|bad argument|Lua redis lib|WRONGTYPE|script:|\(a \w+ value\)")
CODES = re.compile(r"(INVALID|NOLIMIT|BADLIMIT|BADCOST) .*[a-z]")
MEGABYTE = "x" * 1_000_000
HUGE = "9" * 30
NASTY = [
    "", "0", "-1", "1.5", "1e3", "1e300", "nan", "-nan", "inf", "-inf", HUGE, "9007199254740992", "0x10", " 5 ",
    "-9223372036854775808", b"\x00\xff\r\n", MEGABYTE, "9" * 1000, "%s%d%n", "5/", "/", "5/1000 5/1000", "5/0", "0/5",
    "1000001/1000", "1/2073600001", "1/1 1/2 1/3 1/4 1/5", "5/1000 ", "5/1000\n", "bucket", "log log 5/1000",
    "sieve 5/1000", "off 1e3", "off -1", f"off {HUGE}", "limit", "ban 5", "none", "unset", "7 unset", f"{HUGE} unset",
    f"{HUGE} enforce log 1/1000", "9007199254740993 enforce log 1/1000",
    f"1 enforce log 1/1000 until:{HUGE}:off settled:{HUGE}",
]  # fmt: skip

TAG = "{rateguard:0}"
LIMITS, AUDIT, LOG = f"{TAG}:limits", f"{TAG}:audit", f"{TAG}:log:p:k"
VALID = {
    "check": ([LIMITS, LOG], ["p", "1", "5/1000"]),
    "peek": ([LIMITS, LOG], ["p", "1"]),
    "set": ([LIMITS, AUDIT], ["p", "5/1000", "enforce", "", "author", "reason", "0"]),
    "copy": ([LIMITS], ["p", "1 enforce log 5/1000"]),
    "override": ([LIMITS], ["p", "k", "limit 5/1000", "1000", "", "author", "reason"]),
    "reset": ([LIMITS, LOG], ["p", "author", "reason"]),
    "unchecked": ([LIMITS], ["p", "5"]),
    "listen": ([LIMITS], []),
    "counts": ([LIMITS], []),
    "version": ([], []),
}
READ_ONLY = "peek", "listen", "counts", "version"


def complaint(calls, name, keys, arguments):
    """The error of a call, '' when there is none."""
    try:
        (calls.read if name in READ_ONLY else calls.fcall)(name, keys, *arguments)
    except redis_py.ResponseError as error:
        return str(error)
    return ""


def is_decent(text):
    return not text or (not LUA.search(text) and CODES.match(text) and len(text) < 600)


@pytest.fixture
def known(calls):
    calls.set("p", "5/1000")
    return calls


@pytest.mark.parametrize("name", VALID)
def test_an_argument_that_makes_no_sense(known, name):
    keys, arguments = VALID[name]
    wrong = []
    for at in range(len(arguments)):
        for nasty in NASTY:
            text = complaint(known, name, keys, [*arguments[:at], nasty, *arguments[at + 1 :]])
            if not is_decent(text):
                wrong.append((at, nasty[:40], text[:200]))
    assert not wrong


@pytest.mark.parametrize("name", VALID)
def test_an_argument_that_is_missing(known, name):
    keys, arguments = VALID[name]
    said = {n: complaint(known, name, keys, arguments[:n]) for n in range(len(arguments))}
    assert not {n: text for n, text in said.items() if not is_decent(text)}


@pytest.mark.parametrize("name", VALID)
def test_a_key_that_is_missing(known, name):
    keys, arguments = VALID[name]
    said = {n: complaint(known, name, keys[:n], arguments) for n in range(len(keys))}
    assert not {n: text for n, text in said.items() if not is_decent(text)}


@pytest.mark.parametrize("name", VALID)
def test_one_argument_too_many_is_no_harm(known, name):
    keys, arguments = VALID[name]
    assert complaint(known, name, keys, [*arguments, "more"] if name != "set" else arguments) == ""


def test_whatever_was_passed_no_limit_is_spoilt(known):
    """After all of it every policy can still be read, decided and edited, and goes on in version."""
    for name in "set", "copy", "override", "check":
        keys, arguments = VALID[name]
        for at in range(1, len(arguments)):
            for number, nasty in enumerate(NASTY):
                policy = f"{name}-{at}-{number}"
                known.set(policy, "5/1000")
                complaint(known, name, keys, [policy, *arguments[1:at], nasty, *arguments[at + 1 :]])
    wrong = []
    for policy, text in known.client.hgetall(LIMITS).items():
        version = re.match(rb"(\d+) ", text)
        try:
            edit = known.set(policy, "6/1000")
            decision = known.check(policy, "k")
            if not version or edit.version <= int(version[1]) or decision.version != edit.version:
                wrong.append((policy, text, edit))
        except redis_py.ResponseError as error:
            wrong.append((policy, text, str(error)))
    assert not wrong


KEYS = MEGABYTE, b"\x00" * 1_000_000, b"", b"\xff\xfe\r\n", "a b:c}{", "ключ"


@pytest.mark.parametrize("key", KEYS, ids=lambda key: repr(key[:8]))
def test_any_bytes_are_a_key(known, key):
    assert [known.check("p", key).remaining for _ in range(6)] == [4, 3, 2, 1, 0, 0]
    assert known.peek("p", key).allowed == 0
    assert known.override("p", key, "exempt").outcome == "applied"
    assert known.check("p", key).why == "exempt"
    assert known.override("p", key, "none").outcome == "applied"
    assert known.reset("p", key) == 1
    assert known.check("p", key).remaining == 4


@pytest.mark.parametrize(
    "name, at, value, parts",
    [
        ("set", 0, "a b", ["INVALID", "'a b'", "1 to 64 of the characters"]),
        ("set", 0, "x" * 65, ["INVALID", "x" * 65, "1 to 64"]),
        ("set", 1, "5 per second", ["INVALID", "'5 per second'", "COUNT/WINDOW_MS"]),
        ("set", 1, "1000001/1000", ["INVALID", "'1000001/1000'", "1000000"]),
        ("set", 1, "1/2073600001", ["INVALID", "'1/2073600001'", "2073600000"]),
        ("set", 2, "strict", ["INVALID", "strict", "enforce, shadow or off"]),
        ("set", 4, "x" * 201, ["INVALID", "author", "200"]),
        ("set", 5, "x" * 1001, ["INVALID", "reason", "1000"]),
        ("override", 2, "limit 5", ["INVALID", "'limit 5'", "COUNT/WINDOW_MS"]),
        ("override", 2, "banned", ["INVALID", "'banned'", "ban, exempt, none"]),
        ("override", 3, "soon", ["INVALID", "'soon'", "whole number of ms"]),
        ("override", 0, "absent", ["NOLIMIT", "'absent'", "set one"]),
        ("check", 1, "0", ["BADCOST", "'0'", "1 to 100000"]),
        ("check", 1, "100001", ["BADCOST", "'100001'", "1 to 100000"]),
        ("check", 1, "2.5", ["BADCOST", "'2.5'", "whole number"]),
        ("peek", 1, "nan", ["BADCOST", "'nan'", "whole number"]),
        ("peek", 0, "absent", ["NOLIMIT", "'absent'", "set one", "100/60000"]),
        ("unchecked", 0, "absent", ["NOLIMIT", "'absent'", "set one"]),
        ("unchecked", 1, "-3", ["INVALID", "number of requests"]),
        ("reset", 0, "a/b", ["INVALID", "'a/b'", "1 to 64"]),
        ("copy", 1, "5/1000", ["BADLIMIT", "'5/1000'"]),
    ],
)
def test_an_error_names_the_value_and_the_remedy(known, name, at, value, parts):
    keys, arguments = VALID[name]
    text = complaint(known, name, keys, [*arguments[:at], value, *arguments[at + 1 :]])
    assert [part for part in parts if part not in text] == [], text
    assert len(known.audit_entries()) == 1, "an edit that was refused is no edit"


def test_the_largest_and_the_smallest_are_taken(calls):
    for limit in "1/1", "1000000/2073600000", "bucket 1000000000/2073600000", "1/1 1/2 1/3 1/4":
        calls.set("p", limit)
        assert calls.check("p", limit).allowed
    calls.set("p", "100000/60000")
    assert calls.check("p", "k", 100000).remaining == 0
    assert calls.override("p", "k" * 256, "limit 1000000000/1", 1).outcome == "applied"
    assert Calls(calls.client).set("A-Z.a_z-0" + "9" * 55, "1/1").outcome == "applied"
