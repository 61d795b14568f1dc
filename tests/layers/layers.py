# SPDX-License-Identifier: GPL-3.0-or-later
# SPDX-FileCopyrightText: The RateGuard authors
"""Reads every #include of core, ui and app and refuses what the layers forbid.

    python3 layers.py <top of the project> <a folder that holds QtCore/, QtGui/ ...> [<another> ...]

Libraries keep layers apart only so far: a system header such as hiredis is found by every target. A file in ui needs no
link to core/redis to include a header of it that is all inline. So this reads the text. It knows no compiler: a line in
an #if counts like any other, and one in a comment does not.
"""

import re
import sys
from pathlib import Path

SOURCES = {".h", ".hpp", ".inl", ".cpp", ".cc", ".cxx"}

# What each layer may include besides the C++ standard library: our own layers, then modules of Qt, then others.
# The longest matching path counts. The order is the order of the layers, from the bottom up.
LAYERS = {
    "core/engine": (["core/engine"], [], []),
    "core/redis": (["core/engine", "core/redis"], ["QtCore", "QtNetwork"], ["system", "hiredis"]),
    "core/feed": (["core"], ["QtCore"], []),
    "ui/format": (["core/engine", "ui/format"], ["QtCore"], []),
    "ui/models": (["core/engine", "ui/format", "ui/models"], ["QtCore", "QtGui"], []),
    "ui/charts": (["core/engine", "ui/format", "ui/charts"], ["QtCore", "QtGui", "QtWidgets", "QtCharts"], []),
    "ui/widgets": (["core/engine", "ui"], ["QtCore", "QtGui", "QtWidgets"], []),
    # The console twin and what it shares with the dashboard: ui/format makes text for eyes and needs no window.
    "app/ctl": (["core", "ui/format", "app/ctl", "app/demo"], ["QtCore", "QtNetwork"], ["system"]),
    "app/demo": (["core", "app/demo"], ["QtCore", "QtNetwork"], ["system"]),
    "app": (["core", "ui", "app"], ["any"], ["system", "keychain"]),
}

# hiredis is read in .cpp files only, and only these two headers exist alike in every release that we build with.
HIREDIS = {"hiredis/hiredis.h", "hiredis/read.h"}

STANDARD = set(
    """algorithm any array atomic barrier bit bitset cassert cctype cerrno cfenv cfloat charconv chrono cinttypes
    climits clocale cmath codecvt compare complex concepts condition_variable coroutine csetjmp csignal cstdarg cstddef
    cstdint cstdio cstdlib cstring ctime cuchar cwchar cwctype deque exception execution filesystem format
    forward_list fstream functional future initializer_list iomanip ios iosfwd iostream istream iterator latch limits
    list locale map memory memory_resource mutex new numbers numeric optional ostream queue random ranges ratio regex
    scoped_allocator semaphore set shared_mutex source_location span sstream stack stdexcept stop_token streambuf
    string string_view strstream syncstream system_error thread tuple type_traits typeindex typeinfo unordered_map
    unordered_set utility valarray variant vector version""".split()
)

SYSTEM = re.compile(
    r"(sys|netinet|arpa|net)/\w+\.h|(aio|assert|complex|cpio|ctype|dirent|dlfcn|errno|fcntl|fenv|float|fnmatch|ftw|"
    r"glob|grp|inttypes|iso646|langinfo|libgen|limits|locale|math|mqueue|netdb|nl_types|poll|pthread|pwd|regex|sched|"
    r"search|semaphore|setjmp|signal|spawn|stdalign|stdarg|stdatomic|stdbool|stddef|stdint|stdio|stdlib|stdnoreturn|"
    r"string|strings|syslog|tar|termios|tgmath|threads|time|uchar|unistd|utime|wchar|wctype|wordexp)\.h"
)

# Comments, or things in which two slashes are no comment.
COMMENT = re.compile(r'//[^\n]*|/\*.*?\*/|R"([^(\s]*)\(.*?\)\1"|"(?:\\.|[^"\\\n])*"|\'(?:\\.|[^\'\\\n])*\'', re.DOTALL)
INCLUDE = re.compile(r"^[ \t]*(?:#|%:)[ \t]*(?:include|include_next|import)\b[ \t]*(.*?)[ \t]*$", re.MULTILINE)


