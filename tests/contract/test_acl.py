# SPDX-License-Identifier: MIT
# SPDX-FileCopyrightText: The RateGuard authors
"""The rules in resources/redis/acl allow what the page says, and nothing else."""

import contextlib

import pytest
import redis as redis_py
from accounts import USERS, Accounts, rules
from calls import LIBRARY

PREFIXES = "rateguard", "shop:eu"
FUNCTIONS = {
    "check": lambda calls: calls.check("p", "k"),
    "peek": lambda calls: calls.peek("p", "k"),
    "unchecked": lambda calls: calls.unchecked("p", 3),
    "set": lambda calls: calls.set("p", "5/60000"),
    "copy": lambda calls: calls.copy("p", "99 enforce log 5/60000"),
    "override": lambda calls: calls.override("p", "k", "ban", 1000),
    "reset": lambda calls: calls.reset("p", "k"),
    "listen": lambda calls: calls.listen(),
    "counts": lambda calls: calls.counts(),
    "version": lambda calls: calls.read("version", []),
}
MAY_CALL = {
    "service": {"check", "peek", "unchecked", "version"},
    "viewer": {"peek", "listen", "counts", "version"},
    "operator": set(FUNCTIONS),
}


@pytest.fixture(params=PREFIXES)
def accounts(redis, request):
    with contextlib.closing(Accounts(redis, request.param)) as accounts:
        yield accounts


def outcome(call):
    try:
        call()
    except redis_py.exceptions.NoPermissionError:
        return "not allowed"
    except redis_py.ResponseError as error:
        return str(error)
    return "done"


@pytest.mark.parametrize("partition", [0, 2])
@pytest.mark.parametrize("user", USERS)
def test_each_user_calls_its_functions(accounts, user, partition):
    accounts.calls("root", partition).set("p", "100/60000")
    calls = accounts.calls(user, partition)
    outcomes = {name: outcome(lambda call=call: call(calls)) for name, call in FUNCTIONS.items()}
    assert outcomes == {name: "done" if name in MAY_CALL[user] else "not allowed" for name in FUNCTIONS}
    assert {context for context, _ in accounts.denied()} <= {"toplevel"}, "a function was denied a command"


@pytest.mark.parametrize("user", USERS)
def test_without_the_library_each_user_learns_that_it_is_missing(accounts, user):
    accounts.root.execute_command("FUNCTION", "FLUSH")
    calls = accounts.calls(user)
    outcomes = {name: outcome(lambda call=call: call(calls)) for name, call in FUNCTIONS.items()}
    assert outcomes == {n: "Function not found" if n in MAY_CALL[user] else "not allowed" for n in FUNCTIONS}
    loads = outcome(lambda: calls.client.execute_command("FUNCTION", "LOAD", LIBRARY.read_bytes()))
    assert loads == ("not allowed" if user == "viewer" else "done")
    if user == "service":
        assert calls.check("p", "k", 1, "3/60000").allowed


@pytest.mark.parametrize("user", USERS)
def test_a_user_has_the_commands_of_its_file_and_no_others(accounts, user):
    granted = set()
    for name, arity, *_, commands in accounts.root.execute_command("COMMAND INFO"):
        for full, count in [(sub[0], sub[1]) for sub in commands] or [(name, arity)]:
            words = full.decode().split("|")
            why = accounts.may(user, *words, *["1"] * (abs(count) - len(words)))
            if "no permissions to run" not in why:
                granted.add("|".join(words))
    named = {word.strip("(")[1:] for word in rules(user, "x") if word.strip("(").startswith("+")}
    # COMMAND stands for all that tells about commands; AUTH and the like are open to everybody.
    granted = {name.replace("command|", "command ").split()[0] for name in granted}
    granted -= {"auth", "hello", "quit", "reset"}
    assert granted == {name for name in named if not name.startswith("fcall")}
    if user == "viewer":
        writing = accounts.root.execute_command("COMMAND LIST", "FILTERBY", "ACLCAT", "write")
        assert not granted & {name.decode() for name in writing}


