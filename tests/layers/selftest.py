# SPDX-License-Identifier: GPL-3.0-or-later
# SPDX-FileCopyrightText: The RateGuard authors
"""A net that never caught anything proves nothing: injects every kind of forbidden include into a copy of the tree and
wants each refused by file and line, and the permitted ones let through.

    python3 selftest.py <top of the project> <a folder that holds QtCore/, QtGui/ ...> [<another> ...]
"""

import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

FORBIDDEN = {
    "core/engine/a.cpp": [
        "#include <QString>", "#include <QtCore/QString>", "#include <qstring.h>", "#include <QtCore>",
        "#include <QWidget>", "#include <QLineSeries>", "#include <hiredis/hiredis.h>", "#include <hiredis.h>",
        "#include <unistd.h>", "#include <stdint.h>", "#include <sys/socket.h>", "#include <boost/any.hpp>",
        '#include "redis/Target.h"', '#include "../redis/Target.h"', '#include "feed/Target.h"',
        '#include "models/Target.h"', '#include "demo/Target.h"', '#include "NotThere.h"', "#include CHOSEN_ELSEWHERE",
        "  #  include <QString>", "/* why */ #include <QString> // because", "#include \\", "#if 0\n#include <QString>\n#endif",
        'const char *text = "/*";\n#include <QString>\n// */',
    ],
    "core/redis/a.cpp": [
        "#include <QColor>", "#include <QWidget>", "#include <QtCharts/QChart>", "#include <hiredis/async.h>",
        "#include <hiredis/adapters/qt.h>", "#include <openssl/ssl.h>", '#include "feed/Target.h"', '#include "format/Target.h"',
    ],
    "core/redis/a.h": ["#include <hiredis/hiredis.h>", "#include <hiredis/read.h>"],
    "core/feed/a.cpp": [
        "#include <QTcpSocket>", "#include <QPainter>", "#include <hiredis/hiredis.h>", "#include <unistd.h>",
        '#include "models/Target.h"', '#include "demo/Target.h"',
    ],
    "ui/format/a.cpp": [
        "#include <QColor>", "#include <QTcpSocket>", '#include "redis/Target.h"', '#include "feed/Target.h"',
        '#include "models/Target.h"',
    ],
    "ui/models/a.cpp": [
        "#include <QWidget>", "#include <QHeaderView>", "#include <QChart>", "#include <QTcpSocket>",
        '#include "redis/Target.h"', '#include "feed/Target.h"', '#include "charts/Target.h"', '#include "widgets/Target.h"',
        "#include <hiredis/hiredis.h>",
    ],
    "ui/charts/a.cpp": [
        "#include <QTcpSocket>", '#include "redis/Target.h"', '#include "feed/Target.h"', '#include "models/Target.h"',
        '#include "widgets/Target.h"', "#include <hiredis/hiredis.h>",
    ],
    "ui/widgets/a.cpp": [
        "#include <QChart>", "#include <QChartView>", "#include <QtCharts>", "#include <QTcpSocket>",
        '#include "redis/Target.h"', '#include "feed/Target.h"', '#include "../../core/feed/Target.h"',
        '#include "dashboard/Target.h"', "#include <hiredis/hiredis.h>", "#include <qt6keychain/keychain.h>",
    ],
    "app/dashboard/a.h": ["#include <qt6keychain/keychain.h>"],
    "app/dashboard/a.cpp": ["#include <hiredis/hiredis.h>", "#include <openssl/ssl.h>"],
    "app/ctl/a.cpp": [
        "#include <QColor>", "#include <QApplication>", "#include <QChart>", "#include <hiredis/read.h>", "#include <qt6keychain/keychain.h>",
        '#include "models/Target.h"', '#include "charts/Target.h"', '#include "widgets/Target.h"', '#include "dashboard/Target.h"',
    ],
    "app/demo/a.cpp": ["#include <QGuiApplication>", "#include <QLabel>", '#include "format/Target.h"', '#include "ctl/Target.h"'],
    "core/fourth/a.cpp": ["#include <vector>"],
    "ui/a.cpp": ["#include <vector>"],
}

