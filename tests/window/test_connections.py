# SPDX-License-Identifier: GPL-3.0-or-later
# SPDX-FileCopyrightText: The RateGuard authors
"""Saved connections, their passwords, and what the page says when a connection does not come about."""

import subprocess

import pytest
from gi.repository import GLib

from leaks import PASSWORD, leaks
from waiting import until


def seen(window, role, name, description=None):
    """One that is shown; the form and the page have fields of the same names. A box is named by what it says now."""
    def fits(it):
        return it.role == role and (it.name == name if name else it.description.startswith(description)) and it.showing

    def look():
        try:
            return next(filter(fits, window._root.everything()), None)
        except GLib.Error:
            return None

    return until(lambda: f"a {role} {name or description!r} among\n{window.describe()}", lambda: window.alive() and look())


def type_password(window, text):
    field = seen(window, "text", "Password")
    window.desktop.click(field, across=0.25)
    until("the password field to be in focus", lambda: field.focused)
    window.desktop.press("ctrl+a")
    window.desktop.type(text)


def press(window, name):
    """The button of that name that is shown."""
    button = seen(window, "push button", name)
    until(f"the button {name} to be ready", lambda: window.alive() and button.enabled)
    window.desktop.click(button)


def fill(window, name, address, environment=None):
    window.click_button("New…")
    window.put(seen(window, "text", "Name"), name)
    window.put(seen(window, "text", "Address"), address)
    if environment:
        window.pick(seen(window, "combo box", None, "Production asks before every edit"), environment)


def open_saved(window):
    """The selected one, by keyboard."""
    window.desktop.click(seen(window, "list", "Saved connections"), across=0.5)
    until("the list to be in focus", lambda: seen(window, "list", "Saved connections").focused)
    window.desktop.press("Home", "Return")


def settings(window):
    return "".join(path.read_text() for path in window.config.rglob("*.conf"))


def test_a_password_lives_in_the_keyring_until_it_is_deleted(serve, keyring, open_window, port, program, desktop):
    serve(port=port, password=PASSWORD)
    window = open_window()
    fill(window, "Payments", f"redis://127.0.0.1:{port}", "Production")
    window.desktop.click(seen(window, "check box", "Remember in the keyring"), across=0.1)
    type_password(window, PASSWORD)
    press(window, "Test connection")
    window.sees("✓ All is well")
    window.click_button("Save")
    until("the password to be in the keyring", lambda: len(keyring.items()) == 1)
    open_saved(window)
    window.live()
    assert window.title().strip() == "RateGuard – Payments – Production"
    assert leaks(window) == []
    window.close()
    assert "Payments" in settings(window)
    assert PASSWORD not in settings(window)
    modes = [path.stat().st_mode & 0o077 for path in window.config.rglob("*.conf")]
    assert modes == [0], "nobody else reads where our Redis are"

    # Another start: by name, and as the one opened last.
    for arguments in (("--connection", "payments"), ()):
        window = open_window(*arguments).live()
        assert window.title().strip() == "RateGuard – Payments – Production"
        assert leaks(window) == []
        if arguments:
            window.close()

    window.desktop.press("alt+f", "c")
    window.click_button("Delete…")
    window.click_button("Delete")
    until("the password to be gone from the keyring", lambda: keyring.items() == [])
    window.close()
    done = subprocess.run([program("rateguard"), "--connection", "Payments"], env={**desktop.environment, "XDG_CONFIG_HOME": str(window.config)},
                          stderr=subprocess.PIPE, text=True, timeout=30)
    assert done.returncode == 2
    assert "no connection is saved" in done.stderr


