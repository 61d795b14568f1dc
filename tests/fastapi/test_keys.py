# SPDX-License-Identifier: MIT
# SPDX-FileCopyrightText: The RateGuard authors
import pytest
from asking import with_guard
from rateguard import header
from rateguard.keys import client_address, key_bytes
from starlette.requests import Request


def scope(peer="203.0.113.9", forwarded=(), **headers):
    fields = [(name.lower().replace("_", "-").encode(), value) for name, value in headers.items()]
    fields += [(b"x-forwarded-for", line.encode()) for line in forwarded]
    return {"type": "http", "client": (peer, 1234) if peer else None, "headers": fields}


def test_x_forwarded_for_means_nothing_without_trusted_proxies():
    assert client_address(scope(forwarded=["6.6.6.6"])) == "203.0.113.9"


@pytest.mark.parametrize(
    "proxies, forwarded, expected",
    [
        (1, ["6.6.6.6, 198.51.100.7"], "198.51.100.7"),
        (2, ["6.6.6.6, 198.51.100.7, 10.0.0.1"], "198.51.100.7"),
        (2, ["6.6.6.6", "198.51.100.7", "10.0.0.1"], "198.51.100.7"),
        (2, ["198.51.100.7"], "198.51.100.7"),
        (1, [], "203.0.113.9"),
        (1, [" , ,"], "203.0.113.9"),
        (1, ["198.51.100.7:8080"], "198.51.100.7"),
        (1, ["[2001:db8::1]:8080"], "2001:db8::/64"),
    ],
)
def test_the_address_is_counted_from_the_right(proxies, forwarded, expected):
    assert client_address(scope(forwarded=forwarded), proxies) == expected


@pytest.mark.parametrize(
    "peer, expected",
    [
        ("2001:db8:1:2:3:4:5:6", "2001:db8:1:2::/64"),
        ("2001:db8:1:2:ffff::1", "2001:db8:1:2::/64"),
        ("::ffff:192.0.2.1", "192.0.2.1"),
        ("fe80::1%eth0", "fe80::/64"),
        ("no:address", "no:address"),
        (None, "unknown"),
    ],
)
def test_an_ipv6_client_is_its_network(peer, expected):
    assert client_address(scope(peer)) == expected


def test_a_header_key_cannot_be_taken_for_an_address():
    key = header("X-Client")
    assert key(Request(scope(X_Client=b"203.0.113.9"))) == b"x-client:203.0.113.9"
    assert key(Request(scope())) == "203.0.113.9"
    assert key(Request(scope(X_Client=b""))) == "203.0.113.9"


def test_a_secret_header_stays_secret():
    key = header("X-API-Key", secret=True)(Request(scope(X_API_Key=b"live-5up3rs3cret")))
    assert key.startswith(b"x-api-key:live~") and b"s3cret" not in key
    assert key != header("X-API-Key", secret=True)(Request(scope(X_API_Key=b"live-other")))


HOSTILE = [
    b"",
    b"\x00\r\n\xff\xfe",
    b"\xff" * 256,
    "{other:1}:limits",
    "a:b:c}{",
    "schlüssel 🔑",
    "lone \ud800 surrogate",
    b"raw \xe9".decode("utf-8", "surrogateescape"),
    "x" * 1_000_000,
    b"\x00" * 1_000_000,
]


def test_hostile_keys_stay_small_and_apart(redis):
    async def use(guard):
        decisions = [await guard.check("keys", key, default="1/min") for key in HOSTILE]
        assert all(decision.allowed for decision in decisions)
        again = [await guard.check("keys", key, default="1/min") for key in HOSTILE]
        assert not any(decision.allowed for decision in again)

    with_guard(redis.url, use)
    names = [name for name in redis.client.keys() if b":log:" in name]
    assert len(names) == len(HOSTILE)
    assert all(name.startswith(b"{rateguard:0}:log:keys:") for name in names)
    assert max(map(len, names)) <= len("{rateguard:0}:log:keys:") + 256


def test_long_keys_differ_by_their_ends():
    assert key_bytes("x" * 1000 + "a") != key_bytes("x" * 1000 + "b")
    assert key_bytes(b"x" * 256) == b"x" * 256