ARGUMENTS = {
    "hget": "f", "hset": "f v", "hsetnx": "f v", "hdel": "f", "hscan": "0", "hmget": "f",
    "set": "v", "rpush": "v", "xadd": "* f v", "xdel": "0-1", "xrevrange": "+ -", "pexpire": "1",
}  # fmt: skip
PROBES = "hget hset hsetnx hdel hgetall hscan hmget get set del rpush xadd xdel xrevrange pexpire".split()
READING = "hget hgetall hscan hmget get xrevrange".split()
DECIDING = "limits log clock overrides unset config default"
OWN = "limits log clock overrides unset audit history config nearby"
SEEN = "limits log overrides unset audit history config default"
# User -> command -> the kinds of keys that it may be used on; anything else is refused.
MAY_TOUCH = {
    "service": {
        "hget": DECIDING + " history", "hmget": DECIDING, "get": DECIDING, "set": "log clock", "del": "log clock",
        "rpush": "log clock", "hsetnx": "limits", "hset": "history", "pexpire": "history",
    },
    "viewer": {name: SEEN for name in READING},
    "operator": {name: OWN + (" default" if name in READING else "") for name in PROBES},
}  # fmt: skip


@pytest.mark.parametrize("user", USERS)
def test_a_user_touches_its_keys_and_no_others(accounts, user):
    tag = f"{{{accounts.prefix}:11}}"
    keys = {kind: f"{tag}:{kind}" for kind in "limits clock overrides unset audit".split()}
    keys |= {"log": f"{tag}:log:p:k", "history": f"{tag}:history:p:500000", "config": f"{accounts.prefix}:config"}
    keys |= {"nearby": f"{tag}:else", "bare": "limits", "foreign": "{other:0}:limits", "others": "{other:0}:log:p:k"}
    keys |= {"nested": f"{{{accounts.prefix}:x:0}}:limits", "longer": f"{{{accounts.prefix}2:0}}:log:p:k"}
    if accounts.prefix == "rateguard":
        keys["default"] = keys["config"]
    else:
        keys["default"] = "rateguard:config"
    wrong = []
    for command in PROBES:
        allowed = MAY_TOUCH[user].get(command, "").split()
        if accounts.prefix == "rateguard" and "config" in allowed:
            allowed.append("default")
        for kind, key in keys.items():
            why = accounts.may(user, command, key, *ARGUMENTS.get(command, "").split())
            if (why == "") != (kind in allowed):
                wrong.append((command, kind, why))
    assert not wrong


FORBIDDEN = """\
KEYS *|FLUSHALL|FLUSHDB|CONFIG GET *|CONFIG SET maxmemory 1|EVAL return 0|EVAL_RO return 0|SCRIPT FLUSH|FUNCTION FLUSH
FUNCTION DELETE rateguard|FUNCTION DUMP|SHUTDOWN NOSAVE|REPLICAOF NO ONE|ACL LIST|DEBUG SLEEP 0|CLIENT KILL ID 1
CLIENT LIST|MONITOR|PSUBSCRIBE *|SUBSCRIBE other|PUBLISH other x|RENAME a b|MIGRATE h 1 k 0 1|SAVE|SWAPDB 0 1
FCALL other 0|FCALL_RO other 0|SORT a|COPY a b|OBJECT ENCODING a|DUMP a|MOVE a 1|CLUSTER RESET|SLOWLOG GET|RANDOMKEY"""


@pytest.mark.parametrize("user", USERS)
def test_nobody_administers_the_server(accounts, user):
    for line in FORBIDDEN.replace("\n", "|").split("|"):
        # EVAL's and FCALL's own arguments: no keys.
        command = line.split() + (["0"] if line.startswith("EVAL") else [])
        assert accounts.may(user, *command), f"{user} may {line}"


def test_only_listeners_hear_and_nobody_hears_others(accounts):
    tag = f"{{{accounts.prefix}:3}}"
    for user, may in {"service": False, "viewer": True, "operator": True}.items():
        for channel in "events", "changes":
            assert (accounts.may(user, "SUBSCRIBE", f"{tag}:{channel}") == "") is may
        assert accounts.may(user, "SUBSCRIBE", f"{tag}:other")
        assert accounts.may(user, "SUBSCRIBE", "{other:0}:events")
    assert accounts.may("viewer", "PUBLISH", f"{tag}:events", "x")
    assert accounts.may("service", "PUBLISH", "{other:0}:events", "x")


def test_a_refused_edit_changes_nothing(accounts):
    accounts.calls("root").set("p", "100/60000")
    before = accounts.root.xlen(accounts.calls("root").audit), accounts.calls("root").limit_text("p")
    calls = accounts.calls("service")
    for name in "set", "override", "reset", "copy":
        assert outcome(lambda name=name: FUNCTIONS[name](calls)) == "not allowed"
    assert outcome(lambda: calls.client.hset(calls.limits, "p", "1 off log 1/1")) == "not allowed"
    assert outcome(lambda: calls.client.hdel(calls.limits, "p")) == "not allowed"
    assert (accounts.root.xlen(calls.audit), calls.limit_text("p")) == before