def test_without_a_keyring_the_password_is_asked_for_and_kept_nowhere(serve, open_window, port):
    serve(port=port, password=PASSWORD)
    window = open_window()
    fill(window, "Payments", f"redis://127.0.0.1:{port}", "Test")
    window.desktop.click(seen(window, "check box", "Remember in the keyring"), across=0.1)
    type_password(window, PASSWORD)
    window.click_button("Save")
    window.sees("No keyring answers, or it was not unlocked, so passwords are asked for each time and kept nowhere.")
    assert leaks(window) == []

    open_saved(window)
    window.sees("asks for a password.")
    field = seen(window, "text", "Password")
    until("the password field to be in focus", lambda: field.focused)
    window.desktop.type("wrong")
    window.desktop.press("Return")
    window.sees("Redis refused this user and password.")
    field = seen(window, "text", "Password")
    until("the password field to be in focus again", lambda: field.focused)
    assert not seen(window, "check box", "Remember in the keyring").enabled
    window.desktop.type(PASSWORD)
    window.desktop.press("Return")
    window.live()
    assert window.title().strip() == "RateGuard – Payments – Test"
    assert leaks(window) == []
    window.close()
    assert PASSWORD not in settings(window) + window.said()

    window = open_window()  # the one opened last, which asks again
    window.sees("asks for a password.")
    assert leaks(window) == []


def test_a_viewer_sees_why_nothing_can_be_edited(serve, ctl, open_window, port, program):
    redis = serve(port=port)
    ctl(redis, "limits", "set", "search", "100/min")
    rules = subprocess.run([program("rateguardctl"), "acl", "print", "viewer"], stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, check=True).stdout
    redis.client.execute_command("ACL", "SETUSER", "viewer", "on", f">{PASSWORD}", *rules.split()[3:])
    before = redis.client.hgetall("{rateguard:0}:limits"), redis.edits()
    window = open_window(RATEGUARD_URL=f"redis://viewer:{PASSWORD}@127.0.0.1:{port}").live()
    window.choose_policy("search")
    window.sees("READ-ONLY")
    window.sees("This user may watch but not edit: NOPERM on FCALL. Ask for an operator's login: rateguardctl acl print operator")
    assert not window.button("Apply").enabled
    assert (redis.client.hgetall("{rateguard:0}:limits"), redis.edits()) == before
    assert leaks(window) == []


def test_a_saved_connection_may_be_read_only(serve, open_window):
    redis = serve()
    window = open_window()
    fill(window, "Watched", redis.url)
    window.desktop.click(seen(window, "check box", "Only watch: never write to it from here"), across=0.1)
    window.click_button("Save")
    open_saved(window)
    window.live().sees("READ-ONLY")
    assert redis.client.execute_command("FUNCTION", "LIST") == [], "not even the library"
    assert redis.client.dbsize() == 0

    # A mark counts at once.
    window.desktop.press("alt+f", "c")
    press(window, "Edit…")
    window.desktop.click(seen(window, "check box", "Only watch: never write to it from here"), across=0.1)
    window.pick(seen(window, "combo box", None, "Production asks before every edit"), "Production")
    press(window, "Save")
    press(window, "Back")
    window.live()
    until("the lock to go", lambda: "READ-ONLY" not in window.describe())
    assert window.title().strip() == "RateGuard – Watched – Production"


def test_the_command_line_marks_an_environment(serve, open_window):
    window = open_window("--url", serve().url, "--environment", "production").live()
    assert window.title().strip().endswith("Production")


@pytest.mark.parametrize("arguments, words", [
    (["--environment", "prod"], "development, test and production"),
    (["--connection", "nobody"], "no connection is saved"),
    (["--connection", "a", "--url", "redis://b"], "leave out --url"),
    (["--demo", "--connection", "a"], "leave out --connection"),
])
def test_a_wrong_command_line_says_what_to_write(program, folder, arguments, words):
    done = subprocess.run([program("rateguard"), *arguments], env={"XDG_CONFIG_HOME": str(folder), "HOME": str(folder), "LC_ALL": "C.UTF-8"},
                          stderr=subprocess.PIPE, text=True, timeout=30)
    assert done.returncode == 2
    assert words in done.stderr


def test_something_else_than_a_redis_is_named_as_such(open_window, port, folder):
    import http.server
    import threading

    server = http.server.HTTPServer(("127.0.0.1", port), http.server.SimpleHTTPRequestHandler)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        window = open_window("--url", f"redis://127.0.0.1:{port}")
        window.says("Trouble", "does not look like a Redis", "Check host and port.")
        window.click_button("Connect…")
        press(window, "Test connection")
        window.sees("✗ This connection does not work yet")
    finally:
        server.shutdown()
        server.server_close()
        thread.join()
