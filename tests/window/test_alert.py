# SPDX-License-Identifier: GPL-3.0-or-later
# SPDX-FileCopyrightText: The RateGuard authors
"""An alert reaches the desktop, and a click on it leads to the page of alerts."""

import json
import sys
from pathlib import Path

from waiting import start, stop, until


def test_an_outage_is_told_to_the_desktop(serve, desktop, folder, open_window):
    file = folder / "notifications"
    file.touch()
    service = start(sys.executable, Path(__file__).with_name("notifications.py"), file, env=desktop.environment)
    try:
        redis = serve()
        window = open_window("--url", redis.url).live()
        redis.kill()  # the rule waits for ten seconds
        lines = until("the notification", lambda: window.alive() and file.read_text().splitlines())
        told = json.loads(lines[0])
        assert told["title"] == "▲ No answer from Redis"
        assert told["text"] == "No answer from Redis for 10 s"
        until("the title of the window", lambda: window.title().startswith("▲ 1 alert – RateGuard"))
        page = window.find("radio button", "Alerts")
        until("the page of alerts, after the click", lambda: page.checked)
        redis.start()
        window.live()
        until("the alert to be over", lambda: not window.title().startswith("▲"))
        assert len(file.read_text().splitlines()) == 1
    finally:
        stop(service)
