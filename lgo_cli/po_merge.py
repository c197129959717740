# Copyright 2026 LGO contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Compare or merge one exported template: po_merge.py [--write] NEW.pot FOLDER ADDON [MEMORY…].

A program for the test environment (it needs polib). Prints a JSON list of what is wrong.
MEMORY are other .po files: their translation of the same term fills one that is missing, so that
"Created on" reads in our screens as it does in Odoo's.
"""

import json
import re
import sys
from pathlib import Path

import polib

PLACEHOLDER = re.compile(r"%\(\w+\)[sdifg]|%[sd]|\{\w*\}")
THAI = re.compile("[ก-ฮ]")
SHORT = 100  # characters of a term in a message


def keys(catalogue):
    """The terms of a catalogue that are in use."""
    return {entry.msgid for entry in catalogue if not entry.obsolete}


def stale(new, old_file):
    """Lines that tell how a .pot on disk differs from the exported one."""
    if not old_file.exists():
        return [] if not keys(new) else [f"{old_file.name} is missing"]
    old = polib.pofile(str(old_file))
    lines = [f"{old_file.name} lacks: {text[:SHORT]}" for text in sorted(keys(new) - keys(old))]
    lines += [f"{old_file.name} has: {text[:SHORT]}" for text in sorted(keys(old) - keys(new))]
    return lines


def incomplete(new, po_file):
    """Lines that tell which terms of the template th.po leaves untranslated or translates badly."""
    if not keys(new):
        return []
    if not po_file.exists():
        return [f"{po_file.name} is missing"]
    done = {entry.msgid: entry for entry in polib.pofile(str(po_file)) if not entry.obsolete}
    lines = []
    for text in sorted(keys(new)):
        entry = done.get(text)
        if not entry or not entry.msgstr.strip():
            lines.append(f"untranslated: {text[:SHORT]}")
        elif entry.fuzzy:
            lines.append(f"fuzzy: {text[:SHORT]}")
        elif set(PLACEHOLDER.findall(text)) != set(PLACEHOLDER.findall(entry.msgstr)):
            lines.append(f"other placeholders: {text[:SHORT]}")
    return lines


def remembered(files):
    """{term: translation} of these catalogues; the first that has a term wins."""
    found = {}
    for file in files:
        for entry in polib.pofile(str(file)):
            if entry.msgstr and not entry.obsolete and not entry.fuzzy:
                found.setdefault(entry.msgid, entry.msgstr)
    return found


def merge(new, folder, addon, memory=None):
    """Write ADDON.pot and th.po, keeping every translation that is still in use.

    :param memory: translations for terms that have none, by term
    """
    memory = memory or {}
    folder.mkdir(exist_ok=True)
    for header in ("POT-Creation-Date", "PO-Revision-Date"):
        new.metadata.pop(header, None)  # a date would change the file at every export
    new.save(str(folder / f"{addon}.pot"))
    po_file = folder / "th.po"
    old = {}
    if po_file.exists():
        old = {entry.msgid: entry for entry in polib.pofile(str(po_file)) if not entry.obsolete}
    thai = polib.POFile()
    thai.header = new.header
    thai.metadata = {**new.metadata, "Language": "th", "Plural-Forms": "nplurals=1; plural=0;"}
    for entry in new:
        known = old.get(entry.msgid)
        text = (known.msgstr if known else "") or memory.get(entry.msgid, "")
        if not text and THAI.search(entry.msgid):
            text = entry.msgid  # data that is Thai law or practice is written in Thai
        thai.append(
            polib.POEntry(
                msgid=entry.msgid,
                msgstr=text,
                comment=entry.comment,
                occurrences=entry.occurrences,
                flags=[*entry.flags, *(["fuzzy"] if known and known.fuzzy else [])],
            )
        )
    thai.save(str(po_file))


def main(argv):
    """Do it; returns nothing, prints the list."""
    write = "--write" in argv
    new_file, folder, addon, *files = [arg for arg in argv if arg != "--write"]
    new, folder = polib.pofile(new_file), Path(folder)
    if write and keys(new):
        merge(new, folder, addon, remembered(files))
    lines = stale(new, folder / f"{addon}.pot") + incomplete(new, folder / "th.po")
    print(json.dumps(lines, ensure_ascii=False))


if __name__ == "__main__":
    main(sys.argv[1:])
