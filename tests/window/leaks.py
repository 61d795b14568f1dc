# SPDX-License-Identifier: GPL-3.0-or-later
# SPDX-FileCopyrightText: The RateGuard authors
"""Where a password is looked for that only Redis and the keyring may know."""

PASSWORD = "hunter2"


def leaks(window):
    """Where the password can be read that should be nowhere."""
    process = f"/proc/{window.process.pid}"
    config = [path for path in [*window.config.rglob("*"), *window.desktop.folder.rglob("*")] if path.is_file()]
    places = {
        "title": window.title(),
        "arguments": open(f"{process}/cmdline").read(),
        "output": window.said(),
        "window": window.describe(),
        **{str(path): path.read_bytes().decode(errors="replace") for path in config},
    }
    return [name for name, text in places.items() if PASSWORD in text]
