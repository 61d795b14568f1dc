# SPDX-License-Identifier: MIT
# SPDX-FileCopyrightText: The RateGuard authors
"""The function library: loaded when missing, replaced when older, left alone when newer."""

import asyncio

from asking import with_guard
from conftest import PACKAGE
from rateguard import RateGuard, library

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
    newer = older_or_newer(99, b"{1, 99, 98, 0, 1, 60000, 60000}")
    redis.client.execute_command("FUNCTION LOAD", "REPLACE", newer)
    try:
        assert with_guard(redis.url, ask).limit == 99
        assert redis.client.execute_command("FCALL_RO", "rateguard_version", 0) == 99
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
    rights = readme.split("ACL SETUSER shop ")[1].split("```")[0].replace("\\\n", " ").replace("'", "").split()
    redis.client.execute_command("ACL", "SETUSER", "shop", *(right.replace(">PASSWORD", ">pw") for right in rights))
    redis.client.execute_command("FUNCTION FLUSH")

    async def use(guard):
        for cost in (1, 2, 3):
            assert not (await guard.check("api", "anna", cost, default="3/50ms")).unavailable
            await asyncio.sleep(0.06)

    try:
        with_guard(redis.url.replace("unix://", "unix://shop:pw@"), use)
    finally:
        redis.client.execute_command("ACL", "DELUSER", "shop")
