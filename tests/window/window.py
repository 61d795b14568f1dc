# SPDX-License-Identifier: GPL-3.0-or-later
# SPDX-FileCopyrightText: The RateGuard authors
"""The dashboard as an operator has it before them."""

from gi.repository import GLib

from waiting import start, stop, until


class Window:
    """A running rateguard. Widgets are found by role and by name, or by what their label is described as."""

    def __init__(self, desktop, program, folder, *arguments, **environment):
        self.desktop, self.folder = desktop, folder
        self.config = folder / "config"
        with open(folder / "window.out", "ab") as out, open(folder / "window.err", "ab") as err:
            command = [program, "--size", "1440x900", *(() if "--page" in arguments else ("--page", "keys")), *arguments]
            variables = {**desktop.environment, "XDG_CONFIG_HOME": str(self.config), **environment}
            self.process = start(*command, env=variables, stdout=out, stderr=err)
        self._known = {}
        self._root = until("the program on the bus of accessibility", lambda: self.alive() and desktop.accessibility.program(self.process.pid))
        self.id = until("the window", self._find_window).split()[0]
        self.activate()

    def _find_window(self):
        return self.alive() and self.desktop.run("xdotool", "search", "--onlyvisible", "--pid", self.process.pid, "--name", "^RateGuard")

    def activate(self):
        self.desktop.run("xdotool", "windowactivate", self.id)
        until("the window to be active", lambda: self.desktop.run("xdotool", "getactivewindow").strip() == self.id)

    def alive(self):
        assert self.process.poll() is None, f"the window is gone, exit code {self.process.returncode}: {self.said()}"
        return True

    def said(self):
        return "".join((self.folder / name).read_text(errors="replace") for name in ("window.out", "window.err"))

    def title(self):
        return self.desktop.run("xdotool", "getwindowname", self.id)

    def close(self):
        stop(self.process)

    # Finding.

    def find(self, role, name=None, description=None):
        """The widget that is so now, waited for. A widget once found stays found."""
        wanted = (role, name, description)
        if wanted not in self._known:
            self._known[wanted] = until(
                lambda: f"a {role} {name or description!r} among\n{self.describe()}", lambda: self.alive() and self._look(*wanted)
            )
        return self._known[wanted]

    def _look(self, role, name, description):
        def fits(element):
            return (
                (name is None or element.name == name)
                and (description is None or element.description == description)
                and element.role == role
            )

        try:
            all_that_fit = list(filter(fits, self._root.everything()))
            # Pages have fields of the same name: the one that is seen is meant.
            return next((it for it in all_that_fit if it.showing), all_that_fit[0] if all_that_fit else None)
        except GLib.Error:
            return None  # something vanished under our eyes

    def focused(self, role, other_than=None):
        """The widget of that role that has the focus now, if one has it."""
        try:
            return next((it for it in self._root.everything() if it.role == role and it.name != other_than and it.focused), None)
        except GLib.Error:
            return None

    def describe(self):
        try:
            return "\n".join(f"{it.role}: {it.name} ({it.description})" for it in self._root.everything() if it.name and it.showing)
        except GLib.Error as error:
            return str(error)

    # Reading.

    def says(self, what, *parts, patience=30):
        """Waits until the label of that description is seen and holds all the parts; returns its text."""
        label = self.find("label", description=what)
        until(lambda: f"{what} to say {parts}; it says: {label.name}",
              lambda: self.alive() and all(part in label.name for part in parts) and label.showing, patience)
        return label.name

    def sees(self, text, patience=30):
        """Waits until some label that is shown holds this text; returns it all."""
        def look():
            try:
                return next((it.name for it in self._root.everything() if it.role == "label" and text in it.name and it.showing), None)
            except GLib.Error:
                return None

        return until(lambda: f"a label with {text!r} among\n{self.describe()}", lambda: self.alive() and look(), patience)

    def live(self):
        self.says("Connection", "Live")
        return self

    # Doing.

    def button(self, name):
        return self.find("push button", name)

    def click_button(self, name):
        button = self.button(name)
        until(f"the button {name} to be ready", lambda: self.alive() and button.showing and button.enabled)
        self.desktop.click(button)

    def agree(self, question):
        """Says yes to a question that begins so; each has a dialog of its own."""
        self.sees(question)
        self._known.pop(("push button", "Yes, do it", None), None)
        self.click_button("Yes, do it")

    def page(self, name):
        """Goes to one of the pages by its key."""
        pages = ("Overview", "Keys", "Details", "Limits", "History", "Alerts")
        button = self.find("radio button", name)
        self.desktop.press(f"ctrl+{pages.index(name) + 1}")
        until(f"the page {name}", lambda: self.alive() and button.checked)

    def choose_policy(self, name):
        """Goes to the limits and clicks its row; the editor follows."""
        self.page("Limits")
        table = self.find("table", "Policies")

        def row():
            try:
                names = table.column(0)
                return names.index(name) + 1 if name in names else None
            except GLib.Error:
                return None

        number = until(f"the policy {name} in the table", lambda: self.alive() and row()) - 1
        self.desktop.click(table.cell(number, 0))
        self.sees(f"Limit of {name}")

    def put(self, element, text):
        """Clicks into a field and writes over what is there."""
        self.desktop.click(element, across=0.25)
        until("the field to be in focus", lambda: element.focused)
        self.desktop.press("ctrl+a")
        self.desktop.type(text)
        until(lambda: f"{element.name} to hold {text}; it holds {element.text}", lambda: self.alive() and element.text == text)

    def pick(self, box, name):
        """Opens a box and clicks an entry of its list. Qt takes no click on a list that has only just opened."""
        self.desktop.click(box)
        entries = box.children[0]
        entry = next(it for it in entries.children if it.name == name)

        def chosen():
            if box.name != name and entries.showing:
                self.desktop.click(entry, across=0.1)  # it may be wider than the list
            return box.name == name

        until(f"{name} to be chosen", lambda: self.alive() and chosen())

    def tab_to(self, element):
        """Goes there as people without a mouse do."""
        for _ in range(40):
            if element.focused:
                return
            self.desktop.press("Tab")
        until(f"the focus on {element.name}", lambda: element.focused, patience=2)

    @property
    def limit(self):
        return self.find("spin box", "Limit")

    @property
    def span(self):
        return self.find("spin box", "Window")

    @property
    def reason(self):
        return self.find("text", "Reason")
