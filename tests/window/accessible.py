# SPDX-License-Identifier: GPL-3.0-or-later
# SPDX-FileCopyrightText: The RateGuard authors
"""What assistive technology sees of a program: AT-SPI, spoken on D-Bus without a cache that could be out of date."""

from gi.repository import Gio, GLib

ROOT = "/org/a11y/atspi/accessible/root"
ACCESSIBLE, ACTION, COMPONENT, TABLE, TEXT, VALUE = (
    f"org.a11y.atspi.{name}" for name in ("Accessible", "Action", "Component", "Table", "Text", "Value")
)
CHECKED, ENABLED, FOCUSED, SHOWING = 4, 8, 12, 25  # of AtspiStateType
SCREEN_COORDINATES = 0  # those of the window come with a wrong size from Qt 6.4
DBUS = "org.freedesktop.DBus"


class Bus:
    """The bus of accessibility, found through that of the session."""

    def __init__(self, session_address):
        session = self._connect(session_address)
        reply = session.call_sync("org.a11y.Bus", "/org/a11y/bus", "org.a11y.Bus", "GetAddress", None, None, 0, 20_000, None)
        self._bus = self._connect(reply.unpack()[0])

    @staticmethod
    def _connect(address):
        flags = Gio.DBusConnectionFlags
        connection = Gio.DBusConnection.new_for_address_sync(
            address, flags.AUTHENTICATION_CLIENT | flags.MESSAGE_BUS_CONNECTION, None, None
        )
        connection.set_exit_on_close(False)
        return connection

    def call(self, name, path, interface, method, signature="()", *arguments):
        answer = self._bus.call_sync(name, path, interface, method, GLib.Variant(signature, arguments), None, 0, 20_000, None)
        return answer.unpack()

    def program(self, pid):
        """The root of the program with this process id; None while it is not there."""
        for name in self.call(DBUS, "/", DBUS, "ListNames")[0]:
            try:
                if name[0] == ":" and self.call(DBUS, "/", DBUS, "GetConnectionUnixProcessID", "(s)", name)[0] == pid:
                    return Element(self, name, ROOT)
            except GLib.Error:
                continue  # it has just left
        return None


class Element:
    """A widget or a cell, as long as it lives. Every property is asked for anew."""

    def __init__(self, bus, owner, path):
        self._bus, self._owner, self._path = bus, owner, path

    def _call(self, interface, method, signature="()", *arguments):
        return self._bus.call(self._owner, self._path, interface, method, signature, *arguments)

    def _get(self, interface, name):
        return self._call(DBUS + ".Properties", "Get", "(ss)", interface, name)[0]

    def _state(self, bit):
        low, high = self._call(ACCESSIBLE, "GetState")[0]
        return bool((low | high << 32) >> bit & 1)

    role = property(lambda self: self._call(ACCESSIBLE, "GetRoleName")[0])
    name = property(lambda self: self._get(ACCESSIBLE, "Name"))
    description = property(lambda self: self._get(ACCESSIBLE, "Description"))
    checked = property(lambda self: self._state(CHECKED))
    enabled = property(lambda self: self._state(ENABLED))
    focused = property(lambda self: self._state(FOCUSED))
    showing = property(lambda self: self._state(SHOWING))
    text = property(lambda self: self._call(TEXT, "GetText", "(ii)", 0, -1)[0])
    value = property(lambda self: self._get(VALUE, "CurrentValue"))
    rows = property(lambda self: self._get(TABLE, "NRows"))

    key = property(lambda self: self._call(ACTION, "GetKeyBinding", "(i)", 0)[0])  # of its first action, such as Alt+A

    @property
    def children(self):
        return [Element(self._bus, owner, path) for owner, path in self._call(ACCESSIBLE, "GetChildren")[0]]

    def cell(self, row, column):
        return Element(self._bus, *self._call(TABLE, "GetAccessibleAt", "(ii)", row, column)[0])

    def column(self, column):
        """The texts of a column; rows may move meanwhile."""
        return [self.cell(row, column).name for row in range(self.rows)]

    def area(self):
        """x, y, width, height on the screen."""
        return self._call(COMPONENT, "GetExtents", "(u)", SCREEN_COORDINATES)[0]

    def everything(self):
        """This and all below; of tables, lists and menus only the outside."""
        yield self
        if self.role not in ("table", "list", "menu bar"):
            for child in self.children:
                yield from child.everything()
