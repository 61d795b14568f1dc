# SPDX-License-Identifier: GPL-3.0-or-later
# SPDX-FileCopyrightText: The RateGuard authors
"""translations.py FOLDER: brings a copy of the translations up to the sources and fails when a text lacks its own."""

import re
import shutil
import subprocess
import sys
import tempfile
import xml.etree.ElementTree as ET
from pathlib import Path

SIGNS = "✓≠✗?…▲△▼◆◌○⚠⊘∞≤+–="
PLACES = re.compile(r"%[0-9n]")


def faults(file):
    """What is wrong with a file of translations, a line each."""
    for context in ET.parse(file).getroot().iter("context"):
        name = context.find("name").text
        if not name.startswith("rateguard::"):  # then lupdate did not see the class: the program asks under its full name
            yield f"{file.name}: {name} is no class of rateguard, so that its texts are not found"
        for message in context.iter("message"):
            source, translation = message.find("source").text, message.find("translation")
            where = f"{file.name}: {name}: {source!r}"
            if translation.get("type"):
                yield f"{where} is {translation.get('type')}"
                continue
            for form in translation.iter("numerusform") if message.get("numerus") else [translation]:
                text = form.text or ""
                if not text:
                    yield f"{where} is empty"
                elif sorted(PLACES.findall(source)) != sorted(PLACES.findall(text)):
                    yield f"{where} has other places for figures: {text!r}"
                elif source[0] in SIGNS and text[0] != source[0]:
                    yield f"{where} begins with another sign: {text!r}"
                elif ("&" in source) != ("&" in text):
                    yield f"{where} has a key in one language only: {text!r}"
                elif source.count("\n") != text.count("\n"):
                    yield f"{where} has other lines: {text!r}"


def main(folder):
    kept = sorted(folder.glob("*.ts"))
    assert kept, f"there are no translations in {folder}"
    with tempfile.TemporaryDirectory() as copy:
        for file in kept:
            shutil.copy(file, copy)
        subprocess.run([folder / "update", copy], check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        found = [fault for file in sorted(Path(copy).glob("*.ts")) for fault in faults(file)]
    print("\n".join(found) or f"{len(kept)} translation(s) are complete")
    if found:
        print(f"Run {folder / 'update'} and translate what is unfinished.")
    return bool(found)


sys.exit(main(Path(sys.argv[1])))
