# SPDX-License-Identifier: MIT
# SPDX-FileCopyrightText: The RateGuard authors
"""In a cluster, no call leaves the slot of its partition."""

import socket
import zlib

import pytest
from calls import Calls, load
from processes import RedisServer, wait_for

PARTITIONS = 4


@pytest.fixture(scope="module")
def node(tmp_path_factory):
    """One that owns all slots: Redis refuses a call, or a function, that touches two of them all the same."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    options = "--bind", "127.0.0.1", "--port", port, "--cluster-enabled", "yes", "--cluster-port", port % 20000 + 30000
    with RedisServer(tmp_path_factory.mktemp("cluster"), *options) as server:
        server.client.execute_command("CLUSTER", "ADDSLOTSRANGE", 0, 16383)
        wait_for(lambda: server.client.execute_command("CLUSTER INFO")["cluster_state"] == "ok", "the cluster")
        load(server.client)
        yield server


@pytest.mark.parametrize("partition", range(PARTITIONS))
@pytest.mark.parametrize("prefix", ["rateguard", "shop:eu"])
def test_every_function_stays_in_its_slot(node, prefix, partition):
    calls = Calls(node.client, prefix, partition)
    listener = node.client.pubsub()
    listener.subscribe(calls.events)
    calls.listen()
    assert calls.set("p", "3/60000 100/3600000").outcome == "applied"
    key = "{elsewhere}:k"
    assert [calls.check("p", key).allowed for _ in range(5)] == [1, 1, 1, 0, 0]
    assert calls.peek("p", key).allowed == 0
    assert calls.reset("p", key) == 1
    assert calls.override("p", key, "limit 9/60000").outcome == "applied"
    assert calls.check("p", key, 2).remaining == 7
    assert calls.unchecked("p", 4) == 1
    assert calls.check("new", key, 1, "bucket 5/60000").remaining == 4
    assert calls.check("new", key).remaining == 3
    assert calls.set("new", "log 6/60000").version == 2
    assert calls.check("new", key).remaining == 3
    assert calls.set("new", "unset").version == 3
    assert calls.copy("new", "9 shadow log 5/1000") == 1 and calls.copy("new", "9 unset") == 0
    assert calls.listen()[1].startswith(b"RG 2 ")
    assert calls.decided("p") == [4, 2, 0, 4]
    assert len(calls.audit_entries()) == 5
    assert calls.read("version", []) == 2
    names = [name for name in node.client.keys() if name.startswith(calls.tag.encode())]
    assert len({node.client.execute_command("CLUSTER KEYSLOT", name) for name in names}) == 1


def test_partitions_lie_in_different_slots_and_share_a_policy(node):
    parts = [Calls(node.client, "spread", partition) for partition in range(PARTITIONS)]
    first = parts[0].set("p", "2/60000")
    assert [part.copy("p", first.new) for part in parts[1:]] == [1] * (PARTITIONS - 1)
    assert {part.limit_text("p") for part in parts} == {first.new}
    for number in range(200):
        key = f"user {number}"
        home = parts[zlib.crc32(key.encode()) % PARTITIONS]
        assert [home.check("p", key).allowed for _ in range(3)] == [1, 1, 0]
    sums = [part.decided("p") for part in parts]
    assert [sum(column) for column in zip(*sums)] == [400, 200, 0, 0]
    assert all(row[0] for row in sums)
    assert len({node.client.execute_command("CLUSTER KEYSLOT", part.limits) for part in parts}) == PARTITIONS
