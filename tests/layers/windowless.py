# SPDX-License-Identifier: GPL-3.0-or-later
# SPDX-FileCopyrightText: The RateGuard authors
"""Wants a program that loads no library of a window system, directly or through others.

    python3 windowless.py <program>
"""

import re
import subprocess
import sys

WINDOWS = re.compile(r"lib(Qt6(Gui|Widgets|Charts|OpenGL|Svg|Quick|Qml)|X11|xcb|xkbcommon|wayland|GL|EGL|GLX|vulkan|fontconfig|freetype)")


def main(program):
    lines = subprocess.run(["ldd", program], capture_output=True, text=True, check=True).stdout.split("\n")
    libraries = [line.split()[0] for line in lines if line.strip()]
    found = [name for name in libraries if WINDOWS.match(name)]
    if not any(name.startswith("libQt6Core") for name in libraries):
        found.append("(no libQt6Core: this test looks at the wrong thing)")
    print("\n".join(found) or f"{len(libraries)} libraries, none of a window system")
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
