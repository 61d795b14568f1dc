# SPDX-License-Identifier: MIT
# SPDX-FileCopyrightText: The RateGuard authors
"""Prefix and partitions: as the operators set them in Redis, read on connect."""

import asyncio
import zlib

import pytest
import redis as redis_py
from asking import answered, with_guard
from rateguard import RateGuard
from rateguard.keyspace import Keyspace

CONFIG = "rateguard:config"
KEYS = [b"anna", b"bob", b"carl", b"dora", b"x{y}:z", b"\xff\x00", b"", b"123456789"]


async def ask(guard, key="anna"):
    return await guard.check("api", key, default="9/min")


def places(redis, key):
    """In which partitions a key has been counted."""
    names = redis.client.keys("*:log:api:*")
    return {name.split(b":log:")[0].decode() for name in names if name.endswith(b":log:api:" + key)}


def test_a_key_lives_in_the_partition_of_its_crc32():
    assert Keyspace("shop", 4).tag(b"123456789") == "{shop:2}", "the CRC-32 of this is 0xCBF43926, everybody says"
    assert Keyspace("shop", 7).tag(b"") == "{shop:0}"
    assert Keyspace().tag(b"anna") == "{rateguard:0}"


def test_a_cost_of_1_is_only_told_when_a_default_follows():
    names = "rateguard_check", 2, "{rateguard:0}:limits", b"{rateguard:0}:log:api:anna", "api"
    assert Keyspace().check("api", b"anna", 1, None) == names
    assert Keyspace().check("api", b"anna", 3, None) == (*names, 3)
    assert Keyspace().check("api", b"anna", 1, "9/1000") == (*names, 1, "9/1000")


def test_each_key_is_counted_in_its_own_partition_under_the_limit_there(redis):
    redis.client.hset(CONFIG, "partitions", 4)

    async def use(guard):
        await ask(guard)
        for number in range(4):
            redis.set_limit("api", f"{10 + number}/60000", tag=f"{{rateguard:{number}}}")
        for key in KEYS:
            decision = await ask(guard, key)
            number = zlib.crc32(key) % 4
            assert decision.limit == 10 + number
            assert places(redis, key) == {f"{{rateguard:{number}}}"}

    with_guard(redis.url, use)
    assert len({zlib.crc32(key) % 4 for key in KEYS}) == 4, "these keys try all of them"


def test_clients_that_agree_on_the_partitions_share_a_limit(redis):
    redis.client.hset(CONFIG, "partitions", 3)
    for left in (8, 7, 6):
        assert with_guard(redis.url, ask).remaining == left


def test_is_led_to_another_prefix_and_its_partitions(redis):
    redis.client.hset(CONFIG, mapping={"prefix": "shop", "partitions": 2})
    redis.client.hset("shop:config", mapping={"prefix": "elsewhere", "partitions": 5})
    assert with_guard(redis.url, ask).allowed
    assert places(redis, b"anna") == {f"{{shop:{zlib.crc32(b'anna') % 5}}}"}, "led there once, not twice"


def test_a_given_prefix_is_used_as_it_is_with_its_own_partitions(redis):
    redis.client.hset(CONFIG, mapping={"prefix": "shop", "partitions": 2})
    redis.client.hset("staging:config", mapping={"partitions": 7})
    with_guard(redis.url, ask, prefix="staging")
    assert places(redis, b"anna") == {f"{{staging:{zlib.crc32(b'anna') % 7}}}"}
    with_guard(redis.url, ask, prefix="rateguard")
    assert f"{{rateguard:{zlib.crc32(b'anna') % 2}}}" in places(redis, b"anna")


@pytest.mark.parametrize("prefix, tag", [(None, "{rateguard:0}"), ("staging", "{staging:0}")])
def test_without_the_right_to_read_the_config_there_is_one_partition(redis, prefix, tag):
    redis.client.hset(CONFIG, mapping={"prefix": "shop", "partitions": 4})
    redis.client.hset("staging:config", "partitions", 4)
    redis.client.execute_command("ACL", "SETUSER", "blind", "on", ">pw", "~{*}:*", "&*", "+@all")
    try:
        decision = with_guard(redis.url.replace("unix://", "unix://blind:pw@"), ask, prefix=prefix)
    finally:
        redis.client.execute_command("ACL", "DELUSER", "blind")
    assert not decision.unavailable
    assert places(redis, b"anna") == {tag}


@pytest.mark.parametrize(
    "field, value, warning",
    [("partitions", "many", "'many' partitions"), ("partitions", "0", "'0' partitions"), ("prefix", "{x}", "prefix '{x}'")],
)
def test_what_makes_no_sense_there_is_warned_about_and_left_out(redis, caplog, field, value, warning):
    redis.client.hset(CONFIG, field, value)
    assert not with_guard(redis.url, ask).unavailable
    assert places(redis, b"anna") == {"{rateguard:0}"}
    assert warning in caplog.text and "rateguard:config" in caplog.text


def test_a_config_that_is_no_hash_says_so(redis, caplog):
    redis.client.set(CONFIG, "4")
    assert not with_guard(redis.url, ask).unavailable
    assert "rateguard:config is no hash: delete it" in caplog.text


@pytest.mark.parametrize("is_seen", [False, True])
@pytest.mark.parametrize("connections", [1, 8])
def test_reads_again_after_a_reconnect(redis, connections, is_seen):
    async def use(guard):
        await asyncio.gather(*(ask(guard, f"early-{n}") for n in range(connections)))
        redis.client.hset(CONFIG, "partitions", 1000)
        redis.client.execute_command("CLIENT", "KILL", "TYPE", "normal", "SKIPME", "yes")
        if is_seen:  # by the event loop: then redis-py connects anew without a word
            await asyncio.sleep(0.01)
        await ask(guard, "notices")
        await ask(guard)
        assert places(redis, b"anna") == {f"{{rateguard:{zlib.crc32(b'anna') % 1000}}}"}

    with_guard(redis.url, use, connections=connections)


def test_reads_again_when_redis_comes_back(own_redis):
    async def use(guard):
        await ask(guard)
        own_redis.stop()
        assert (await ask(guard)).failed_open
        own_redis.start()
        own_redis.client.hset(CONFIG, "prefix", "new")
        await answered(lambda: ask(guard))
        assert places(own_redis, b"anna") == {"{new:0}"}

    with_guard(own_redis.url, use, pause=0.05)


def test_a_lent_client_finds_its_way_too(redis):
    redis.client.hset(CONFIG, mapping={"prefix": "shop"})
    redis.client.hset("shop:config", mapping={"partitions": 4})

    async def go():
        for decode in (False, True):
            client = redis_py.asyncio.Redis(unix_socket_path=str(redis.socket), decode_responses=decode)
            assert not (await ask(RateGuard(client, timeout=10), "123456789")).unavailable
            await client.connection_pool.disconnect()

    asyncio.run(go())
    assert places(redis, b"123456789") == {"{shop:2}"}
