# SPDX-License-Identifier: MIT
# SPDX-FileCopyrightText: The RateGuard authors
"""Services and operators come by every path through the library, and Redis denies them nothing on the way."""

import contextlib
import re

import pytest
from accounts import Accounts
from calls import LIBRARY
from processes import wait_for


@pytest.fixture(params=[("rateguard", 0), ("shop:eu", 2)])
def cast(redis, request):
    """(accounts, the functions as the service, as the operator, as the viewer)"""
    prefix, partition = request.param
    with contextlib.closing(Accounts(redis, prefix)) as accounts:
        yield accounts, *(accounts.calls(user, partition) for user in ("service", "operator", "viewer"))


def commands_of(source):
    return set(re.findall(r"\bp?call_?\('([A-Z]+)'", source))


def commands_run(client):
    stats = client.info("commandstats").items()
    return {name.removeprefix("cmdstat_").split("|")[0].upper() for name, row in stats if row["calls"]}


def until(service, ms):
    wait_for(lambda: service.time_ms() >= ms, "server time to pass")


def logs_and_buckets(service, operator):
    """Every path of both algorithms."""
    operator.set("full", "3/60000")
    assert [service.check("full", "k").allowed for _ in range(120)] == [1] * 3 + [0] * 117
    operator.set("many", "300/60000")
    assert all(service.check("many", "k").allowed for _ in range(300))
    assert not service.check("many", "k").allowed
    operator.set("several", "10/60000 15/3600000")
    assert [service.check("several", "k", cost).remaining for cost in (1, 4, 5)] == [9, 5, 0]
    refused = service.check("several", "k", 3)
    assert (refused.allowed, refused.limit) == (0, 10)
    assert service.peek("several", "k").allowed == 0
    operator.set("bulk", "bucket 500/3600000")
    assert [service.check("bulk", "k").remaining for _ in range(100)] == list(range(499, 399, -1))
    assert service.check("bulk", "k", 400).allowed
    assert not service.check("bulk", "k").allowed
    # From a bucket to a log and back.
    operator.set("bulk", "log 501/3600000")
    assert [service.check("bulk", "k").allowed for _ in range(2)] == [1, 0]
    operator.set("bulk", "bucket 502/3600000")
    assert service.peek("bulk", "k").remaining == 1
    assert [service.check("bulk", "k").allowed for _ in range(2)] == [1, 0]


def exceptions(service, operator):
    operator.set("keys", "2/60000")
    operator.override("keys", "banned", "ban", 60000)
    operator.override("keys", "free", "exempt")
    operator.override("keys", "own", "limit 4/60000")
    reasons = [service.check("keys", key).why for key in ("banned", "free", "own", "usual")]
    assert reasons == ["ban", "exempt", "override", "limit"]
    assert [service.check("keys", "own").allowed for _ in range(4)] == [1, 1, 1, 0]


def defaults(service, operator):
    assert service.check("new", "k", 1, "bucket 7/60000").limit == 7
    assert service.limit_text("new") == "1 enforce bucket 7/60000"
    operator.set("new", "unset")
    assert service.check("new", "k", 1, "5/60000").version == 3


def what_takes_time(service, operator):
    """The history, the clock, and stamps that leave the window."""
    operator.set("short", "4/200")
    start = service.time_ms()
    assert service.check("short", "k").allowed
    until(service, start + 250)
    assert service.check("short", "k").remaining == 3
    operator.client.delete(f"{service.tag}:clock")
    until(service, start + 600)
    assert service.check("short", "k").allowed
    assert operator.client.pttl(f"{service.tag}:clock") > 0
    written = sum(row[0] for row in operator.history("short").values())
    waiting = [int(line.split()[2]) for line in operator.counts() if line.startswith(b"short ")]
    assert written >= 1 and written + sum(waiting) == 3
    assert service.unchecked("short", 40) == 1
    assert sum(row[3] for row in operator.history("short").values()) == 40


