# SPDX-License-Identifier: GPL-3.0-or-later
# SPDX-FileCopyrightText: The RateGuard authors
"""Installs the C++ client into a temporary prefix, builds the example against it, and runs that with and without a Redis.

    python3 package.py <top of the project> <its build folder> <cmake>
"""

import os
import re
import shutil
import subprocess
import sys
import tempfile
import time
from pathlib import Path

# What a service may see; anything else would be a promise.
HEADERS = {
    "engine/Decision.h", "engine/Limit.h", "engine/LimitFault.h", "engine/ServiceDecision.h", "engine/Time.h",
    "redis/BlockingLimiter.h", "redis/RedisUrl.h", "redis/ServiceLimiter.h", "redis/ServiceOptions.h",
}


def run(*command, **options):
    result = subprocess.run(command, capture_output=True, text=True, check=False, **options)
    if result.returncode != 0:
        sys.exit(f"{' '.join(map(str, command))}\n{result.stdout}{result.stderr}")
    return result.stdout


def demand(holds, what, text):
    if not holds:
        sys.exit(f"{what}:\n{text}")


def cached(build, name):
    return re.search(rf"^{name}:\w+=(.*)$", (build / "CMakeCache.txt").read_text(), re.MULTILINE)[1]


def build_example(top, build, cmake, folder):
    prefix = folder / "prefix"
    run(cmake, "--install", build, "--component", "client", "--prefix", prefix)
    root = prefix / "include" / "rateguard"
    headers = {path.relative_to(root).as_posix() for path in root.rglob("*.h")}
    demand(headers == HEADERS, "other headers than expected", sorted(headers ^ HEADERS))
    shutil.copytree(top / "resources/cpp/example", folder / "example")
    run(cmake, "-G", "Ninja", "-S", folder / "example", "-B", folder / "build", f"-DCMAKE_PREFIX_PATH={prefix}", "-DCMAKE_CXX_FLAGS=-Wall -Wextra -Werror "
        + " ".join(f"-fsanitize={name}" for name in [cached(build, "RATEGUARD_SANITIZE")] if name),
        f"-DCMAKE_CXX_COMPILER={cached(build, 'CMAKE_CXX_COMPILER')}")
    run(cmake, "--build", folder / "build")
    return folder / "build" / "mailer"


def check_with_redis(mailer, url):
    start = time.monotonic()
    output = run(mailer, url, timeout=60)
    took = time.monotonic() - start
    lines = output.splitlines()
    demand(lines[:5] == [f"mail {i} sent, {5 - i} left" for i in range(1, 6)], "not five at once", output)
    waits = [int(wait) for wait in re.findall(r"again in (\d+) ms", output)]
    demand(waits and 1000 < waits[0] <= 2000, "no wait for the oldest to leave the window", output)
    demand(2 <= took < 20 and lines[-1] == "0 without Redis", f"wrong end after {took:.1f} s", output)


def check_without_redis(mailer, folder):
    output = run(mailer, f"unix://{folder}/nobody.sock", timeout=60)
    demand("Is Redis running there?" in output and output.endswith("10 without Redis\n"), "wrong without Redis", output)
    demand(output.count("again in") >= 1, "the local limiter did not limit", output)


def main(top, build, cmake):
    server = shutil.which("redis-server") or shutil.which("valkey-server") or sys.exit("there is no redis-server")
    with tempfile.TemporaryDirectory(prefix="rateguard-") as name:
        folder = Path(name)
        mailer = build_example(Path(top), Path(build), cmake, folder)
        path = folder / "redis.sock"
        redis = subprocess.Popen([server, "--port", "0", "--unixsocket", path, "--save", "", "--dir", folder, "--logfile", folder / "log"])
        try:
            for _ in range(200):
                if path.exists():
                    break
                time.sleep(0.05)
            check_with_redis(mailer, f"unix://{path}")
        finally:
            redis.kill()
            redis.wait()
        check_without_redis(mailer, folder)
    print("installed, built, and limited with and without Redis")


if __name__ == "__main__":
    os.environ.pop("RATEGUARD_URL", None)
    os.environ.pop("REDIS_URL", None)
    main(*sys.argv[1:])
