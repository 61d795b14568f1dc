# SPDX-License-Identifier: GPL-3.0-or-later
# SPDX-FileCopyrightText: The RateGuard authors
"""As peers.mjs, for python-limits from Debian packages unpacked into FOLDER.

    python3 peers.py FOLDER COUNT WINDOW_MS
"""

import json
import sys
import time
import types
from pathlib import Path

NOW = 1700000000.1234567


class Recorder:
    """Stands in for a redis-py client: registers scripts and notes the first that is called."""

    def __init__(self):
        self.sent = None

    def register_script(self, script):
        def call(keys, args):
            text = script.decode() if isinstance(script, bytes) else script
            self.sent = self.sent or (text, keys, ["@NOW_S@" if arg == NOW else str(arg) for arg in args])
            return 1

        return call


def main(folder, count, window_ms):
    sys.path.insert(0, str(Path(folder) / "usr/lib/python3/dist-packages"))
    try:
        client = Recorder()
        redis = types.ModuleType("redis")
        redis.__version__ = "4.3.4"
        redis.from_url = lambda uri, **options: client
        sys.modules["redis"] = redis
        import limits
        from limits.storage import RedisStorage
        from limits.strategies import FixedWindowRateLimiter, MovingWindowRateLimiter

        time.time = lambda: NOW
        storage = RedisStorage("redis://")  # strategies hold it weakly
        item = limits.RateLimitItemPerSecond(count, window_ms // 1000)
        for title, strategy, admits in (
            ("moving window", MovingWindowRateLimiter, [1, 1]),
            ("fixed window", FixedWindowRateLimiter, [1, count]),
        ):
            client.sent = None
            strategy(storage).hit(item, "@KEY@" + title[0])  # the two may not share a key
            script, keys, args = client.sent
            version = limits.__version__.split("+")[0]
            print(json.dumps({"title": f"python-limits {version}, {title}", "script": script, "keys": keys, "args": args, "admits": admits}))
    except Exception as error:  # whatever it is, the benchmark is to say that this peer is missing and why
        print(json.dumps({"missing": "python-limits", "reason": f"{type(error).__name__}: {error}"}))


if __name__ == "__main__":
    main(sys.argv[1], int(sys.argv[2]), int(sys.argv[3]))
