# SPDX-License-Identifier: MIT
# SPDX-FileCopyrightText: The RateGuard authors
import pytest
from rateguard import Limit, RateGuardMiddleware, limit
from rateguard.route import policy_of


@pytest.mark.parametrize(
    "text, wire",
    [
        ("10/s", "10/1000"),
        ("100/min", "100/60000"),
        ("1000/h", "1000/3600000"),
        ("5/250ms", "5/250"),
        ("1/1d", "1/86400000"),
        ("20/2s", "20/2000"),
        ("1000000/24d", "1000000/2073600000"),
        ("10/s 1000/h", "10/1000 1000/3600000"),
        ("10/s, 1000/h,5000/d", "10/1000 1000/3600000 5000/86400000"),
        ("1/s  2/min 3/h 4/d", "1/1000 2/60000 3/3600000 4/86400000"),
        ("log 10/s", "10/1000"),
        ("bucket 1000000000/d", "bucket 1000000000/86400000"),
        ("bucket 10/s 1000/h", "bucket 10/1000 1000/3600000"),
    ],
)
def test_reads_a_limit(text, wire):
    assert Limit.of(text).wire == wire


@pytest.mark.parametrize(
    "text",
    [
        *("", "10", "10/", "/s", "0/s", "-1/s", "1.5/s", "1000001/s", "1/0s", "1/25d", "1/week", "٣/s", "1/s\n", 10, ["1/s"]),
        *("1/s 2/min 3/h 4/d 5/2d", "1/s 2/1000ms", "1/s 2", "1/s;2/h", "1/s,", " 1/s", "1/s,,2/h", "bucket", "bucket ", "gcra 1/s"),
        *("bucket 1000000001/s", "BUCKET 1/s", "log 1000001/s", "ten per hour"),
    ],
)
def test_names_the_bad_limit_and_the_remedy(text):
    with pytest.raises(ValueError) as error:
        Limit.of(text)
    assert str(error.value).startswith((repr(text), repr(repr(text))))
    assert "write" in str(error.value) or "go" in str(error.value)


@pytest.mark.parametrize(
    "text, message",
    [
        ("10/s 2", "'10/s 2' is not a limit because of '2': write COUNT/WINDOW"),
        ("10/s 600/60s 5/min", "two windows of 60000 ms: write the one with the smaller count only"),
        ("1/s 2/min 3/h 4/d 5/2d", "5 windows: write at most 4"),
        ("5000000/h", "goes from 1 to 1000000, and with 'bucket ' in front to 1000000000"),
        ("gcra 1/s", "an algorithm of 'gcra': write 'log' or 'bucket'"),
    ],
)
def test_says_which_part_of_a_limit_is_wrong(text, message):
    with pytest.raises(ValueError) as error:
        Limit.of(text)
    assert message in str(error.value) and repr(text) in str(error.value)


def test_a_limit_can_be_put_together():
    assert Limit(10, 1000) == Limit.of("10/s") != Limit(10, 1000, algorithm="bucket")
    several = Limit(10, 1000, ((1000, 3_600_000),), "bucket")
    assert several == Limit.of("bucket 10/s 1000/h")
    assert (several.count, several.window_ms, several.windows) == (10, 1000, ((10, 1000), (1000, 3_600_000)))
    with pytest.raises(ValueError, match="a limit of 0"):
        Limit(10, 1000, ((0, 2000),))


def test_a_decorator_with_a_bad_limit_fails_at_import():
    with pytest.raises(ValueError, match="'fast' is not a limit"):

        @limit("fast")
        def endpoint():
            pass


@pytest.mark.parametrize(
    "options, message",
    [
        ({"policy": "a b"}, "'a b' is no policy name"),
        ({"limit": "100"}, "'100' is not a limit"),
        ({"fail": "half"}, "choose 'open'"),
        ({"key": "X-API-Key"}, r"header\('X-API-Key'\)"),
        ({"exempt": "/health"}, r"\['/health'\]"),
        ({"url": "http://localhost"}, "starts with redis://"),
        ({"url": "redis://:se/cret@localhost:6379"}, "percent-encoded"),
        ({"prefix": "a{b}"}, "prefix="),
    ],
)
def test_the_middleware_refuses_bad_options(options, message):
    with pytest.raises(ValueError, match=message) as error:
        RateGuardMiddleware(None, **{"url": "redis://localhost", **options})
    assert "se/cret" not in str(error.value)


def test_a_missing_url_says_what_to_set(monkeypatch):
    monkeypatch.delenv("RATEGUARD_URL", raising=False)
    monkeypatch.delenv("REDIS_URL", raising=False)
    with pytest.raises(ValueError, match="set RATEGUARD_URL or REDIS_URL"):
        RateGuardMiddleware(None)


def test_the_argument_wins_over_rateguard_url_over_redis_url(monkeypatch):
    monkeypatch.setenv("REDIS_URL", "redis://third")
    assert "third" in repr(RateGuardMiddleware(None).guard)
    monkeypatch.setenv("RATEGUARD_URL", "redis://second")
    assert "second" in repr(RateGuardMiddleware(None).guard)
    assert "first" in repr(RateGuardMiddleware(None, url="redis://first").guard)


def test_policies_of_functions_differ_and_fit():
    def search():
        pass

    other = type("Other", (), {"search": lambda self: None}).search
    long = type("Long" * 30, (), {})
    long.__qualname__ = "Long" * 30
    assert policy_of(search) == "test_limits.test_policies_of_functions_differ_and_fit.search"
    assert policy_of(other) != policy_of(search)
    assert len(policy_of(long)) == 64
