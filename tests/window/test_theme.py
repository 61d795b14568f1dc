# SPDX-License-Identifier: GPL-3.0-or-later
# SPDX-FileCopyrightText: The RateGuard authors
"""Light or dark: chosen in the menu, at once, and the next time as well."""

import subprocess

from waiting import until


def brightness(window, picture):
    window.desktop.picture(picture)
    command = ["convert", picture, "-colorspace", "Gray", "-format", "%[fx:mean]", "info:"]
    return float(subprocess.run(command, check=True, stdout=subprocess.PIPE, timeout=60).stdout)


def test_the_theme_is_chosen_live_and_remembered(serve, traffic, open_window, folder):
    redis = serve()
    traffic(redis)
    picture = folder / "theme.png"
    window = open_window("--url", redis.url, "--theme", "light").live()
    until("a light window", lambda: brightness(window, picture) > 0.6)
    window.desktop.press("alt+v", "t", "d")  # View, Theme, Dark
    until("a dark window", lambda: brightness(window, picture) < 0.3)
    window.close()

    window = open_window("--url", redis.url).live()
    until("a window that is dark again", lambda: brightness(window, picture) < 0.3)
    window.close()

    window = open_window("--url", redis.url, "--theme", "light").live()
    until("a window as the command line says", lambda: brightness(window, picture) > 0.6)
    window.close()

    window = open_window("--url", redis.url).live()
    until("a window as it was chosen", lambda: brightness(window, picture) < 0.3)