def test_a_service_is_denied_nothing(cast):
    accounts, service, operator, viewer = cast
    listener = viewer.client.pubsub()
    listener.subscribe(viewer.events, viewer.changes)
    accounts.root.config_resetstat()
    for part in logs_and_buckets, exceptions, defaults, what_takes_time:
        part(service, operator)
        viewer.listen()
    source = LIBRARY.read_text()
    missing = commands_of(source[: source.index("- edits\n")]) - commands_run(accounts.root)
    assert not missing, f"this test never came to {missing}"
    assert accounts.denied() == []

    messages = []
    wait_for(lambda: messages.append(listener.get_message()) or messages[-1] is None, "no more messages")
    heard = [m["channel"].decode() for m in messages if m and m["type"] == "message"]
    assert heard.count(viewer.events) >= 5
    announced = {m["data"] for m in messages if m and m["channel"].decode() == viewer.changes}
    assert announced >= {b"new 1", b"new 2", b"new 3"}


def edits(operator):
    """What an edit does that the others have not done."""
    operator.set("keys", "", "off 1000")
    operator.override("keys", "soon over", "ban", 1)
    until(operator, operator.time_ms() + 2)
    operator.override("keys", "own", "none")
    assert operator.reset("keys", "usual") == 1
    assert operator.copy("copied", "3 enforce log 5/1000") == 1 and operator.copy("copied", "4 unset") == 1
    assert operator.set("copied", "5/1000").version == 5
    assert operator.listen() and operator.counts() is not None
    # A partition that has limits, but that the library has not met yet.
    operator.client.execute_command("FUNCTION", "LOAD", "REPLACE", LIBRARY.read_bytes())
    assert operator.listen()


def by_hand(operator, prefix):
    """What the page names besides the functions."""
    operator.client.hset(f"{prefix}:config", "partitions", 3)
    assert operator.client.hmget(f"{prefix}:config", "prefix", "partitions") == [None, b"3"]
    operator.client.hmget("rateguard:config", "prefix", "partitions")
    assert operator.client.wait(0, 1) == 0
    assert len(list(operator.client.scan_iter())) > 5
    assert operator.audit_entries() and operator.client.xlen(operator.audit)
    assert dict(operator.client.hscan_iter(operator.limits)) and operator.history("keys") is not None
    assert operator.client.ping() and operator.client.info() and operator.client.client_setname("operator")
    operator.client.execute_command("FUNCTION", "LOAD", "REPLACE", LIBRARY.read_bytes())


def test_an_operator_is_denied_nothing(cast):
    accounts, _, operator, _ = cast
    listener = operator.client.pubsub()
    listener.subscribe(operator.events)
    accounts.root.config_resetstat()
    for part in logs_and_buckets, exceptions, defaults, what_takes_time:
        part(operator, operator)
    edits(operator)
    by_hand(operator, accounts.prefix)
    # XDEL takes back the entry of an edit that Redis then refused.
    assert commands_of(LIBRARY.read_text()) - commands_run(accounts.root) <= {"XDEL"}
    assert accounts.denied() == []


def test_a_viewer_sees_all_of_it_and_leaves_no_trace(cast):
    accounts, service, operator, viewer = cast
    logs_and_buckets(service, operator)
    exceptions(service, operator)
    service.unchecked("full", 3)
    before = accounts.root.info("persistence")["rdb_changes_since_last_save"]
    names = {name for name in viewer.client.scan_iter() if b":log:" in name}
    assert len(names) == 6
    assert viewer.peek("full", "k").allowed == 0
    assert viewer.peek("keys", "banned").why == "ban"
    assert viewer.peek("bulk", "k").remaining == 0
    assert dict(viewer.client.hscan_iter(viewer.limits))[b"full"] == b"1 enforce log 3/60000"
    assert dict(viewer.client.hscan_iter(viewer.overrides))[b"keys:free"] == b"2 exempt 0"
    assert len(viewer.audit_entries()) == 10
    assert viewer.history("full") and viewer.client.info() and viewer.client.client_setname("viewer")
    assert viewer.client.hmget(f"{accounts.prefix}:config", "prefix", "partitions") == [None, None]
    after = accounts.root.info("persistence")["rdb_changes_since_last_save"]
    assert accounts.denied() == [] and before == after