def without_comments(text):
    """The text with as many lines as before, comments blanked and all else left alone."""
    return COMMENT.sub(lambda m: re.sub(r"[^\n]", " ", m[0]) if m[0].startswith(("//", "/*")) else m[0], text)


class Tree:
    def __init__(self, root, qt_folders):
        self.root = Path(root).resolve()
        self.qt_folders = [Path(folder) for folder in qt_folders]
        self.modules = {}  # header -> the module of Qt that has it

    def module_of(self, header):
        """QtGui for QColor, qcolor.h and QtGui/QColor; None for what is not Qt's."""
        if header not in self.modules:
            first = header.split("/")[0]
            found = None
            for folder in self.qt_folders:
                if "/" in header:
                    if first.startswith("Qt") and (folder / header).is_file():
                        found = first
                else:
                    for candidate in sorted(folder.glob("Qt*")):
                        if (candidate / header).is_file():
                            found = found or candidate.name
            self.modules[header] = found
        return self.modules[header]

    def own(self, source, header):
        """The file of ours that the compiler would find, as a path from the top."""
        for folder in (source.parent, *(self.root / name for name in ("core", "ui", "app", "."))):
            candidate = (folder / header).resolve()
            if candidate.is_file() and candidate.is_relative_to(self.root):
                return candidate.relative_to(self.root).as_posix()
        return None

    def objection(self, source, layer, written):
        """Why this layer may not include this, or None."""
        own, modules, others = LAYERS[layer]
        parts = re.fullmatch(r'<([^>]+)>|"([^"]+)"', written)
        if not parts:
            return "is not a plain file name, so nobody can tell what it includes"
        header = parts[1] or parts[2]
        if parts[2] and header in (f"{source.stem}.moc", f"moc_{source.stem}.cpp"):
            return None

        target = self.own(source, header)
        if target:
            if target.startswith(tuple(f"{folder}/" for folder in own)):
                return None
            return f"is {target.rsplit('/', 1)[0]}"
        if header in STANDARD:
            return None
        if header.startswith("hiredis") or header in ("async.h", "read.h", "sds.h", "alloc.h", "sockcompat.h"):
            if "hiredis" not in others:
                return "is hiredis, which is known in core/redis only"
            if header not in HIREDIS:
                return "is not a part of hiredis that every release has (hiredis/hiredis.h, hiredis/read.h)"
            return None if source.suffix == ".cpp" else "is hiredis, which is named in .cpp files only"
        if header == "qt6keychain/keychain.h":
            return None if "keychain" in others and source.suffix == ".cpp" else "is QtKeychain, which is named in .cpp files of app/dashboard only"
        module = self.module_of(header)
        if module:
            return None if module in modules or "any" in modules else f"is {module}"
        if SYSTEM.fullmatch(header):
            return None if "system" in others else "is a header of C or of the system"
        if parts[2]:
            return "is not there"
        return "belongs to none of ours, the C++ library, Qt, the system"

    def check(self):
        """(how many includes were read, complaints as text)."""
        count = 0
        complaints = []
        for top in ("core", "ui", "app"):
            for source in sorted(path for path in (self.root / top).rglob("*") if path.suffix in SOURCES):
                name = source.relative_to(self.root).as_posix()
                layer = max((known for known in LAYERS if name.startswith(known + "/")), key=len, default=None)
                if not layer:
                    complaints.append(f"{name}:1: belongs to no layer (known are {', '.join(LAYERS)})")
                    continue
                text = without_comments(source.read_text(encoding="utf-8", errors="replace"))
                for include in INCLUDE.finditer(text):
                    count += 1
                    why = self.objection(source, layer, include[1])
                    if why:
                        line = text.count("\n", 0, include.start()) + 1
                        complaints.append(f"{name}:{line}: {include[1]} {why}; {layer} may include {allowed(layer)}")
        return count, complaints


def allowed(layer):
    own, modules, others = LAYERS[layer]
    words = {"any": "all of Qt", "system": "headers of C and of the system", "hiredis": "hiredis in .cpp files", "keychain": "QtKeychain in .cpp files"}
    return ", ".join(["the C++ library", *own, *(words.get(name, name) for name in modules + others)])


def main(arguments):
    tree = Tree(arguments[0], arguments[1:])
    if not tree.module_of("QString"):
        print(f"no QtCore/QString in {arguments[1:]}", file=sys.stderr)
        return 2
    count, complaints = tree.check()
    print("\n".join(complaints) or f"{count} includes, all of them downwards")
    return 1 if complaints else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
