# SPDX-License-Identifier: MIT
# SPDX-FileCopyrightText: The RateGuard authors
"""What survives a restart, FLUSHALL and FUNCTION FLUSH; and that what the library remembers is never believed alone."""

import pytest
import redis as redis_py
from calls import LIBRARY, Calls, load
from hammer import hammer, packed
from processes import RedisServer, wait_for

HOUR = 3600000


@pytest.fixture
def server(tmp_path):
    """One that a test may kill."""
    with RedisServer(tmp_path) as server:
        load(server.client)
        yield server


def use(calls):
    calls.set("log", f"3/{HOUR}")
    calls.set("bucket", f"bucket 3/{HOUR}")
    calls.set("gone", f"3/{HOUR}")
    calls.set("gone", "unset")
    calls.override("log", "banned", "ban", HOUR)
    for policy in "log", "bucket":
        assert [calls.check(policy, "k").remaining for _ in range(2)] == [2, 1]


def goes_on(calls):
    """As if nothing had happened."""
    for policy in "log", "bucket":
        assert [calls.check(policy, "k").allowed for _ in range(2)] == [1, 0]
    assert calls.check("log", "banned").why == "ban"
    assert calls.set("gone", f"3/{HOUR}").version == 3
    assert calls.set("log", "", "off", expected="0").outcome == "conflict"
    assert len(calls.audit_entries()) == 6


def starts_over(calls):
    assert calls.audit_entries() == []
    with pytest.raises(redis_py.ResponseError, match="^NOLIMIT .*'log'.*100/60000"):
        calls.check("log", "k")
    assert calls.check("log", "k", 1, f"3/{HOUR}")[:2] == (1, 2)
    assert calls.limit_text("log") == f"1 enforce log 3/{HOUR}"
    assert [calls.check("log", "k").allowed for _ in range(3)] == [1, 1, 0]


def test_a_restart_with_an_append_only_file_forgets_nothing(tmp_path):
    with RedisServer(tmp_path, "--appendonly", "yes", "--appendfsync", "always") as server:
        load(server.client)
        calls = Calls(server.client)
        use(calls)
        server.stop()  # SIGKILL
        server.start()
        goes_on(calls)


def test_a_restart_with_a_snapshot_forgets_what_came_after_it(server):
    calls = Calls(server.client)
    use(calls)
    server.client.save()
    calls.set("later", "1/1000")
    calls.check("log", "k")
    server.stop()
    server.start()
    assert calls.limit_text("later") == ""
    goes_on(calls)


def test_a_restart_without_persistence_starts_over(server):
    calls = Calls(server.client)
    use(calls)
    server.stop()
    server.start()
    with pytest.raises(redis_py.ResponseError, match="^Function not found"):
        calls.check("log", "k", 1, f"3/{HOUR}")
    assert server.client.dbsize() == 0, "nothing had happened"
    server.client.execute_command("FUNCTION", "LOAD", LIBRARY.read_bytes())
    starts_over(calls)


def test_after_flushall_everything_starts_over_and_the_library_is_there(redis, calls):
    use(calls)
    redis.client.flushall()
    starts_over(calls)


def test_after_function_flush_the_data_is_there(redis, calls):
    use(calls)
    redis.client.execute_command("FUNCTION", "FLUSH")
    with pytest.raises(redis_py.ResponseError, match="^Function not found"):
        calls.check("log", "k")
    redis.client.execute_command("FUNCTION", "LOAD", LIBRARY.read_bytes())
    with pytest.raises(redis_py.ResponseError, match="already exists"):
        redis.client.execute_command("FUNCTION", "LOAD", LIBRARY.read_bytes())
    goes_on(calls)


@pytest.mark.parametrize("loss", ["FLUSHALL", "DEL", "UNLINK"])
@pytest.mark.parametrize("algorithm", ["log", "bucket"])
def test_a_key_at_its_limit_whose_log_is_lost_starts_over(redis, calls, algorithm, loss):
    """The library remembers which keys are at their limit; that must not outlive the log, however that went."""
    calls.set("p", f"{algorithm} 3/{HOUR}")
    assert [calls.check("p", "k").allowed for _ in range(30)] == [1] * 3 + [0] * 27
    if loss == "FLUSHALL":
        redis.client.flushall()
        assert calls.set("p", f"{algorithm} 3/{HOUR}").version == 1
    else:
        redis.client.execute_command(loss, calls.log("p", "k"))
    lost = calls.time_ms()
    assert calls.check("p", "k")[:2] == (1, 2)
    # Longer than the log had stood: only then could an old memory be taken for the truth.
    wait_for(lambda: calls.time_ms() >= lost + 100, "server time to pass")
    assert calls.check("p", "k")[:2] == (1, 1)
    assert calls.check("p", "k")[:2] == (1, 0)
    assert calls.check("p", "k").allowed == 0


def test_a_library_that_is_loaded_anew_all_the_time_counts_exactly(redis, calls, dice):
    calls.set("p", f"500/{HOUR}")
    asking = packed("FCALL", "rateguard_check", 2, calls.limits, calls.log("p", "k"), "p")
    commands = [("k", asking)] * 20000 + [("load", packed("FUNCTION", "LOAD", "REPLACE", LIBRARY.read_bytes()))] * 50
    assert hammer(redis, commands, 5, dice)["k"] == [500, 19500]


def test_without_the_clock_key_time_goes_on(redis, calls):
    calls.set("p", f"10/{HOUR}")
    clock = f"{calls.tag}:clock"
    for spoil in ("DEL", clock), ("PERSIST", clock), ("RENAME", calls.limits + "2", clock):
        calls.client.hset(calls.limits + "2", "a", "b")
        assert calls.check("p", "k").allowed
        redis.client.execute_command(*spoil)
        assert calls.check("p", "k").allowed
    assert calls.peek("p", "k").remaining == 4
