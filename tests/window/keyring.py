# SPDX-License-Identifier: GPL-3.0-or-later
# SPDX-FileCopyrightText: The RateGuard authors
"""A Secret Service of our own on the desktop's bus, unlocked, and what lies in it."""

import os
import subprocess

from gi.repository import Gio, GLib

from waiting import start, stop, tool, until

NAME, PATH = "org.freedesktop.secrets", "/org/freedesktop/secrets"


class Keyring:
    def __init__(self, desktop):
        with open(desktop.folder / "keyring.log", "ab") as log:
            command = [tool("gnome-keyring-daemon", "gnome-keyring"), "--foreground", "--unlock", "--components=secrets"]
            read, write = _pipe_with(b"not empty, or the keyring is a file in clear")
            self._process = start(*command, env=desktop.environment, stdin=read, stdout=log, stderr=subprocess.STDOUT)
            read.close()
            write.close()
        flags = Gio.DBusConnectionFlags
        self._bus = Gio.DBusConnection.new_for_address_sync(
            desktop.environment["DBUS_SESSION_BUS_ADDRESS"], flags.AUTHENTICATION_CLIENT | flags.MESSAGE_BUS_CONNECTION, None, None
        )
        self._bus.set_exit_on_close(False)
        until("the keyring to answer", self._answers)

    def items(self):
        """The names of the passwords of rateguard."""
        asked = GLib.Variant("(a{ss})", ({"server": "rateguard"},))
        found = self._bus.call_sync(NAME, PATH, "org.freedesktop.Secret.Service", "SearchItems", asked, None, 0, 20_000, None).unpack()
        return [*found[0], *found[1]]

    def _answers(self):
        try:
            self._bus.call_sync(NAME, PATH, "org.freedesktop.DBus.Peer", "Ping", None, None, Gio.DBusCallFlags.NO_AUTO_START, 5000, None)
            return True
        except GLib.Error:
            return False

    def stop(self):
        stop(self._process)


def _pipe_with(text):
    read, write = os.pipe()
    os.write(write, text)
    return os.fdopen(read, "rb"), os.fdopen(write, "wb")
