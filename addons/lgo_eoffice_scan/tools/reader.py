# Copyright 2026 LGO contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Text of the pages of a received file, from its text layer or by Tesseract where that is there.

Pure functions; every page is opened in a process with limited memory and time.
"""

import json
import os
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path
from typing import NamedTuple

from odoo.tools import file_path

from . import layout, thai_layer

CHILD = Path(__file__).with_name("page_child.py")
MEMORY_BYTES = 1024 * 1024 * 1024
TEXT_SECONDS = 20
#: After so long no further page of a chunk is begun; with the page before it a step stays below
#: ``limit_time_real`` of Odoo (120), which would end the worker.
CHUNK_SECONDS = 40
OCR_SECONDS = 90
#: What Tesseract's documentation advises; scans themselves must have 150 dpi or more (Saraban
#: Regulation of the Office of the Prime Minister (No. 4) B.E. 2564, electronic documents).
DPI = 300
LANGUAGES = ("tha", "eng")
LIMIT_SECONDS = 1.5
#: The face of official letters, for reading their digits.
FONTS = tuple(
    f"l10n_th_base_utils/static/fonts/thai/THSarabunNew/THSarabunNew-{style}.ttf"
    for style in ("Regular", "Bold")
)


class ReadError(Exception):
    """A file that cannot be read; ``args[0]`` says why: empty, locked, broken.

    ``slow`` is for now: the server was too busy to open it in time.
    """


class Page(NamedTuple):
    """A page as it was read.

    ``number`` from 1; ``source`` text (its text layer), ocr, blank (nothing on it) or unread;
    ``confidence`` 0 to 100, how sure Tesseract was, 100 for a text layer; ``sure_digits`` the
    groups of Thai digits that were read twice from a picture.
    """

    number: int
    source: str
    text: str
    confidence: int
    sure_digits: tuple = ()


def ocr_languages():
    """Languages for Tesseract, ``"tha+eng"``; empty when it or its Thai data is not installed.

    :rtype: str
    """
    program = shutil.which("tesseract")
    if not program:
        return ""
    try:
        done = subprocess.run(  # noqa: S603 - a program of the system, no argument from outside
            [program, "--list-langs"], capture_output=True, timeout=20, check=False
        )
    except (OSError, subprocess.TimeoutExpired):
        return ""
    found = done.stdout.decode("utf-8", "replace").split()
    if LANGUAGES[0] not in found:
        return ""
    return "+".join(name for name in LANGUAGES if name in found)


def count_pages(path):
    """How many pages a file has.

    :param path: a PDF, JPEG, PNG, TIFF or WebP file
    :raises ReadError: it cannot be opened
    """
    return _call(path, "count", 0, 0, TEXT_SECONDS)[0]


def read_text(path, first, count):
    """Text layers of pages ``first`` (from 1) and the ``count - 1`` after it.

    A page on which the reading ends (too slow, too large, a fault in it) is unread; those after it
    are read all the same.

    :return: list of :class:`Page`; ``unread`` are those that must be read from their picture. Fewer
        than ``count``, but one at least, when the time is over: ask for the rest
    :raises ReadError: the file itself cannot be opened
    """
    pages, number = [], first
    latest = time.monotonic() + CHUNK_SECONDS
    while number < first + count and not (pages and time.monotonic() > latest):
        total, answers = _call(path, "text", number - 1, first + count - number, TEXT_SECONDS)
        pages += [_text_page(answer) for answer in answers]
        number += len(answers)
        if number >= min(first + count, total + 1):
            break
        pages.append(Page(number, "unread", "", 0))
        number += 1
    return pages


def read_picture(path, number, languages, seconds=OCR_SECONDS, dpi=DPI):
    """Read page ``number`` (from 1) from its picture with Tesseract.

    :param str languages: from :func:`ocr_languages`
    :return: :class:`Page`; ``unread`` when the time or memory did not suffice
    :raises ReadError: the file itself cannot be opened
    """
    try:
        _total, answers = _call(path, "ocr", number - 1, 1, seconds, languages, dpi)
    except ReadError as error:
        if error.args[0] != "slow":
            raise
        answers = []
    if not answers:
        return Page(number, "unread", "", 0)
    pieces = [layout.Piece(*piece) for piece in answers[0]["pieces"]]
    text = thai_layer.normalise(layout.lines(pieces, scanned=True), ocr=True)
    answer = answers[0]
    return Page(number, "ocr", text, answer["confidence"], tuple(answer["sure_digits"]))


def _text_page(answer):
    number = answer["page"] + 1
    raw = answer["plain"] or layout.lines(layout.Piece(*piece) for piece in answer["pieces"])
    readable = thai_layer.is_readable(raw)
    if answer["picture"] or (raw.strip() and not readable):
        return Page(number, "unread", thai_layer.normalise(raw) if readable else "", 0)
    if not raw.strip():
        return Page(number, "blank", "", 100)
    return Page(number, "text", thai_layer.normalise(raw), 100)


def _call(path, mode, first, count, seconds, languages="", dpi=DPI):
    """Run the child; :return: ``(pages of the file, answers)``, fewer answers when it was ended."""
    budget = seconds if mode == "ocr" else seconds + count * LIMIT_SECONDS
    limits = {
        "memory": MEMORY_BYTES,
        "seconds": int(budget) + 1,
        "ocr_seconds": max(1, seconds - 5),
        "dpi": dpi,
        "languages": languages,
        "fonts": _fonts() if mode == "ocr" else [],
    }
    command = [sys.executable, "-P", str(CHILD), str(path), mode, str(first), str(count)]
    process = subprocess.Popen(  # noqa: S603 - our own program, no shell
        [*command, json.dumps(limits)],
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        env={**os.environ, "PYTHONPATH": os.pathsep.join(filter(None, sys.path))},
        start_new_session=True,
    )
    slow = False
    try:
        output, _errors = process.communicate(timeout=budget)
    except subprocess.TimeoutExpired:
        slow = True
        _end(process)
        output, _errors = process.communicate()
    return _parse(output, "slow" if slow else "broken")


def _fonts():
    found = []
    for name in FONTS:
        try:
            found.append(file_path(name))
        except FileNotFoundError:
            continue
    return found


def _end(process):
    """End the child with Tesseract, which it started."""
    try:
        os.killpg(process.pid, signal.SIGKILL)
    except ProcessLookupError:
        process.kill()


def _parse(output, otherwise):
    """Answers of the child; ``otherwise`` says why there are none."""
    total, answers = None, []
    for line in output.splitlines():
        try:
            answer = json.loads(line)
        except ValueError:
            break  # the line at which it was ended
        if "error" in answer:
            raise ReadError(answer["error"])
        if "pages" in answer:
            total = answer["pages"]
        else:
            answers.append(answer)
    if total is None:
        raise ReadError(otherwise)
    return total, answers
