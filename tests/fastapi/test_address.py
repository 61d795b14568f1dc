# SPDX-License-Identifier: MIT
# SPDX-FileCopyrightText: The RateGuard authors
"""URLs of Redis: what is refused, what is shown, and that no password ever is."""

import pytest
from rateguard import RateGuard
from rateguard.address import passwords_of, redis_url


@pytest.mark.parametrize(
    "url",
    [
        "redis://user:12/34secret@host",
        "redis://user:12/34secret@host:6379/0",
        "redis://:12?34secret@host",
        "redis://:12#34secret@host",
        "redis://:?34secret@host",
        "redis://user:12/34%2Fsecret@host",
        "rediss://user:1/secret@host/0",
        "redis:user:34secret@host",
        "unix://user:34/secret@/run/redis.sock",
        "unix:///run/redis.sock?password=34@secret",
    ],
)
def test_a_password_that_needs_encoding_is_refused_and_not_repeated(url):
    with pytest.raises(ValueError, match="percent-encode") as refusal:
        RateGuard(url)
    assert "secret" not in str(refusal.value) and "34" not in str(refusal.value)


@pytest.mark.parametrize(
    "url, shown",
    [
        ("redis://user:12%2F34secret@host:6380/3", "redis://host:6380/3"),
        ("redis://user:12%3F34%40secret@host", "redis://host"),
        ("rediss://:secret@[2001:db8::1]:6379/0", "rediss://[2001:db8::1]:6379/0"),
        ("redis://host/0?password=secret", "redis://host/0"),
        ("redis://host/secret", "redis://host"),
        ("redis://host/0#secret", "redis://host/0"),
        ("unix://:secret@/run/redis.sock?db=2", "unix:///run/redis.sock"),
    ],
)
def test_only_what_is_harmless_is_shown(url, shown):
    assert repr(RateGuard(url)) == f"<RateGuard {shown} fail=open>"


def test_an_encoded_password_is_known_and_can_be_blotted_out():
    assert passwords_of(redis_url("redis://user:12%2F34%40secret@host")) == ["12/34@secret"]
    assert passwords_of(redis_url("redis://host?password=12%2F34%40secret")) == ["12/34@secret"]
