# SPDX-License-Identifier: MIT
# SPDX-FileCopyrightText: The RateGuard authors
"""The function library: loaded when missing, replaced when older, left alone when newer."""

import asyncio
import re
import subprocess

from asking import eventually, with_guard
from conftest import PACKAGE
from rateguard import RateGuard, library

TAG = "{rateguard:0}"  # where 123456789 lives when there are two partitions
OLD = b"""#!lua name=rateguard
redis.register_function('rateguard_check', function() return redis.error_reply('OLD') end)
redis.register_function{function_name='rateguard_version', callback=function() return VERSION end, flags={'no-writes'}}
"""


def older_or_newer(version, check=b"redis.error_reply('OLD')"):
    return OLD.replace(b"VERSION", b"%d" % version).replace(b"redis.error_reply('OLD')", check)


async def ask(guard):
    return await guard.check("api", "anna", default="5/min")


def test_the_package_carries_the_very_library_of_the_repository():
    assert library.shipped()[1] == (PACKAGE.parent / "redis" / "rateguard.lua").read_bytes()


def test_is_loaded_when_missing(redis):
    redis.client.execute_command("FUNCTION FLUSH")
    assert not with_guard(redis.url, ask).unavailable


def test_comes_back_after_function_flush(redis):
    async def use(guard):
        await ask(guard)
        redis.client.execute_command("FUNCTION FLUSH")
        decisions = await asyncio.gather(*(ask(guard) for _ in range(20)))
        assert sum(decision.allowed for decision in decisions) == 4
        assert not any(decision.unavailable for decision in decisions)

    with_guard(redis.url, use)


def test_replaces_an_older_one_at_first_contact(redis):
    redis.client.execute_command("FUNCTION LOAD", "REPLACE", older_or_newer(0))
    assert not with_guard(redis.url, ask).unavailable


def test_leaves_a_newer_one_alone(redis):
    newer = older_or_newer(99, b"'1 98 0 60000 99 60000 1 astrology and more'")
    redis.client.execute_command("FUNCTION LOAD", "REPLACE", newer)
    try:
        decision = with_guard(redis.url, ask)
        assert (decision.limit, decision.why) == (99, "limit"), "what it does not know is taken as a limit"
        assert redis.client.execute_command("FCALL_RO", "rateguard_version", 0) == 99
    finally:
        redis.client.execute_command("FUNCTION FLUSH")


def test_replaces_an_older_one_that_a_service_of_before_brought_back(redis):
    async def use(guard):
        await ask(guard)
        # Version 1 answered in numbers.
        older = older_or_newer(1, b"{1, 99, 98, 0, 1, 60000, 60000}")
        redis.client.execute_command("FUNCTION LOAD", "REPLACE", older)
        assert (await ask(guard)).remaining == 3
        assert redis.client.execute_command("FCALL_RO", "rateguard_version", 0) == library.shipped()[0] == 2

    with_guard(redis.url, use)


def test_says_that_the_package_is_too_old_for_an_answer(redis, caplog):
    newer = older_or_newer(99, b"{'yes', 'of course'}")
    redis.client.execute_command("FUNCTION LOAD", "REPLACE", newer)
    try:
        assert with_guard(redis.url, ask).failed_open
        assert "update the package rateguard" in caplog.text
    finally:
        redis.client.execute_command("FUNCTION FLUSH")


def test_two_that_load_at_once_are_both_content(redis):
    redis.client.execute_command("FUNCTION FLUSH")

    async def use(first):
        second = RateGuard(redis.url, timeout=10)
        answers = await asyncio.gather(*(ask(guard) for guard in (first, second) * 5))
        await second.close()
        assert sum(answer.allowed for answer in answers) == 5
        assert not any(answer.unavailable for answer in answers)

    with_guard(redis.url, use)


def test_a_user_with_only_the_rights_that_the_readme_names(redis):
    readme = (PACKAGE / "README.md").read_text()
    command = re.search(r"^redis-cli ACL SETUSER shop .*$", readme, re.MULTILINE)[0]
    command = command.replace("redis-cli", f"redis-cli -e -s {redis.socket}").replace(">PASSWORD", ">pw")
    subprocess.run(["sh", "-c", command], cwd=PACKAGE, check=True, timeout=20)
    redis.client.execute_command("FUNCTION FLUSH")
    redis.client.hset("rateguard:config", "partitions", 2)

    async def use(guard):
        for policy, default in (("a", "3/50ms"), ("b", "bucket 3/50ms"), ("c", "3/50ms 9/s")):
            for cost in (1, 2, 3):
                decision = await guard.check(policy, "123456789", cost, default)
                assert not decision.unavailable and decision.allowed
                await asyncio.sleep(0.06)
        redis.client.hset(f"{TAG}:limits", "a", "unreadable")
        assert (await guard.check("a", "123456789")).failed_open
        redis.client.hset(f"{TAG}:limits", "a", "7 enforce log 9/1000")
        await guard.check("b", "123456789")
        await eventually(lambda: redis.unchecked("a", TAG) == 1, "the report of what was admitted without a decision")

    try:
        with_guard(redis.url.replace("unix://", "unix://shop:pw@"), use)
    finally:
        redis.client.execute_command("ACL", "DELUSER", "shop")
