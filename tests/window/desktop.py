# SPDX-License-Identifier: GPL-3.0-or-later
# SPDX-FileCopyrightText: The RateGuard authors
"""A desktop of our own: display, window manager, session bus, accessibility; and a hand to use it with."""

import os
import subprocess

from accessible import Bus
from waiting import PATIENCE, start, stop, tool, until

# Starts nothing by itself: there is a keyring only where a test starts one.
BUS = """<busconfig>
  <type>session</type>
  <listen>unix:tmpdir=/tmp</listen>
  <auth>EXTERNAL</auth>
  <policy context="default">
    <allow send_destination="*" eavesdrop="true"/>
    <allow eavesdrop="true"/>
    <allow own="*"/>
  </policy>
</busconfig>"""


class Desktop:
    def __init__(self, folder):
        self.folder = folder
        self.runtime = folder / "runtime"
        self.runtime.mkdir(mode=0o700)
        self.environment = {
            "PATH": os.environ["PATH"],
            "HOME": str(folder),
            "LC_ALL": "C.UTF-8",  # else xdotool drops what is not ASCII
            "XDG_RUNTIME_DIR": str(self.runtime),
            "QT_LINUX_ACCESSIBILITY_ALWAYS_ON": "1",
            "NO_AT_BRIDGE": "0",
        }
        self._children = []

    def __enter__(self):
        try:
            self._start_display()
            self._start_bus()
            self._start("openbox", "openbox")
            until("openbox to manage windows", lambda: "window id" in self.run("xprop", "-root", "_NET_SUPPORTING_WM_CHECK"))
        except BaseException:
            self.__exit__()
            raise
        return self

    def __exit__(self, *_):
        while self._children:  # the display comes last
            stop(self._children.pop())

    def _start(self, name, package, *arguments, **options):
        with open(self.folder / f"{name}.log", "ab") as log:
            child = start(tool(name, package), *arguments, env=self.environment, **{"stdout": log, "stderr": log, **options})
        self._children.append(child)
        return child

    def _start_display(self):
        for name, package in {"xdotool": "xdotool", "xprop": "x11-utils", "import": "imagemagick"}.items():
            tool(name, package)
        ours, theirs = os.pipe()
        # -r: no key repeats by itself, however late its release comes.
        display = ["-displayfd", theirs, "-screen", 0, "1600x1000x24", "-nolisten", "tcp", "-noreset", "-r"]
        self._start("Xvfb", "xvfb", *display, pass_fds=[theirs])
        os.close(theirs)
        with os.fdopen(ours) as number:
            self.environment["DISPLAY"] = ":" + number.readline().strip()
        assert self.environment["DISPLAY"] != ":", (self.folder / "Xvfb.log").read_text()

    def _start_bus(self):
        config = self.folder / "bus.conf"
        config.write_text(BUS)
        bus = self._start("dbus-daemon", "dbus", "--config-file", config, "--nofork", "--print-address", stdout=subprocess.PIPE, text=True)
        address = self.environment["DBUS_SESSION_BUS_ADDRESS"] = bus.stdout.readline().strip()
        self._start("at-spi-bus-launcher", "at-spi2-core", "--launch-immediately")
        names = ["--print-reply", "--dest=org.freedesktop.DBus", "/", "org.freedesktop.DBus.NameHasOwner", "string:org.a11y.Bus"]
        until("the bus of accessibility", lambda: "true" in self.run("dbus-send", *names))
        self.accessibility = Bus(address)

    def run(self, *command):
        done = subprocess.run([*map(str, command)], env=self.environment, stdout=subprocess.PIPE, stderr=subprocess.PIPE, timeout=PATIENCE)
        return done.stdout.decode(errors="replace")

    def picture(self, file):
        subprocess.run(["import", "-window", "root", str(file)], env=self.environment, check=True, timeout=PATIENCE)

    # The hand. Where a thing is, it says itself.

    def point(self, element, across=0.5):
        x, y, width, height = element.area()
        assert width > 0 and height > 0, f"'{element.name}' has no place on the screen"
        self.run("xdotool", "mousemove", int(x + width * across), y + height // 2)

    def click(self, element, across=0.5):
        self.point(element, across)
        self.run("xdotool", "click", 1)

    def press(self, *keys):
        self.run("xdotool", "key", "--delay", 10, *keys)

    def type(self, text):
        self.run("xdotool", "type", "--delay", 10, "--", text)