PERMITTED = {
    "core/engine/b.cpp": [
        "#include <vector>", "#include <cstdint>", '#include "engine/Target.h"', '#include "Target.h"',
        "// #include <QString>", "/*\n#include <QString>\n*/", 'const char *text = "#include <QString>";',
        'const char *text = R"(\n*/ /* )";',
    ],
    "core/redis/b.cpp": [
        "#include <QString>", "#include <QSslSocket>", "#include <QtCore/qglobal.h>", "#include <hiredis/hiredis.h>",
        "#include <hiredis/read.h>", "#include <unistd.h>", "#include <sys/socket.h>", '#include "engine/Target.h"', '#include "{stem}.moc"',
    ],
    "core/feed/b.cpp": ["#include <QThread>", '#include "redis/Target.h"', '#include "engine/Target.h"', '#include "moc_{stem}.cpp"'],
    "ui/format/b.cpp": ["#include <QLocale>", '#include "engine/Target.h"'],
    "ui/models/b.cpp": ["#include <QAbstractTableModel>", "#include <QColor>", '#include "format/Target.h"'],
    "ui/charts/b.cpp": ["#include <QtCharts/QChart>", "#include <QPainter>", "#include <QWidget>", '#include "format/Target.h"'],
    "ui/widgets/b.cpp": ["#include <QMainWindow>", '#include "charts/Target.h"', '#include "models/Target.h"', '#include "engine/Target.h"'],
    "app/dashboard/b.cpp": ["#include <QApplication>", "#include <csignal>", "#include <qt6keychain/keychain.h>", '#include "feed/Target.h"', '#include "widgets/Target.h"'],
    "app/ctl/b.cpp": ["#include <QCoreApplication>", "#include <unistd.h>", '#include "redis/Target.h"', '#include "format/Target.h"'],
    "app/demo/b.cpp": ["#include <QProcess>", '#include "redis/Target.h"'],
}

FOLDERS = ["core/engine", "core/redis", "core/feed", "ui/format", "ui/models", "ui/charts", "ui/widgets", "app/dashboard",
           "app/ctl", "app/demo"]


def inject(root, cases):
    """Each case in a file of its own; {file from the top: its text}."""
    files = {}
    for place, texts in cases.items():
        for number, text in enumerate(texts):
            path = Path(place).with_stem(f"Injected{Path(place).stem}{number}")
            text = text.replace("{stem}", path.stem)
            files[path.as_posix()] = text
            (root / path).parent.mkdir(parents=True, exist_ok=True)
            (root / path).write_text(f"// first line\n{text}\n")
    return files


def run(root, qt_folders):
    script = Path(__file__).with_name("layers.py")
    result = subprocess.run([sys.executable, script, root, *qt_folders], capture_output=True, text=True, check=False)
    return result.returncode, result.stdout.splitlines()


def main(arguments):
    project, *qt_folders = arguments
    failures = []
    with tempfile.TemporaryDirectory() as folder:
        root = Path(folder)
        for top in ("core", "ui", "app"):
            shutil.copytree(Path(project) / top, root / top)
        for place in FOLDERS:
            (root / place).mkdir(parents=True, exist_ok=True)
            (root / place / "Target.h").write_text("#pragma once\n")

        permitted = inject(root, PERMITTED)
        _, lines = run(root, qt_folders)
        failures += [f"refused, but permitted: {line}" for line in lines if line.split(":")[0] in permitted]

        forbidden = inject(root, FORBIDDEN)
        code, lines = run(root, qt_folders)
        said = {line.split(":")[0]: line for line in lines}
        for name, text in forbidden.items():
            if name not in said:
                failures.append(f"let through: {text!r} in {name}")
                continue
            at = 1 if "no layer" in said[name] else 2 + text[: text.index("include")].count("\n")
            if not said[name].startswith(f"{name}:{at}: "):
                failures.append(f"wrong line (not {at}): {said[name]}")
        if code != 1:
            failures.append(f"exit code {code} with forbidden includes, not 1")

    print("\n".join(failures) or f"{len(forbidden)} forbidden includes refused, {len(permitted)} permitted ones let through")
    return 1 if failures else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
