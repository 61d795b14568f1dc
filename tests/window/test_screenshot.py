# SPDX-License-Identifier: GPL-3.0-or-later
# SPDX-FileCopyrightText: The RateGuard authors
"""Pictures from a machine without a display."""

import struct
import subprocess

import pytest

SIZE = (1210, 730)


def brightness(file):
    command = ["convert", file, "-colorspace", "Gray", "-format", "%[fx:mean] %[fx:standard_deviation]", "info:"]
    return [float(number) for number in subprocess.run(command, check=True, stdout=subprocess.PIPE, timeout=60).stdout.split()]


@pytest.fixture
def photograph(program, folder, desktop):
    def photograph(name, *arguments, **environment):
        file = folder / f"{name}.png"
        command = [program("rateguard"), "--screenshot", file, "--size", "%dx%d" % SIZE, "--after", "2", *arguments]
        variables = {name: value for name, value in desktop.environment.items() if name not in ("DISPLAY", "DBUS_SESSION_BUS_ADDRESS")}
        variables |= {"XDG_CONFIG_HOME": str(folder / "config"), **environment}
        done = subprocess.run([*map(str, command)], env=variables, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, timeout=60)
        return file, done.returncode, done.stdout.decode()

    return photograph


def test_screenshots_of_both_themes_need_no_display(serve, ctl, traffic, photograph):
    redis = serve()
    ctl(redis, "limits", "set", "search", "100/min")
    traffic(redis)
    light = dark = None
    for theme in ("light", "dark"):
        file, code, output = photograph(theme, "--theme", theme, "--url", redis.url)
        assert (code, output) == (0, "")
        data = file.read_bytes()
        assert data.startswith(b"\x89PNG\r\n\x1a\n")
        assert struct.unpack(">II", data[16:24]) == SIZE
        light, dark = dark, file
    (bright, variety), (gloomy, contrast) = brightness(light), brightness(dark)
    print(f"mean brightness: light {bright:.2f}, dark {gloomy:.2f}")
    assert bright > 0.7 and gloomy < 0.3
    assert variety > 0.01 and contrast > 0.01, "something is drawn"


def test_without_a_display_a_window_says_what_to_do_instead(program, folder):
    done = subprocess.run([program("rateguard")], env={"HOME": str(folder), "LC_ALL": "C.UTF-8"}, stderr=subprocess.PIPE, timeout=30, text=True)
    assert done.returncode == 4
    assert "rateguardctl watch" in done.stderr and "--screenshot" in done.stderr
