# SPDX-License-Identifier: GPL-3.0-or-later
# SPDX-FileCopyrightText: The RateGuard authors
"""What a desktop shows notifications with: python3 notifications.py FILE. Writes each one into the file, as a line of JSON."""

import json
import sys

from gi.repository import Gio, GLib

INTERFACE = """<node><interface name="org.freedesktop.Notifications">
<method name="GetCapabilities"><arg type="as" direction="out"/></method>
<method name="Notify"><arg type="s" direction="in"/><arg type="u" direction="in"/><arg type="s" direction="in"/><arg type="s" direction="in"/>
<arg type="s" direction="in"/><arg type="as" direction="in"/><arg type="a{sv}" direction="in"/><arg type="i" direction="in"/>
<arg type="u" direction="out"/></method>
<signal name="ActionInvoked"><arg type="u"/><arg type="s"/></signal></interface></node>"""


def main(file):
    told = open(file, "a", buffering=1)  # noqa: SIM115 -- as long as the process

    def called(connection, _sender, path, interface, method, arguments, invocation):
        if method == "GetCapabilities":
            invocation.return_value(GLib.Variant("(as)", (["body", "body-markup", "actions"],)))
            return
        _name, _replaces, _icon, title, text, actions, _hints, _timeout = arguments.unpack()
        told.write(json.dumps({"title": title, "text": text, "actions": actions}) + "\n")
        invocation.return_value(GLib.Variant("(u)", (7,)))
        if title.startswith("▲"):  # someone clicks it at once
            GLib.timeout_add(200, lambda: connection.emit_signal(None, path, interface, "ActionInvoked", GLib.Variant("(us)", (7, "default"))) and False)

    def has_bus(connection, _name):
        connection.register_object("/org/freedesktop/Notifications", Gio.DBusNodeInfo.new_for_xml(INTERFACE).interfaces[0], called, None, None)

    Gio.bus_own_name(Gio.BusType.SESSION, "org.freedesktop.Notifications", Gio.BusNameOwnerFlags.NONE, has_bus, None, None)
    GLib.MainLoop().run()


if __name__ == "__main__":
    main(sys.argv[1])
